import type { JsonObject } from '../../commands/look.js';

// JSON Schema 2020-12: what ajv checks and what the OpenAPI document shows are these same objects.

export const object = (properties: JsonObject, required: readonly string[] = Object.keys(properties)): JsonObject => ({
  type: 'object',
  required,
  additionalProperties: false,
  properties,
});
export const list = (items: JsonObject): JsonObject => ({ type: 'array', items });
const optional = (properties: JsonObject): JsonObject => object(properties, []);

export const text: JsonObject = { type: 'string' };
export const textOrNull: JsonObject = { type: ['string', 'null'] };
/** A list, or null where there is no bound. */
export const textsOrNull: JsonObject = { type: ['array', 'null'], items: text };
export const count: JsonObject = { type: 'integer', minimum: 0 };
const anyObject: JsonObject = { type: 'object' };
const state: JsonObject = { type: ['string', 'object'] };

const idCharsMax = 200;
export const instanceId: JsonObject = { type: 'string', minLength: 1, maxLength: idCharsMax };
export const hash: JsonObject = { type: 'string', pattern: '^[0-9a-f]{64}$' };
export const commandName: JsonObject = { type: 'string', pattern: '^[A-Z][A-Z0-9_]{0,59}$' };
const proofToken: JsonObject = { type: 'string', minLength: 20, maxLength: 100 };
const digits: JsonObject = { type: 'string', pattern: '^[1-9][0-9]{0,5}$' };
const cursor: JsonObject = { type: 'string', minLength: 1, maxLength: 300 };

export const bulkItemsPerRequestMax = 200;
export const passwordCharsMax = 256;

const who = list(object({ key: text, label: text }));
const blocker = object({ code: text, sentence: text, todo: text, params: anyObject, who });
const definitionRef = object({ id: text, version: count, hash: text });

export const problem = object(
  {
    type: text,
    title: text,
    status: count,
    detail: text,
    todo: text,
    code: text,
    params: anyObject,
    blockers: list(blocker),
    requestId: text,
    revision: count,
    state,
    happened: list(anyObject),
  },
  ['type', 'title', 'status', 'detail', 'code', 'params', 'blockers', 'requestId'],
);

const label = object({ vi: text, en: text });
const definitionLine = object({ id: text, version: count, hash: text, label });
export const definitionList = object({ items: list(definitionLine) });
export const definitionFull = object({ ref: definitionRef, definition: anyObject });
export const diagram = object({ mermaid: text });
export const diagramQuery = optional({ instance: instanceId });

export const contentAsk = object({ content: anyObject });
export const contentMade = object({ hash: text });
export const contentFull = object({ hash: text, content: anyObject });

export const openAsk = object(
  { definition: { type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,59}$' }, context: anyObject, content: hash },
  ['definition', 'context'],
);
export const commandAsk = object(
  { input: anyObject, saw: hash, onBehalfOf: { type: 'string', minLength: 1, maxLength: 120 }, proof: proofToken },
  [],
);
export const bulkAsk = object(
  {
    command: commandName,
    input: anyObject,
    proof: proofToken,
    items: {
      type: 'array',
      minItems: 1,
      maxItems: bulkItemsPerRequestMax,
      items: object({ instance: instanceId, saw: hash, ifRevision: { type: 'integer', minimum: 1 } }, ['instance']),
    },
  },
  ['command', 'items'],
);

const available = object(
  {
    command: text,
    label: text,
    open: { type: 'boolean' },
    target: textOrNull,
    targetLabel: textOrNull,
    onBehalfOf: textOrNull,
    blockers: list(blocker),
    input: anyObject,
  },
  ['command', 'label', 'open', 'target', 'targetLabel', 'onBehalfOf', 'blockers'],
);
export const instance = object({
  id: text,
  authority: text,
  definition: definitionRef,
  revision: count,
  state,
  stateLabel: text,
  open: { type: 'boolean' },
  context: anyObject,
  content: textOrNull,
  seen: textOrNull,
  parent: { type: ['object', 'null'] },
  originator: text,
  visits: anyObject,
  due: textOrNull,
  head: text,
});
export const instanceFull = object({ instance, since: text, waitsFor: who, commands: list(available) });
const entryLine = object({ seq: count, at: text, actor: text, command: text });
export const committed = object({ replayed: { type: 'boolean' }, entry: entryLine, instance, commands: list(available) }, [
  'replayed',
  'entry',
  'instance',
]);
export const verdicts = object({
  verdicts: list(
    object({ instance: text, accepted: { type: 'boolean' }, revision: count, state, problem }, ['instance', 'accepted']),
  ),
});

const row = object({
  id: text,
  definition: definitionRef,
  title: text,
  state,
  stateLabel: text,
  due: textOrNull,
  since: text,
  originator: text,
  open: { type: 'boolean' },
  revision: count,
  waitsFor: who,
  onBehalfOf: textOrNull,
});
export const page = object({ items: list(row), next: textOrNull });
export const inboxPage = object({ items: list(row), next: textOrNull, count, countIsMore: { type: 'boolean' } });
export const inboxQuery = optional({ after: cursor, limit: digits });
export const listQuery = optional({
  after: cursor,
  limit: digits,
  definition: { type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,59}$' },
  parent: instanceId,
  open: { enum: ['true', 'false'] },
  originator: { type: 'string', minLength: 1, maxLength: 120 },
});

export const historyQuery = optional({ from: digits, limit: digits });
export const history = object({ entries: list(anyObject), next: { type: ['integer', 'null'] } });
const rendition = object({
  hash: text,
  mode: { enum: ['draft', 'prepared', 'signed', 'sealed', 'sheet'] },
  content: text,
  name: text,
  pages: count,
  length: count,
  at: text,
  versions: anyObject,
});
export const renditions = object({ items: list(rendition) });
export const attachmentMade = object({
  hash: text,
  name: text,
  mediaType: text,
  length: count,
  state: { enum: ['clean', 'quarantined'] },
});
export const renditionQuery = optional({ view: { const: '1' } });

export const formQuery = optional({ date: { type: 'string', format: 'date' } });
const finding = object({
  rule: text,
  severity: { enum: ['blocking', 'warning'] },
  severityLabel: text,
  part: text,
  place: anyObject,
  placeLabel: text,
  found: text,
  expected: text,
  sentence: text,
  source: text,
  trust: text,
});
export const form = object({
  ruleSet: textOrNull,
  day: text,
  blocking: count,
  warnings: count,
  print: { anyOf: [object({ hash, mode: text }), { type: 'null' }] },
  findings: list(finding),
});

export const outboxQuery = optional({ state: { enum: ['waiting', 'parked', 'done'] }, after: cursor, limit: digits });
export const outbox = object({ items: list(anyObject), counts: anyObject });
export const retried = object({ retried: { type: 'boolean' } });
export const auditQuery = optional({ limit: digits });
export const auditList = object({ items: list(anyObject) });
export const numbers = object({ items: list(anyObject) });
export const health = object({ status: text });
export const openApi = anyObject;
