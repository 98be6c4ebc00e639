import type { InboxRow } from '../../commands/ports.js';
import { labelIn, word } from '../../locales/sentences.js';
import { readFilter } from '../../office/organisation/visibility.js';
import { numberAndSymbol } from '../../office/papers/paper.js';
import { countMax, inboxOf } from '../api/instances.js';
import { modelFor, namesOf } from '../api/show.js';
import type { Assets } from '../assets.js';
import type { SignedCall } from '../edge.js';
import { awaitedIn, personName, stateLabel } from '../names.js';
import { dueInWords, instantInWords, waitingSince } from './dates.js';
import { type PageAnswer, signedFrame } from './frame.js';

const rowsPerPage = 50;
const waitingRowsMax = 20;

/** What waits for me, for those I act for, and for others on what I opened. */
export async function inboxPage(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  const after = call.query.after ?? null;
  const [{ items, cutAt }, waiting] = await Promise.all([
    inboxOf(call, after, countMax),
    after === null ? waitingForOthers(call) : [],
  ]);
  const shown = items.slice(0, rowsPerPage);
  const last = shown.at(-1);
  const view = {
    own: shown.filter((item) => item.onBehalfOf === null).map((item) => rowView(call, item.row, null)),
    lent: shown.filter((item) => item.onBehalfOf !== null).map((item) => rowView(call, item.row, item.onBehalfOf)),
    waiting: waiting.map((row) => rowView(call, row, null)),
    firstPage: after === null,
    count: items.length >= countMax ? `${countMax}+` : String(items.length),
    next: nextOf(items.length > rowsPerPage ? (last?.row.turn ?? null) : cutAt),
  };
  return {
    kind: 'page',
    status: 200,
    template: 'inbox',
    view: { ...signedFrame(call, assets, word(call.language, 'inbox')), ...view },
  };
}

function nextOf(turn: string | null): string | null {
  return turn === null ? null : `/inbox?after=${encodeURIComponent(turn)}`;
}

async function waitingForOthers(call: SignedCall): Promise<readonly InboxRow[]> {
  const rows = await call.edge.app.deps.store.instances.list({
    filter: readFilter(call.reader),
    definition: null,
    parent: null,
    open: true,
    originator: call.identity.person,
    after: null,
    limit: countMax,
  });
  const own = new Set([...call.reader.keys, ...call.reader.signings.map(({ key }) => key)]);
  return rows.filter((row) => !row.principals.some((key) => own.has(key))).slice(0, waitingRowsMax);
}

/** One line of a list of instances. */
export function rowView(call: SignedCall, row: InboxRow, onBehalfOf: string | null) {
  const model = modelFor(call, row.definition);
  const names = namesOf(call, model);
  return {
    href: `/instances/${encodeURIComponent(row.id)}`,
    title: row.title,
    number: row.number === null || row.symbol === null ? null : numberAndSymbol(row.number, row.symbol),
    kind: labelIn(call.language, model.definition.label, row.definition.id),
    state: stateLabel(names, row.state),
    due: dueInWords(call.language, call.directory.calendar, row.due, call.now),
    since: instantInWords(waitingSince(row.visits, row.since)),
    waits: awaitedIn(names, row.principals, null).map(({ label }) => label),
    behalf: onBehalfOf === null ? null : word(call.language, 'behalf', { name: personName(names, onBehalfOf) }),
  };
}
