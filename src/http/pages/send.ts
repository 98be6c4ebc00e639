import { randomUUID } from 'node:crypto';
import type { EntrySummary } from '../../commands/ask.js';
import { availableTo, type JsonObject } from '../../commands/look.js';
import { perform } from '../../commands/perform.js';
import { TrinhkyError } from '../../errors.js';
import { sentence, valueLabel, word } from '../../locales/sentences.js';
import { readFilter } from '../../office/organisation/visibility.js';
import { type Addressed, addressedOf, othersOf, unitsMeant } from '../../office/papers/distribution.js';
import type { PaperContent } from '../../office/papers/paper.js';
import { shapeFaults } from '../../office/papers/paperFaults.js';
import { dayOf } from '../../office/time/clock.js';
import { namesOf } from '../api/show.js';
import type { Assets } from '../assets.js';
import { type Form, fieldOf } from '../body.js';
import type { InstanceCall } from '../edge.js';
import { requireReadable } from '../gate.js';
import { readable, stateLabel, tell, unitName } from '../names.js';
import { statusOf } from '../problem.js';
import { dayInWords } from './dates.js';
import { type PageAnswer, signedFrame } from './frame.js';
import { happenedLine } from './timeline.js';

const commands = ['SEND', 'SEND_MORE'] as const;
const channels = ['system', 'post', 'hand', 'fax', 'email'] as const;
const REVISION = /^[1-9]\d{0,9}$/;
/** Lines for recipients that the paper does not name. */
const freeLines = 3;
/** Most lines of a distribution list: each is five fields of a form. */
const linesMax = 300;
const deliveriesShownMax = 500;
const KEPT: ReadonlySet<string> = new Set([
  'revisionMoved',
  'inputInvalid',
  'keyReused',
  'textNotAllowed',
  'busy',
  'databaseAway',
  'pendingFull',
]);

interface Line {
  readonly name: string;
  readonly unit: string;
  readonly purpose: string;
  readonly channel: string;
  readonly chosen: boolean;
}

interface Shown {
  readonly status: number;
  readonly lines: readonly Line[] | null;
  /** The units that are chosen beside the lines; null for those that the paper means. */
  readonly others: ReadonlySet<string> | null;
  readonly problems: readonly { readonly sentence: string; readonly todo: string }[];
  readonly happened: readonly string[];
}

/** The distribution of a paper: who has it and how it stands with each, and for the clerk whom to send it to. */
export async function sendPage(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  return view(call, assets, { status: 200, lines: null, others: null, problems: [], happened: [] });
}

/** The chosen lines as one command; or the page again with the reason and everything that was typed. */
export async function sendSent(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  const form = call.body as Form;
  const { authority, id } = call.view.instance;
  const revision = fieldOf(form, '_revision');
  const command = fieldOf(form, '_command');
  if (!REVISION.test(revision)) throw new TrinhkyError('revisionInvalid');
  if (!commands.some((one) => one === command)) throw new TrinhkyError('notFound');
  const lines = typedLines(form);
  const others = new Set([form.unit ?? []].flat());
  const outcome = await perform(call.edge.app.deps, {
    authority,
    instance: id,
    command,
    input: { recipients: recipientsOf(call, lines, others) },
    actor: call.identity.person,
    key: fieldOf(form, '_key'),
    ifRevision: Number(revision),
  }).catch((error: unknown) => {
    if (error instanceof TrinhkyError && KEPT.has(error.code)) return error;
    throw error;
  });
  const names = namesOf(call, call.model);
  if (outcome instanceof TrinhkyError) {
    const told = sentence(call.language, outcome.code, readable(names, outcome.params));
    const happened = ((outcome.code === 'revisionMoved' ? outcome.params.happened : []) ?? []) as readonly EntrySummary[];
    return again(call, assets, {
      status: outcome.status,
      lines,
      others,
      problems: [told],
      happened: happened.map((entry) => happenedLine(names, entry)),
    });
  }
  if (outcome.kind === 'accepted') return { kind: 'redirect', to: `/instances/${encodeURIComponent(id)}?done=${command}` };
  const problems = outcome.blockers.map((blocker) => tell(names, blocker));
  const happened = outcome.happened.map((entry) => happenedLine(names, entry));
  return again(call, assets, { status: statusOf(problems[0]?.code ?? 'internal'), lines, others, problems, happened });
}

/** The page as it stands now, not as it stood when the form was sent. */
async function again(call: InstanceCall, assets: Assets, shown: Shown): Promise<PageAnswer> {
  return view({ ...call, view: await requireReadable(call, call.view.instance.id) }, assets, shown);
}

function recipientsOf(call: InstanceCall, lines: readonly Line[], others: ReadonlySet<string>): readonly JsonObject[] {
  const named = lines
    // A line that says anything is sent or told of: only a wholly empty one is nobody.
    .filter(({ chosen, name, unit, purpose }) => chosen && `${name}${unit}${purpose}` !== '')
    .map(({ name, unit, purpose, channel }) => ({
      name: name === '' && unit !== '' ? unitName(call, unit) : name,
      channel,
      ...(unit === '' ? {} : { unit }),
      ...(purpose === '' ? {} : { purpose }),
    }));
  const added = call.directory.units
    .filter(({ id }) => others.has(id))
    .map(({ id, name }) => ({ name, unit: id, channel: 'system' }));
  return [...named, ...added];
}

