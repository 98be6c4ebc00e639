import type { Blocker, Claim } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import { type Appointment, type Directory, holdsOn, indexOf, personKey, postKey } from './directory.js';
import { deputyOf, type Field, fieldFor, fieldsOf, holdsMatter, type Matter, matterOf } from './grants.js';
import { isInForce } from './roles.js';

/** Where and when the gap is looked for. */
interface At {
  readonly directory: Directory;
  readonly today: string;
  readonly now: string;
}

/**
 * Why nothing recorded lets somebody sign: a delegation gives no capacity, a person named by name has none, a post may sign nothing, a deputy
 * has no field, the matter lies outside it, or what let him is over, revoked, or not yet begun. Names who could, the head and the deputies in
 * whose field the matter lies, and the decision that comes closest.
 */
export function capacityGap(at: At, claim: Claim, instance: Instance, actor: string): Blocker {
  const { directory } = at;
  const appointment = (indexOf(directory).appointmentsOf.get(actor) ?? []).find(({ id }) => id === claim.by);
  const found: Gap =
    claim.onBehalfOf !== null
      ? { reason: 'delegationGivesNone' }
      : appointment === undefined
        ? { reason: 'namedWithoutPost' }
        : deputyOf(appointment.post) === null
          ? { reason: 'postSignsNothing' }
          : fieldGap(at, appointment, matterOf(instance));
  const who = appointment === undefined ? [] : otherSigners(at, appointment, matterOf(instance));
  return {
    code: 'capacityMissing',
    params: { role: claim.role, ...found },
    ...(who.length > 0 ? { who } : {}),
  };
}

type Gap = { readonly reason: string; readonly decision?: string; readonly on?: string };

function fieldGap({ directory, today, now }: At, appointment: Appointment, matter: Matter): Gap {
  const fields = fieldsOf(directory, appointment);
  const covering = fields.filter((field) => holdsMatter(field, matter));
  const revoked = covering.find(({ revokedAt }) => revokedAt !== null && revokedAt <= now);
  const over = covering.filter(({ to }) => to !== null && to < today).sort(laterEnd)[0];
  const coming = covering.find(({ from }) => from > today);
  if (revoked) return { reason: 'fieldRevoked', decision: revoked.decision };
  if (over) return { reason: 'fieldOver', decision: over.decision, on: over.to ?? '' };
  if (coming) return { reason: 'fieldNotBegun', decision: coming.decision, on: coming.from };
  const other = fields.find((field) => holdsOn(field, today) && (field.revokedAt === null || now < field.revokedAt));
  return other === undefined ? { reason: 'noField' } : { reason: 'outsideField', decision: other.decision };
}

function laterEnd(a: Field, b: Field): number {
  return (a.to ?? '') > (b.to ?? '') ? -1 : 1;
}

/** The head for whom a deputy would sign, and the other deputies who may in this matter. */
function otherSigners({ directory, today, now }: At, { id, unit, post }: Appointment, matter: Matter): readonly string[] {
  const head = deputyOf(post);
  if (head === null) return [];
  const deputies = (indexOf(directory).appointmentsAt.get(postKey(unit, post)) ?? []).filter(
    (one) => one.id !== id && isInForce(directory, one, today) && fieldFor(directory, one, matter, today, now) !== null,
  );
  return [postKey(unit, head), ...deputies.map(({ person }) => personKey(person))];
}
