import { randomUUID } from 'node:crypto';
import { availableTo } from '../../commands/look.js';
import { storeReview } from '../../commands/papers/clauses.js';
import { perform } from '../../commands/perform.js';
import { TrinhkyError } from '../../errors.js';
import { sentence, word } from '../../locales/sentences.js';
import type { ClauseReview, ReviewSource } from '../../office/papers/clauseReview.js';
import { clauseReviewOf } from '../../office/papers/clauseReviewShape.js';
import { clauseSource } from '../../office/papers/clauseSource.js';
import { namesOf } from '../api/show.js';
import type { Assets } from '../assets.js';
import { type Form, fieldOf } from '../body.js';
import type { InstanceCall } from '../edge.js';
import { requireReadable } from '../gate.js';
import { readable, tell } from '../names.js';
import { statusOf } from '../problem.js';
import { titleOf } from './attachments.js';
import { acts, type Row, type RowFault, reviewOf, rowsOf, typedRows } from './clauseRows.js';
import { dayInWords } from './dates.js';
import { type PageAnswer, signedFrame } from './frame.js';
import { markedText } from './marked.js';

const COMMAND = 'REVIEW_CLAUSES';
const REVISION = /^[1-9]\d{0,9}$/;

interface Problem {
  readonly sentence: string;
  readonly todo: string;
}

interface Shown {
  readonly status: number;
  readonly rows: readonly Row[];
  readonly faults: readonly RowFault[];
  readonly problems: readonly Problem[];
}

/** The clauses of a paper beside their places in its text, to be confirmed, split, joined, edited or marked as followed by nothing. */
export async function clausesPage(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  const { source, review } = await readOf(call);
  return view(call, assets, source, { status: 200, rows: rowsOf(source, review), faults: [], problems: [] });
}

/** The choices as one command; or the page again with what is wrong and everything that was typed. */
export async function clausesSent(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  const form = call.body as Form;
  const { source, review: before } = await readOf(call);
  const started = rowsOf(source, before);
  const revision = fieldOf(form, '_revision');
  if (!REVISION.test(revision)) throw new TrinhkyError('revisionInvalid');
  // The rows are those of the review that the page was drawn from; another one since then would put what was typed beside other clauses.
  if (fieldOf(form, '_count') !== String(started.length) || Number(revision) !== call.view.instance.revision) {
    const moved = sentence(call.language, 'revisionMoved', { revision: call.view.instance.revision, expected: Number(revision) });
    return view(call, assets, source, { status: 412, rows: sentRows(started, form), faults: [], problems: [moved] });
  }
  const rows = typedRows(started, form);
  const { review, faults } = reviewOf(rows, source);
  if (faults.length > 0) return view(call, assets, source, { status: 422, rows, faults, problems: [] });
  const { authority, id } = call.view.instance;
  const { deps } = call.edge.app;
  const outcome = await perform(deps, {
    authority,
    instance: id,
    command: COMMAND,
    input: { review: await storeReview(deps, authority, review) },
    actor: call.identity.person,
    key: fieldOf(form, '_key'),
    ifRevision: Number(revision),
  }).catch((error: unknown) => {
    if (error instanceof TrinhkyError && KEPT.has(error.code)) return error;
    throw error;
  });
  if (outcome instanceof TrinhkyError) {
    const told = sentence(call.language, outcome.code, readable(namesOf(call, call.model), outcome.params));
    return view(call, assets, source, { status: outcome.status, rows, faults: [], problems: [told] });
  }
  if (outcome.kind === 'accepted') return { kind: 'redirect', to: `/instances/${encodeURIComponent(id)}?done=${COMMAND}` };
  const names = namesOf(call, call.model);
  const problems = outcome.blockers.map((blocker) => tell(names, blocker));
  return view(call, assets, source, { status: statusOf(problems[0]?.code ?? 'internal'), rows, faults: [], problems });
}

/** What leaves the person on the page with everything typed. */
const KEPT: ReadonlySet<string> = new Set([
  'revisionMoved',
  'busy',
  'databaseAway',
  'pendingFull',
  'keyReused',
  'contentMissing',
]);

function sentRows(rows: readonly Row[], form: Form): readonly Row[] {
  try {
    return typedRows(rows, form);
  } catch {
    return rows;
  }
}

