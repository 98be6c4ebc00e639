import type { Entry, Instance } from '../../engine/instance.js';
import { type JsonObject, textAt } from '../../engine/json.js';
import { type Directory, indexOf } from '../organisation/directory.js';
import { posts } from '../organisation/posts.js';
import { dayOf, timeOf } from '../time/clock.js';
import { textAtIssue } from './atIssue.js';
import { numberAndSymbol } from './paper.js';
import { documentType } from './symbols.js';

/** What an approval sheet is made of: the paper's own entries, and the records that name who acted. */
export interface SheetSource {
  readonly instance: Instance;
  readonly entries: readonly Entry[];
  readonly directory: Directory;
  /** A command in Vietnamese, as its definition labels it. */
  readonly labelOf: (command: string) => string;
  /** SHA-256 of the last of the entries: what the chain goes on from. */
  readonly head: string;
}

/** Commands of the machinery that say nothing of anybody's opinion. */
const silent: ReadonlySet<string> = new Set([
  'SEND_MORE',
  'OPEN_DIRECTIVE',
  'NO_ACTION',
  'OPEN_PERIOD',
  'CONSOLIDATE',
  'REVIEW_CLAUSES',
]);
const initialled: ReadonlySet<string> = new Set(['APPROVE_CONTENT', 'APPROVE_FORM']);
/** How a vote was given (biểu quyết): a sheet that said only that somebody voted would hide who was against. */
const voted: ReadonlyMap<unknown, string> = new Map([
  ['approve', 'Tán thành'],
  ['reject', 'Không tán thành'],
  ['abstain', 'Không biểu quyết'],
]);
/** Who acts because a field names him, and not by a post. */
const namedAs: ReadonlyMap<unknown, string> = new Map([
  ['drafter', 'Người soạn thảo'],
  ['voter', 'Thành viên biểu quyết'],
]);
const hashCharsShown = 16;

/**
 * The view of the approval sheet (phiếu trình) that travels with a paper: every step with who took it, in which post, for whom, when
 * and what was said; the initials (ký nháy) of the head of the drafting unit and of whoever checked the form (NĐ 30/2020, Điều 12
 * names both responsibilities); the capacity of the signatory. Everything comes from entries: nothing on it is typed.
 */
export function approvalSheetView(source: SheetSource): JsonObject {
  const { instance, directory } = source;
  const { context } = instance;
  const { authority } = directory;
  const steps = source.entries.filter((entry) => !silent.has(entry.command));
  const lastReturn = Math.max(0, ...steps.filter(({ command }) => command === 'RETURN').map(({ seq }) => seq));
  return {
    superior: authority.superior,
    issuer: authority.name,
    title: textAt(context, 'title'),
    type: documentType(textAt(context, 'type'))?.name ?? textAt(context, 'type'),
    number: typeof context.number === 'number' ? numberAndSymbol(context.number, textAt(context, 'symbol')) : null,
    issuedOn: typeof context.issuedOn === 'string' ? printedDay(context.issuedOn) : null,
    unit: unitName(directory, textAtIssue(context, 'draftingUnit')),
    drafter: personName(directory, textAt(context, 'drafter')),
    rows: steps.map((entry, index) => rowOf(source, entry, index + 1, lastReturn)),
    signature: signatureOf(instance),
    content: instance.content === null ? null : instance.content,
    instance: instance.id,
    head: source.head,
  };
}

function rowOf({ directory, labelOf }: SheetSource, entry: Entry, position: number, lastReturn: number): JsonObject {
  const said = [entry.input.reason, entry.input.direction].filter((text): text is string => typeof text === 'string');
  const opinion = [voted.get(entry.input.choice) ?? '', said.join(' ')].filter((text) => text !== '');
  const counts = entry.seq > lastReturn && initialled.has(entry.command);
  return {
    position: String(position),
    at: `${timeOf(entry.at)}, ${printedDay(dayOf(entry.at))}`,
    who: personName(directory, entry.actor),
    post: postOf(directory, entry),
    behalf: entry.onBehalfOf === null ? null : personName(directory, entry.onBehalfOf),
    step: entry.command === 'OPEN' ? 'Lập dự thảo' : labelOf(entry.command),
    opinion: opinion.join('. '),
    mark: counts ? 'Ký nháy' : entry.command === 'SIGN' ? 'Ký số' : entry.command === 'SEAL' ? 'Ký số cơ quan' : '',
    content: entry.content === null ? '' : entry.content.slice(0, hashCharsShown),
  };
}

function signatureOf({ context }: Instance): JsonObject | null {
  const { signature, signedAt, signedWith } = context;
  if (typeof signedAt !== 'string' || typeof signature !== 'object' || signature === null || Array.isArray(signature))
    return null;
  const { authority, capacity, title, name } = signature as Readonly<Record<string, string | null>>;
  return {
    lines: [authority, capacity, title].filter((line): line is string => typeof line === 'string'),
    name: name ?? '',
    at: `${timeOf(signedAt)}, ${printedDay(dayOf(signedAt))}`,
    certificate: typeof signedWith === 'string' ? signedWith : '',
  };
}

/** The post under which somebody acted, as its record says: title and unit. Empty where he acted as the person named in a field. */
function postOf(directory: Directory, entry: Entry): string {
  const appointment = indexOf(directory).appointment.get(entry.by ?? '');
  if (appointment === undefined) return namedAs.get(entry.role) ?? '';
  const unit = unitName(directory, appointment.unit);
  return `${posts[appointment.post]?.label.vi ?? appointment.post}, ${unit}`;
}

function unitName(directory: Directory, id: string): string {
  return indexOf(directory).unit.get(id)?.name ?? id;
}

function personName(directory: Directory, person: string): string {
  return person === 'system' ? 'Hệ thống' : (indexOf(directory).person.get(person)?.name ?? person);
}

function printedDay(day: string): string {
  return day.split('-').reverse().join('/');
}
