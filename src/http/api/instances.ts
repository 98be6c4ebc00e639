import { type InboxFound, inboxFor } from '../../commands/inbox.js';
import { availableTo } from '../../commands/look.js';
import { readEntry } from '../../engine/entry.js';
import { readFilter } from '../../office/organisation/visibility.js';
import type { InstanceCall, SignedCall } from '../edge.js';
import { awaitedIn } from '../names.js';
import { readableEntries, readableInstance } from '../renditionAccess.js';
import { etagOf } from './commands.js';
import { type Answer, limitOf, ok } from './route.js';
import { commandBody, instanceBody, namesOf, rowBody } from './show.js';

const rowsUsual = 50;
/** One fewer than the store gives at once: one more is read to know whether there are more. */
export const rowsPerPageMax = 99;
/** A longer waiting list is told as "100 and more": the store gives no more at once. */
export const countMax = 100;
export const historyRowsMax = 200;

export async function readInstance(call: InstanceCall): Promise<Answer> {
  const { instance, since, principals } = call.view;
  const names = namesOf(call, call.model);
  const commands = await availableTo(call.edge.app.deps, call.model, instance, call.identity.person);
  return ok(
    {
      instance: instanceBody(names, readableInstance(call)),
      since,
      waitsFor: awaitedIn(names, principals, { instance, now: call.now }),
      commands: commands.map((one) => commandBody(names, one)),
    },
    { ETag: etagOf(instance.revision) },
  );
}

/** What waits for the caller, at most `limit`. */
export function inboxOf(
  call: Pick<SignedCall, 'edge' | 'reader' | 'directory' | 'now'>,
  after: string | null,
  limit: number,
): Promise<InboxFound> {
  const { reader, directory, now } = call;
  return inboxFor(call.edge.app.deps, { directory, reader, now, after, limit });
}

export async function readInbox(call: SignedCall): Promise<Answer> {
  const limit = limitOf(call, rowsUsual, rowsPerPageMax);
  const { items, cutAt } = await inboxOf(call, call.query.after ?? null, countMax);
  const shown = items.slice(0, limit);
  return ok({
    items: shown.map(({ row, onBehalfOf }) => rowBody(call, row, onBehalfOf)),
    next: items.length > limit ? (shown.at(-1)?.row.turn ?? null) : cutAt,
    count: items.length,
    countIsMore: items.length >= countMax,
  });
}

export async function listInstances(call: SignedCall): Promise<Answer> {
  const limit = limitOf(call, rowsUsual, rowsPerPageMax);
  const { definition, parent, open, originator, after } = call.query;
  const rows = await call.edge.app.deps.store.instances.list({
    filter: readFilter(call.reader),
    definition: definition ?? null,
    parent: parent ?? null,
    open: open === undefined ? null : open === 'true',
    originator: originator ?? null,
    after: after ?? null,
    limit: limit + 1,
  });
  const shown = rows.slice(0, limit);
  return ok({
    items: shown.map((row) => rowBody(call, row, null)),
    next: rows.length > limit ? (shown.at(-1)?.id ?? null) : null,
  });
}

export async function readHistory(call: InstanceCall): Promise<Answer> {
  const limit = limitOf(call, rowsUsual, historyRowsMax);
  const from = Number(call.query.from ?? 1);
  const { authority, id } = call.view.instance;
  const stored = await call.edge.app.deps.store.instances.history(authority, id, from, limit);
  const entries = stored.map(({ bytes }) => readEntry(bytes));
  const last = entries.at(-1)?.seq ?? from - 1;
  const next = entries.length === limit && last < call.view.instance.revision ? last + 1 : null;
  return ok({ entries: readableEntries(call, entries), next });
}
