import { TrinhkyError } from '../../errors.js';
import { type Directory, indexOf, postKey } from '../../office/organisation/directory.js';
import { type Holder, holdersAt, holdingsOf, vacantPosts } from '../../office/organisation/holding.js';
import { nameOn, successorsOn, unitHolds, unitsOn } from '../../office/organisation/lineage.js';
import { posts } from '../../office/organisation/posts.js';
import { leadingPost } from '../../office/organisation/superiors.js';
import { addDays, dayOf, endOfDay } from '../../office/time/clock.js';
import { dayShown, personShown, postShown, unitShown } from '../organisationShown.js';
import { answer, columnsDefault, personOf, type Session } from '../session.js';
import { table } from '../table.js';
import type { Words } from '../words.js';
import { type AuthorityFlag, within } from './organisation.js';

export interface ShowFlags extends AuthorityFlag {
  /** `yyyy-mm-dd`; without it this moment. */
  readonly at?: string;
  readonly unit?: string;
  readonly person?: string;
}

/** Who is told about what, and when. */
interface Telling {
  readonly words: Words;
  readonly directory: Directory;
  readonly day: string;
  readonly instant: string;
}

/** A line of the answer: what is held, by whom or by what, and the record that says so. */
interface Line {
  readonly what: string;
  readonly text: string;
}

/**
 * `trinhky organisation show`: who holds what on a day, and by which record. Of one unit its posts, or of one person all that he holds;
 * without either the units in force and who leads them. A day stands for its end: what was revoked on it does not hold.
 */
export async function organisationShow(session: Session, flags: ShowFlags): Promise<number> {
  const { words, io } = session;
  if (flags.unit !== undefined && flags.person !== undefined)
    throw new TrinhkyError('inputInvalid', { path: '--person', reason: 'organisationShow', value: flags.person });
  return within(session, flags, async (app, authority) => {
    const directory = await app.deps.store.directory.snapshot(authority);
    const now = app.deps.clock.now();
    const day = flags.at === undefined ? dayOf(now) : dayNamed(flags.at);
    const telling = { words, directory, day, instant: flags.at === undefined ? now : endOfDay(day) };
    const known = flags.person !== undefined && indexOf(directory).person.has(flags.person);
    const person = flags.person === undefined || known ? flags.person : (await personOf(app, authority, flags.person)).id;
    if (flags.unit !== undefined && !indexOf(directory).unit.has(flags.unit))
      throw new TrinhkyError('inputInvalid', { path: '--unit', reason: 'organisationUnit', value: flags.unit });
    const shown =
      flags.unit !== undefined
        ? ofUnit(telling, flags.unit)
        : person !== undefined
          ? ofPerson(telling, person)
          : ofAuthority(telling);
    answer(session, { day, ...shown.value }, () => {
      const rows = shown.lines.map(({ what, text }) => [what, text]);
      const body =
        rows.length === 0 ? `${words.say('organisation.show.nothing')}\n` : table(null, rows, io.columns ?? columnsDefault);
      return `${shown.title}\n${body}`.trimEnd();
    });
    return 0;
  });
}

function dayNamed(text: string): string {
  const real = /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && addDays(text, 0) === text;
  if (!real) throw new TrinhkyError('inputInvalid', { path: '--at', reason: 'organisationDay', value: text });
  return text;
}

interface Shown {
  readonly title: string;
  readonly lines: readonly Line[];
  readonly value: object;
}

function spanShown({ words }: Telling, { from, to }: { readonly from: string; readonly to: string | null }): string {
  return words.say('organisation.show.span', {
    from: dayShown(from),
    to: to === null ? words.say('organisation.openEnd') : dayShown(to),
  });
}

function holderShown(telling: Telling, { person, by, disabled }: Holder): string {
  const { words, directory } = telling;
  const marks = [
    ...(by.acting ? [words.say('organisation.show.acting')] : []),
    ...(disabled ? [words.say('organisation.show.disabled')] : []),
  ];
  return [personShown(directory, person), ...marks, `${by.id}, ${spanShown(telling, by)}`].join('; ');
}

function ofUnit(telling: Telling, unit: string): Shown {
  const { words, directory, day, instant } = telling;
  const held = Object.keys(posts).flatMap((post) =>
    holdersAt(directory, postKey(unit, post), instant).map((holder) => ({ post, holder })),
  );
  const vacant = unitHolds(directory, unit, day) ? vacantPosts(directory, unit, instant) : [];
  const name = nameOn(directory, unit, day) ?? unit;
  const heirs = unitHolds(directory, unit, day) ? [] : successorsOn(directory, unit, day).filter((one) => one !== unit);
  return {
    title: words.say('organisation.show.unit', { unit: name, id: unit, day: dayShown(day) }),
    lines: [
      ...held.map(({ post, holder }) => ({ what: postShown(words, post), text: holderShown(telling, holder) })),
      ...vacant.map((post) => ({ what: postShown(words, post), text: words.say('organisation.show.vacant') })),
      ...heirs.map((one) => ({ what: words.say('organisation.show.heir'), text: unitShown(directory, one) })),
    ],
    value: { unit, name, holders: held.map(({ post, holder }) => ({ post, ...holder })), vacant, successors: heirs },
  };
}

function ofPerson(telling: Telling, person: string): Shown {
  const { words, directory, day, instant } = telling;
  const holdings = holdingsOf(directory, person, instant);
  const line = (
    what: string,
    text: string,
    one: { readonly id: string; readonly from: string; readonly to: string | null },
  ): Line => ({
    what: words.say(`organisation.show.${what}`),
    text: `${text}; ${one.id}, ${spanShown(telling, one)}`,
  });
  return {
    title: words.say('organisation.show.person', { person: personShown(directory, person), day: dayShown(day) }),
    lines: [
      ...holdings.posts.map((one) => line('post', `${postShown(words, one.post)}, ${unitShown(directory, one.unit)}`, one)),
      ...holdings.divisions.map((one) => line('division', `${one.fields.join(', ')}; ${one.decision}`, one)),
      ...holdings.grants.map((one) => line('grant', `${one.kind}. ${one.subject}; ${one.decision}`, one)),
      ...holdings.received.map((one) => line('received', personShown(directory, one.delegator), one)),
      ...holdings.given.map((one) => line('given', personShown(directory, one.delegate), one)),
    ],
    value: { person, ...holdings },
  };
}

function ofAuthority(telling: Telling): Shown {
  const { words, directory, day, instant } = telling;
  const units = unitsOn(directory, day).map(({ id, name }) => ({
    unit: id,
    name,
    leaders: holdersAt(directory, postKey(id, leadingPost(directory, id)), instant),
  }));
  return {
    title: words.say('organisation.show.authority', { name: directory.authority.name, day: dayShown(day) }),
    lines: units.map(({ unit, name, leaders }) => ({
      what: unit,
      text: `${name}: ${leaders.length === 0 ? words.say('organisation.show.vacant') : leaders.map((one) => holderShown(telling, one)).join(', ')}`,
    })),
    value: { units },
  };
}
