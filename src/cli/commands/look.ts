import { inboxFor } from '../../commands/inbox.js';
import type { InboxRow } from '../../commands/ports.js';
import { verifyHistory } from '../../commands/verifyHistory.js';
import { TrinhkyError } from '../../errors.js';
import { indexOf } from '../../office/organisation/directory.js';
import { readerOf } from '../../office/organisation/visibility.js';
import { shownState, stateLabel } from '../labels.js';
import {
  answer,
  authorityOf,
  columnsDefault,
  limitOf,
  personOf,
  type Session,
  shownInstant,
  withApplication,
} from '../session.js';
import { table } from '../table.js';

/** `trinhky inbox LOGIN`: what waits for a person, his own and, marked, what is lent to him by delegation. */
export async function inbox(session: Session, login: string, flags: { readonly limit?: string }): Promise<number> {
  const { words, io } = session;
  const limit = limitOf(flags.limit);
  return withApplication(session, async (app) => {
    const authority = await authorityOf(session, app);
    const person = await personOf(app, authority, login);
    const directory = await app.deps.store.directory.snapshot(authority);
    const now = app.deps.clock.now();
    const reader = readerOf(directory, person.id, now);
    const { items: found } = await inboxFor(app.deps, { directory, reader, now, after: null, limit });
    const items = found.map(({ row, onBehalfOf: delegator }) => ({ row, delegator }));
    const nameOf = (id: string) => indexOf(directory).person.get(id)?.name ?? id;
    const stateOf = (row: InboxRow) =>
      stateLabel(app.deps.models.pinned(row.definition).machine.tree.nodes, row.state, words.language);
    answer(
      session,
      items.map(({ row, delegator }) => ({
        id: row.id,
        definition: row.definition.id,
        state: row.state,
        title: row.title,
        due: row.due,
        since: row.since,
        revision: row.revision,
        onBehalfOf: delegator,
      })),
      () => {
        if (items.length === 0) return words.say('inbox.empty', { name: person.name });
        const head = ['due', 'state', 'id', 'title'].map((name) => words.say(`inbox.${name}`));
        const rows = items.map(({ row, delegator }) => [
          row.due === null ? '' : shownInstant(row.due),
          `${stateOf(row)}${delegator === null ? '' : ` (${words.say('inbox.onBehalfOf', { name: nameOf(delegator) })})`}`,
          row.id,
          row.title,
        ]);
        return table(head, rows, io.columns ?? columnsDefault);
      },
    );
    return 0;
  });
}

/** `trinhky history INSTANCE`: its entries in order; with `verify` the chain is checked, exit 1 where it is broken. */
export async function history(session: Session, id: string, flags: { readonly verify?: boolean }): Promise<number> {
  const { words, io } = session;
  return withApplication(session, async (app) => {
    const authority = id.split('.')[0] ?? '';
    const held = await app.deps.store.instances.load(authority, id);
    if (held === null) throw new TrinhkyError('notFound', { reason: 'instance', instance: id });
    const { entries, faults } = await verifyHistory(app.deps, held.instance);
    const { person } = indexOf(await app.deps.store.directory.snapshot(authority));
    const nameOf = (actor: string | null) => (actor === null ? '' : (person.get(actor)?.name ?? actor));
    const verified = flags.verify === true ? { sound: faults.length === 0, faults } : null;
    answer(session, { instance: held.instance, entries, ...(verified === null ? {} : { verified }) }, () => {
      const head = ['seq', 'at', 'actor', 'command', 'after'].map((name) => words.say(`history.${name}`));
      const rows = entries.map((entry) => [
        String(entry.seq),
        shownInstant(entry.at),
        entry.onBehalfOf === null
          ? nameOf(entry.actor)
          : `${nameOf(entry.actor)} (${words.say('inbox.onBehalfOf', { name: nameOf(entry.onBehalfOf) })})`,
        entry.command,
        shownState(entry.after),
      ]);
      const shown = faults.map((fault) => ('seq' in fault ? `${fault.kind} ${fault.seq}` : fault.kind));
      const verdict =
        faults.length === 0
          ? words.say('history.sound', { count: entries.length })
          : words.say('history.broken', { faults: shown });
      return `${table(head, rows, io.columns ?? columnsDefault, [0])}${verified === null ? '' : `\n${verdict}\n`}`;
    });
    return verified?.sound === false ? 1 : 0;
  });
}
