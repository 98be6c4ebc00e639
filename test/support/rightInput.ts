import type { JsonObject } from '../../src/engine/json.js';
import { activePaths } from '../../src/engine/machine.js';
import type { Model } from '../../src/engine/model.js';
import { filesIn } from '../../src/office/catalogue/attachments.js';
import { hashesRestedOn } from '../../src/office/duties/evidence.js';
import { textIn } from '../../src/office/duties/texts.js';
import { isInForce } from '../../src/office/organisation/roles.js';
import { addDays, dayOf } from '../../src/office/time/clock.js';
import { contentOf, root } from './builders.js';
import type { Scene } from './carryOut.js';
import { sampleInput } from './sampleInput.js';

/** Fields that say in another way what others of the form say: a file or a paper, days after the cut-off or a day of the month. */
const leftOut: Readonly<Record<string, readonly string[]>> = {
  ATTACH_PLAN: ['paper'],
  SPLIT: ['closingCount'],
  OPEN_OBLIGATION: ['dueDay', 'consolidateDay'],
};

/** What somebody who fills the form rightly would write. */
export function rightInput(model: Model, { instance, now, directory }: Scene, command: string, actor: string): JsonObject {
  const transitions = model.byCommand.get(command) ?? [];
  const active = activePaths(instance.state);
  const transition = transitions.find(({ source }) => active.includes(source.path)) ?? transitions[0];
  const schema = transition?.definition.input;
  const properties = Object.keys((schema?.properties ?? {}) as JsonObject);
  const held = directory.appointments.find(({ person, to }) => person === actor && to === null);
  const clauses = (instance.context.clauseList ?? ['2.1']) as readonly string[];
  const works = (one: (typeof directory.appointments)[number]): boolean =>
    isInForce(directory, one, dayOf(now)) && directory.people.some(({ id, disabled }) => id === one.person && !disabled);
  const someone = directory.appointments.find((one) => one.unit === instance.context.leadUnit && works(one));
  const parts = [instance.context.drafter, instance.context.approvers].flat();
  const newDrafter = directory.appointments.find(
    (one) => one.unit === instance.context.draftingUnit && works(one) && !parts.includes(one.person),
  );
  const others = [...parts, instance.context.editors].flat();
  const unasked = directory.appointments.filter((one) => works(one) && !others.includes(one.person)).map(({ person }) => person);
  const dues = Object.values(instance.visits).flatMap(({ due }) => (due === null ? [] : [dayOf(due)]));
  const recorded = [instance.context.dueOn, instance.context.askedDueOn].filter((day) => typeof day === 'string');
  const latest = [dayOf(now), ...dues, ...recorded].sort().at(-1) ?? dayOf(now);
  const files = filesIn(instance);
  const rested = hashesRestedOn(instance);
  const free = files.filter(({ hash }) => !rested.has(hash));
  const right: JsonObject = {
    name: 'tep.pdf',
    review: contentOf('review'),
    hash: (free[0] ?? files[0])?.hash ?? contentOf('file'),
    draftingUnit: held?.unit ?? 'culture',
    clause: clauses[0] ?? '2.1',
    ...(command === 'REASSIGN' ? { unit: ['ward1', 'ward2'].find((unit) => unit !== instance.context.unit) ?? 'ward1' } : {}),
    newDrafter: newDrafter?.person ?? actor,
    handler: someone?.person ?? actor,
    confirmDuplicate: true,
    through: 'ward1',
    parts: [{ title: 'Phần ví dụ', unit: 'ward2' }],
    form: 'thuc-hien-ke-hoach',
    ...(command === 'OPEN_OBLIGATION' ? { code: 'bao-cao-thang', first: '2010-M03', until: '2010-12-31' } : {}),
    voters: unasked.slice(0, 2),
    people: unasked.slice(0, 1),
    ...Object.fromEntries(
      properties.filter((name) => /On$/.test(name)).map((name) => [name, /dueOn$/i.test(name) ? addDays(latest, 1) : dayOf(now)]),
    ),
  };
  // To the other leader; a paper that is laid before the first time is laid before all.
  const without = ['to', ...(leftOut[command] ?? [])];
  const usual = Object.entries(sampleInput(schema)).filter(([name]) => !without.includes(name) || command === 'FORWARD');
  const laid = [instance.context.laidBefore ?? []].flat();
  const liesWith = (name: string): boolean =>
    laid.length === 1 &&
    textIn({ key: laid[0] ?? null }, 'key')
      .split(/[/:]/)
      .at(-1) === name;
  const leaders = directory.appointments.filter((one) => one.unit === root && /^(deputyC|c)hair$/.test(one.post) && works(one));
  const names = [...leaders.map(({ post }) => post), ...leaders.map(({ person }) => person)];
  const to = names.find((name) => !liesWith(name)) ?? 'chair';
  return Object.fromEntries(usual.map(([name, value]) => [name, name === 'to' ? to : (right[name] ?? value)]));
}
