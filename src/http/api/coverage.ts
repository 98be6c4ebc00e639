import type { JsonObject } from '../../commands/look.js';
import { planCoverage, readableCoverage } from '../../commands/traceability/coverage.js';
import { TrinhkyError } from '../../errors.js';
import { faultInWords } from '../../locales/coverage.js';
import { faultClasses } from '../../office/traceability/faults.js';
import type { InstanceCall } from '../edge.js';
import { unitName } from '../names.js';
import { type Answer, ok, type Route } from './route.js';
import { count, list, object, text, textOrNull } from './schemas.js';

const bool: JsonObject = { type: 'boolean' };

const duty = object({
  id: text,
  kind: text,
  unit: textOrNull,
  role: textOrNull,
  state: text,
  timing: text,
  dueOn: textOrNull,
  completedOn: textOrNull,
  told: count,
  lastReport: textOrNull,
  evidence: count,
});
const directive = object({
  id: text,
  title: text,
  state: text,
  open: bool,
  continued: bool,
  dueOn: textOrNull,
  grade: textOrNull,
  assessedBy: textOrNull,
  duties: list(duty),
  told: list(object({ instance: text, period: text, reports: count })),
});
const row = object({
  clause: text,
  text,
  outcome: text,
  reason: textOrNull,
  directives: list(directive),
  spoken: list(object({ paper: text, title: text, places: count })),
});
const changed = object({
  kind: text,
  path: text,
  text,
  from: textOrNull,
  words: list(object({ kind: text, text })),
});
const answer = object({
  rows: list(row),
  faults: list(object({ code: text, kind: text, at: textOrNull, params: { type: 'object' }, sentence: text })),
  faultCount: count,
  earlier: textOrNull,
  changes: { anyOf: [{ type: 'null' }, object({ clauses: list(changed), dropped: list(object({ path: text, text })) })] },
});

/** The matrix as far as the caller may read it: a unit sees its own duties; faults are those of what it sees. */
async function readCoverage(call: InstanceCall): Promise<Answer> {
  const { instance } = call.view;
  if (instance.definition.id !== 'document') throw new TrinhkyError('notFound', { instance: instance.id });
  const { deps } = call.edge.app;
  const found = await readableCoverage(deps, call.reader, await planCoverage(deps, instance));
  return ok({
    rows: found.rows,
    faults: found.faults.map((fault) => ({
      ...fault,
      kind: faultClasses[fault.code],
      sentence: faultInWords(call.language, fault, (unit) => unitName(call, unit)),
    })),
    faultCount: found.faultCount,
    earlier: found.earlier?.id ?? null,
    changes: found.changes,
  });
}

export const coverageRoute: Route = {
  method: 'get',
  path: '/api/v1/instances/:id/coverage',
  policy: { readsInstance: 'id' },
  summary: 'Every clause of a plan with what became of it, and every link that is missing',
  answers: { status: 200, schema: answer },
  handle: readCoverage,
};
