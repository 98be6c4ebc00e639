import type { Deps } from '../commands/deps.js';
import { nextDigest } from '../commands/notices/digestMoment.js';
import type { Preferences } from '../commands/notices/mailing.js';
import type { Notice } from '../commands/notices/ports.js';
import type { InstanceView } from '../commands/ports.js';
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
    const how = { mail: preferences.mail === 'weekly' ? 'weekly' : 'daily', hour: preferences.hour } as const;
    const dueAt = nextDigest(calendar, how, now);
    return [
      {
        id: `${authority}.digest/${notice.person}/${dueAt}`,
        instance: '',
        kind: 'digest',
        params: { person: notice.person },
        dueAt,
      },
    ];
  });
  const once = new Map(rows.map((row) => [row.id, row]));
  await deps.store.outbox.plan(authority, [...once.values()]);
}

function wants({ mail, address, kinds }: Preferences, { kind }: Notice): boolean {
  return address !== null && mail !== 'none' && kinds.includes(kind);
}
