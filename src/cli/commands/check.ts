import type { Model } from '../../commands/look.js';
import { checkFiles, readDefinitionFiles } from '../../definitions/load.js';
import { officeCatalogue } from '../../office/catalogue/index.js';
import { type Directory, indexOf, postKey } from '../../office/organisation/directory.js';
import { posts } from '../../office/organisation/posts.js';
import { isInForce } from '../../office/organisation/roles.js';
import { dayOf } from '../../office/time/clock.js';
import { answer, authorityOf, columnsDefault, type Session, withApplication } from '../session.js';
import { table } from '../table.js';

/** Who holds one post of one unit, and which roles of the definitions wait for him. */
export interface PostStanding {
  readonly post: string;

  readonly unit: string;
  readonly unitName: string;
  readonly holders: readonly string[];
  readonly roles: readonly string[];
}

/** `trinhky check`: every fault of a folder of definitions with file and JSON pointer. Exit 1 where there is one. */
export async function check(
  session: Session,
  folder: string | undefined,
  flags: { readonly authority?: boolean },
): Promise<number> {
  const { words } = session;
  const place = folder ?? session.host.config.workflowsFolder;
  const { models, faults } = checkFiles(await readDefinitionFiles(place), officeCatalogue);
  const staffing =
    flags.authority === true
      ? await withApplication(session, async (app) => {
          const directory = await app.deps.store.directory.snapshot(await authorityOf(session, app));
          return staffingOf(models, directory, dayOf(app.deps.clock.now()));
        })
      : null;
  const definitions = models.map(({ ref }) => ref);
  answer(session, { folder: place, definitions, faults, ...(staffing === null ? {} : { staffing }) }, () => {
    const found = faults.map(({ file, pointer, code, message }) => `${file}#${pointer}  ${code}: ${message}\n`).join('');
    const verdict =
      faults.length === 0 ? words.say('check.ok', { count: models.length }) : words.say('check.faults', { count: faults.length });
    return `${found}${verdict}\n${staffing === null ? '' : showStaffing(session, staffing)}`;
  });
  return faults.length === 0 ? 0 : 1;
}

/** Every post that a role acting somewhere needs: of the authority itself, or of each unit. */
export function staffingOf(models: readonly Model[], directory: Directory, day: string): readonly PostStanding[] {
  const { rootUnit } = directory.authority;
  const others = directory.units
    .filter((unit) => unit.id !== rootUnit && unit.validFrom <= day && (unit.validTo === null || day <= unit.validTo))
    .map((unit) => unit.id);
  const needed = new Map<string, { post: string; unit: string; roles: Set<string> }>();
  for (const { definition, machine } of models) {
    const acting = new Set(machine.tree.transitions.flatMap((transition) => transition.definition.by));
    for (const [name, role] of Object.entries(definition.roles)) {
      if (!('post' in role) || !acting.has(name)) continue;
      for (const unit of role.of === 'authority' ? [rootUnit] : others) {
        const key = postKey(unit, role.post);
        const entry = needed.get(key) ?? { post: role.post, unit, roles: new Set<string>() };
        needed.set(key, { ...entry, roles: entry.roles.add(`${definition.id}.${name}`) });
      }
    }
  }
  const index = indexOf(directory);
  const ordered = [...needed].sort(([, a], [, b]) => a.post.localeCompare(b.post) || a.unit.localeCompare(b.unit));
  return ordered.map(([key, { post, unit, roles }]) => ({
    post,
    unit,
    unitName: index.unit.get(unit)?.name ?? unit,
    roles: [...roles],
    holders: (index.appointmentsAt.get(key) ?? [])
      .filter((appointment) => isInForce(directory, appointment, day) && index.person.get(appointment.person)?.disabled === false)
      .map((appointment) => index.person.get(appointment.person)?.name ?? appointment.person),
  }));
}

function showStaffing({ io, words }: Session, staffing: readonly PostStanding[]): string {
  const head = ['post', 'unit', 'holders', 'roles'].map((name) => words.say(`check.${name}`));
  const rows = staffing.map(({ post, unitName, holders, roles }) => [
    posts[post]?.label[words.language] ?? post,
    unitName,
    holders.length === 0 ? words.say('check.vacant') : holders.join(', '),
    roles.join(' '),
  ]);
  const vacancies = staffing.filter(({ holders }) => holders.length === 0).length;
  return `\n${table(head, rows, io.columns ?? columnsDefault)}\n${words.say('check.vacancies', { count: vacancies })}\n`;
}
