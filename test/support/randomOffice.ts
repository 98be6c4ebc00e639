import type { Appointment, Delegation, Directory } from '../../src/office/organisation/directory.js';
import { appointment, delegation, directory, root } from './builders.js';

/** A source of chance that gives the same for the same seed (mulberry32). */
export function chanceOf(seed: number) {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  return {
    below: (count: number): number => Math.floor(next() * count),
    happens: (share: number): boolean => next() < share,
    oneOf: <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)] as T,
  };
}

export type Chance = ReturnType<typeof chanceOf>;

const days = ['2009-06-01', '2010-02-01', '2010-02-09', '2010-02-10', '2010-03-01'] as const;

/** The example authority with posts that fell vacant, people who went away, and delegations that hold, ended, or were revoked. */
export function randomOffice(chance: Chance): Directory {
  const people = directory.people.map((person) => (chance.happens(0.04) ? { ...person, disabled: true } : person));
  const kept = directory.appointments.flatMap((one): Appointment[] =>
    chance.happens(0.1) ? (chance.happens(0.5) ? [] : [{ ...one, to: chance.oneOf(days) }]) : [one],
  );
  const ids = people.map(({ id }) => id);
  const more = Array.from({ length: chance.below(3) }, () =>
    appointment(
      chance.oneOf(ids),
      chance.oneOf(['culture', 'finance', 'ward1', root]),
      chance.oneOf(['officer', 'head', 'clerk']),
      {
        acting: chance.happens(0.3),
      },
    ),
  );
  const delegations = Array.from({ length: chance.below(4) }, (_, index): Delegation => {
    const from = chance.oneOf(days);
    return delegation(chance.oneOf(ids), chance.oneOf(ids), {
      id: `d${index}`,
      from,
      to: chance.oneOf(days.filter((day) => day >= from)),
      revokedAt: chance.happens(0.2) ? '2010-02-08T02:00:00.000Z' : null,
      commands: chance.happens(0.3) ? ['APPROVE_CONTENT', 'RETURN', 'ACCEPT'] : null,
    });
  });
  const divisions = chance.happens(0.35) ? [] : directory.divisions;
  return { ...directory, people, appointments: [...kept, ...more], delegations, divisions };
}
