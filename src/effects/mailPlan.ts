import type { Deps } from '../commands/deps.js';
import { nextDigest } from '../commands/notices/digestMoment.js';
import type { Preferences } from '../commands/notices/mailing.js';
import type { Notice } from '../commands/notices/ports.js';
import type { InstanceView } from '../commands/ports.js';
import type { LeasedEffect } from '../commands/relayPorts.js';
import { urgencyRank, urgencyRanks } from '../office/papers/urgency.js';

/** What bears one of these marks does not wait for a digest: hỏa tốc, thượng khẩn (NĐ 30/2020/NĐ-CP, Điều 8). */
const urgentRankMax = urgencyRanks.thuongKhan ?? 0;

type PlannedMail = Parameters<Deps['store']['outbox']['plan']>[1][number];

/**
 * Plans the mails of notices: at once for urgent papers and for who wants each, else with the next digest of its person. Each row once by
 * its id, so many notices of a day are one digest. Nothing where no mail server is set, or a person has no confirmed address.
 */
export async function planMails(
  deps: Pick<Deps, 'store' | 'clock' | 'mailing'>,
  views: ReadonlyMap<string, InstanceView>,
  notices: readonly Notice[],
): Promise<void> {
  const [first] = notices;
  if (deps.mailing === undefined || first === undefined) return;
  const { authority } = first;
  const found = await deps.store.preferences.of(authority, [...new Set(notices.map(({ person }) => person))]);
  const byPerson = new Map(found.map((preferences) => [preferences.person, preferences]));
  const { calendar } = await deps.store.directory.snapshot(authority);
  const now = deps.clock.now();
  const rows = notices.flatMap((notice): PlannedMail[] => {
    const preferences = byPerson.get(notice.person);
    if (preferences === undefined || !wants(preferences, notice)) return [];
    const rank = urgencyRank(views.get(notice.instance)?.instance.context.urgency);
    if (preferences.mail === 'each' || rank <= urgentRankMax)
      return [
        {
          id: `${notice.id}/mail`,
          instance: notice.instance,
          kind: 'mail',
          params: { notice: notice.id, person: notice.person },
          dueAt: null,
        },
      ];
    return [digestRow(notice, nextDigest(calendar, howOf(preferences), now))];
  });
  const once = new Map(rows.map((row) => [row.id, row]));
  await deps.store.outbox.plan(authority, [...once.values()]);
}

function wants({ mail, address, kinds }: Preferences, { kind }: Notice): boolean {
  return address !== null && mail !== 'none' && kinds.includes(kind);
}

/** Who wants each at once has digests of what was planned before he did. */
function howOf({ mail, hour }: Preferences) {
  return { mail: mail === 'weekly' ? 'weekly' : 'daily', hour } as const;
}

function digestRow({ authority, person }: Pick<Notice, 'authority' | 'person'>, dueAt: string): PlannedMail {
  return { id: `${authority}.digest/${person}/${dueAt}`, instance: '', kind: 'digest', params: { person }, dueAt };
}

/** How many moments that have passed are looked through for the last one. */
const momentsMax = 400;

/**
 * Whether a digest is no longer of its moment: its person has chosen another hour or day since it was planned, the calendar has changed, or
 * the next moment has passed as well. Then one is planned for the right moment in its place, so that nobody gets two on one day.
 */
export async function digestMoved(
  deps: Pick<Deps, 'store' | 'clock'>,
  { authority, dueAt }: Pick<LeasedEffect, 'authority' | 'dueAt'>,
  preferences: Preferences,
): Promise<boolean> {
  if (dueAt === null) return false;
  const { calendar } = await deps.store.directory.snapshot(authority);
  const how = howOf(preferences);
  const now = deps.clock.now();
  const own = nextDigest(calendar, how, new Date(Date.parse(dueAt) - 1).toISOString());
  let moment = own === dueAt ? own : nextDigest(calendar, how, now);
  for (let count = 0; count < momentsMax; count += 1) {
    const next = nextDigest(calendar, how, moment);
    if (next > now) break;
    moment = next;
  }
  if (moment === dueAt) return false;
  await deps.store.outbox.plan(authority, [digestRow({ authority, person: preferences.person }, moment)]);
  return true;
}
