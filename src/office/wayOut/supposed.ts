import type { Opener } from '../../engine/remedy.js';
import {
  type Appointment,
  type Delegation,
  type Directory,
  type Division,
  type Grant,
  indexOf,
  postKey,
} from '../organisation/directory.js';
import type { Matter } from '../organisation/grants.js';
import { withOneMore } from '../organisation/lookups.js';

/** An opener that is a record of the organisation. */
type RecordOpener = Extract<Opener, { readonly kind: 'delegate' | 'divide' | 'grant' | 'appoint' }>;

const SUPPOSED = 'supposed:';

/** Whether the id of a record is one that the search made up. */
export function isSupposed(id: string): boolean {
  return id.startsWith(SUPPOSED);
}

export function isRecord(opener: Opener): opener is RecordOpener {
  return ['delegate', 'divide', 'grant', 'appoint'].includes(opener.kind);
}

/**
 * A directory as it would be with one record more, for an instance of a definition; null where the record cannot be. The record is as
 * narrow as its kind allows.
 */
export function withRecord(
  directory: Directory,
  opener: RecordOpener,
  { definition, matter }: { readonly definition: string; readonly matter: Matter },
): Directory | null {
  switch (opener.kind) {
    case 'appoint':
      return { ...directory, appointments: withOneMore(directory.appointments, appointmentOf(opener)) };
    case 'delegate':
      return { ...directory, delegations: withOneMore(directory.delegations, delegationOf(opener, definition)) };
    case 'grant':
      return { ...directory, grants: withOneMore(directory.grants, grantOf(opener, matter)) };
    case 'divide': {
      const division = divisionOf(directory, opener, matter);
      return division === null ? null : { ...directory, divisions: withOneMore(directory.divisions, division) };
    }
  }
}

function appointmentOf({ person, unit, post, day }: Extract<Opener, { kind: 'appoint' }>): Appointment {
  return { id: `${SUPPOSED}${person}@${unit}/${post}`, person, unit, post, title: null, acting: false, from: day, to: null };
}

function delegationOf(
  { from, to, command, day, lastDay }: Extract<Opener, { kind: 'delegate' }>,
  definition: string,
): Delegation {
  return {
    id: `${SUPPOSED}${from}>${to}/${command}`,
    delegator: from,
    delegate: to,
    definitions: [definition],
    types: null,
    commands: [command],
    from: day,
    to: lastDay,
    revokedAt: null,
    reason: '',
  };
}

/** Bounds of a matter: what is not known is left unbounded. */
function boundsOf({ type, unit }: Matter) {
  return { types: type === null ? null : [type], units: unit === null ? null : [unit] };
}

function divisionOf(
  directory: Directory,
  { person, unit, post, day }: Extract<Opener, { kind: 'divide' }>,
  matter: Matter,
): Division | null {
  const held = (indexOf(directory).appointmentsAt.get(postKey(unit, post)) ?? []).filter((one) => one.person === person);
  const appointment = held.at(-1);
  if (appointment === undefined) return null;
  const id = `${SUPPOSED}${appointment.id}`;
  return { id, appointment: appointment.id, fields: [], ...boundsOf(matter), from: day, to: null, decision: '' };
}

function grantOf({ grantor, grantee, day, lastDay }: Extract<Opener, { kind: 'grant' }>, matter: Matter): Grant {
  return {
    id: `${SUPPOSED}${grantor.unit}/${grantor.post}>${grantee.unit}/${grantee.post}`,
    kind: 'TUQ',
    grantor,
    grantee,
    ...boundsOf(matter),
    subject: '',
    from: day,
    to: lastDay,
    revokedAt: null,
    passable: false,
    decision: '',
  };
}