/** Text and clauses of the instance, and the review that is in force; `notFound` for what has no clauses. */
async function readOf(call: InstanceCall): Promise<{ source: ReviewSource; review: ClauseReview | null }> {
  const { instance } = call.view;
  const { contents } = call.edge.app.deps.store;
  if (!call.model.byCommand.has(COMMAND)) throw new TrinhkyError('notFound');
  const content = instance.content === null ? null : await contents.get(instance.authority, instance.content);
  const source = clauseSource(instance, content);
  if (source === null) throw new TrinhkyError('notFound');
  const { clauseReview: hash } = instance.context;
  const stored = typeof hash === 'string' ? clauseReviewOf(await contents.get(instance.authority, hash)) : null;
  return { source, review: stored === null || 'code' in stored ? null : stored };
}

async function view(call: InstanceCall, assets: Assets, source: ReviewSource, shown: Shown): Promise<PageAnswer> {
  const { instance } = shown.status === 412 ? await requireReadable(call, call.view.instance.id) : call.view;
  const names = namesOf(call, call.model);
  const commands = await availableTo(call.edge.app.deps, call.model, instance, call.identity.person);
  const own = commands.find(({ command }) => command === COMMAND);
  const title = word(call.language, 'clausesTitle');
  const told = shown.faults.map((fault) => ({ ...fault, sentence: faultInWords(call, fault) }));
  const page = {
    ...signedFrame(call, assets, title),
    paper: { href: `/instances/${encodeURIComponent(instance.id)}`, title: titleOf(instance) },
    action: `/instances/${encodeURIComponent(instance.id)}/clauses`,
    key: randomUUID(),
    revision: instance.revision,
    count: shown.rows.length,
    counted: word(call.language, 'clausesCount', { count: shown.rows.length }),
    maySend: own?.open === true,
    why: (own?.blockers ?? []).map((blocker) => tell(names, blocker).sentence),
    reviewed: typeof instance.context.clauseReview === 'string',
    problems: shown.problems.map(({ sentence: text, todo }) => ({ sentence: text, todo })),
    faults: told.map(({ row, sentence: text }) => ({ sentence: text, href: row < 0 ? null : `#c-${row}` })),
    pieces: markedText(
      source.text,
      shown.rows.map(({ clause }, number) => ({ span: clause.span, label: clause.path, number })),
    ),
    rows: shown.rows.map((row, number) => rowView(call, row, number, told)),
  };
  return { kind: 'page', status: shown.status, template: 'clauses', view: page };
}

function rowView(
  call: InstanceCall,
  { clause, act, text, reason, duties }: Row,
  number: number,
  told: readonly (RowFault & { sentence: string })[],
) {
  const { language } = call;
  const units = clause.units.map(
    ({ name, role }) => `${name}${role === 'lead' ? '' : ` (${word(language, 'clauseCoordinates')})`}`,
  );
  return {
    number,
    path: clause.path,
    place: `#t-${number}`,
    kind: word(language, `clauseKind${clause.kind}`),
    origin: clause.origin === 'read' ? null : word(language, `clauseOrigin${clause.origin}`),
    units: units.join('; '),
    duties: { lead: duties.lead.join('; '), cooperating: duties.cooperating.join('; '), due: duties.due ?? '' },
    due: dueInWords(clause),
    text,
    lines: Math.min(12, Math.max(2, Math.ceil(text.length / 60))),
    reason,
    faults: told.filter(({ row }) => row === number).map(({ sentence: line }) => line),
    acts: acts.map((value) => ({
      value,
      id: `act-${number}-${value}`,
      label: word(language, `clauseAct${value}`),
      chosen: value === act,
      name: `act.${number}`,
    })),
  };
}

/** The words of the paper, and the day that follows from them; a day that was typed needs no words. */
function dueInWords({ due }: Row['clause']): string | null {
  if (due === null) return null;
  const day = due.date === null ? null : dayInWords(due.date);
  if (day === null || day === due.text) return day === null ? due.text : null;
  return `${due.text} → ${day}`;
}

function faultInWords(call: InstanceCall, { code, path }: RowFault): string {
  return word(call.language, `clauseFault${code}`, { path });
}