function typedLines(form: Form): readonly Line[] {
  const count = Math.min(linesMax, Number(fieldOf(form, '_count')) || 0);
  return Array.from({ length: count }, (_, index) => ({
    name: fieldOf(form, `name.${index}`).trim(),
    unit: fieldOf(form, `unit.${index}`),
    purpose: fieldOf(form, `purpose.${index}`).trim(),
    channel: channels.find((channel) => channel === fieldOf(form, `channel.${index}`)) ?? 'system',
    chosen: fieldOf(form, `send.${index}`) === 'on',
  }));
}

const emptyLine: Line = { name: '', unit: '', purpose: '', channel: 'post', chosen: true };

/** What the paper names, and some empty lines for whoever it does not name. */
function proposed(list: readonly Addressed[], first: boolean): readonly Line[] {
  const own = list.slice(0, linesMax - freeLines).map(({ name, unit, purpose }) => ({
    name,
    unit: unit ?? '',
    purpose: purpose ?? '',
    channel: unit === null ? 'post' : 'system',
    chosen: first,
  }));
  return [...own, ...Array.from({ length: freeLines }, () => emptyLine)];
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

async function view(call: InstanceCall, assets: Assets, shown: Shown): Promise<PageAnswer> {
  const { instance } = call.view;
  const { deps } = call.edge.app;
  const day = dayOf(call.now);
  const content = instance.content === null ? null : await deps.store.contents.get(instance.authority, instance.content);
  const list = shapeFaults(content).length > 0 ? [] : addressedOf(content as unknown as PaperContent, call.directory, day);
  const open = await availableTo(deps, call.model, instance, call.identity.person);
  const command = commands.find((name) => open.some((one) => one.command === name && one.open)) ?? null;
  const lines = shown.lines ?? proposed(list, command === 'SEND');
  const units = call.directory.units.map(({ id, name }) => ({ id, name }));
  const meant = command === 'SEND' ? unitsMeant(list, call.directory, day) : new Set<string>();
  const others = shown.others ?? meant;
  const title = word(call.language, 'sendTitle');
  return {
    kind: 'page',
    status: shown.status,
    template: 'send',
    view: {
      ...signedFrame(call, assets, title),
      title,
      paper: { href: `/instances/${encodeURIComponent(instance.id)}`, title: textOf(instance.context.title) },
      problems: shown.problems,
      happened: shown.happened,
      deliveries: await deliveriesOf(call),
      none: word(call.language, instance.context.sentTo === undefined ? 'sendNone' : 'sendHidden'),
      command,
      action: `/instances/${encodeURIComponent(instance.id)}/send`,
      button: word(call.language, command === 'SEND_MORE' ? 'sendMore' : 'sendNow'),
      key: randomUUID(),
      revision: instance.revision,
      count: lines.length,
      lines: lines.map((line, index) => lineView(call, line, index, units)),
      others: othersOf(list, call.directory, day).map(({ id, name }) => ({ id, name, chosen: others.has(id) })),
      meant: shown.others === null && meant.size > 0,
    },
  };
}

function lineView(
  call: InstanceCall,
  line: Line,
  index: number,
  units: readonly { readonly id: string; readonly name: string }[],
) {
  return {
    ...line,
    index,
    number: index + 1,
    units: units.map((unit) => ({ ...unit, chosen: unit.id === line.unit })),
    channels: channels.map((id) => ({ id, label: valueLabel(call.language, id), chosen: id === line.channel })),
  };
}

/** How it stands with each recipient: only those that the reader may read. */
async function deliveriesOf(call: InstanceCall) {
  const { authority, id } = call.view.instance;
  const { store, models } = call.edge.app.deps;
  const rows = await store.instances.list({
    filter: readFilter(call.reader),
    definition: 'delivery',
    parent: id,
    open: null,
    originator: null,
    after: null,
    limit: deliveriesShownMax,
  });
  const held = await store.instances.loadMany(
    authority,
    rows.map((row) => row.id),
  );
  return held.map(({ instance }) => {
    const { context } = instance;
    const text = (name: string) => (typeof context[name] === 'string' ? context[name] : '');
    const day = text('answeredOn') || text('readOn') || text('receivedOn');
    return {
      href: `/instances/${encodeURIComponent(instance.id)}`,
      name: text('name'),
      purpose: text('purpose'),
      state: stateLabel(namesOf(call, models.pinned(instance.definition)), instance.state),
      day: day === '' ? '' : dayInWords(day),
      said:
        text('done') === ''
          ? text('reason')
          : [valueLabel(call.language, text('done')), text('reason')].filter(Boolean).join(': '),
    };
  });
}
