import type { SignatureBlock } from '../papers/paper.js';
import { dayOf } from '../time/clock.js';
import { type Appointment, type Directory, type Grant, holdsOn, indexOf, type PostOf, postKey } from './directory.js';
import { deputyOf, type Field, fieldFor, holdsMatter, type Matter, ordersFor } from './grants.js';
import { posts } from './posts.js';
import { isInForce } from './roles.js';

/** A copy of a record on which a block rests: enough to judge again whether it held that day and covered the matter. */
interface BasisRecord {
  readonly kind: 'division' | 'KT' | 'TL' | 'TUQ';
  readonly id: string;
  /** The act: number, symbol, day. */
  readonly decision: string;
  readonly types: readonly string[] | null;
  readonly units: readonly string[] | null;
  readonly from: string;
  readonly to: string | null;
}

/** The records on which a signature block rests, copied: what they say later does not matter. */
export interface Basis {
  /** `yyyy-mm-dd`, Asia/Ho_Chi_Minh. */
  readonly day: string;
  readonly name: string;
  readonly matter: Matter;
  readonly holder: {
    readonly appointment: string;
    readonly unit: string;
    readonly post: string;
    readonly title: string;
    readonly acting: boolean;
    readonly from: string;
    readonly to: string | null;
  };
  /** The name after TM.; absent where the body is under a head or the post is none of the authority itself. */
  readonly collective?: string;
  /** KT.: the title of the head for whom a deputy signs, and what lets him. */
  readonly head?: string;
  readonly field?: BasisRecord;
  /** TL., TUQ.: the grant, and the title of the one who gave it. */
  readonly order?: BasisRecord & { readonly title: string; readonly passable: boolean };
}

/** In which capacity somebody signs: the block as it is printed, and the records behind it. */
export interface Capacity extends SignatureBlock {
  readonly basis: Basis;
}

/**
 * The block that a basis supports, from the copies alone (NĐ 30/2020/NĐ-CP, Điều 13 and Phụ lục I, ô 7a); null where they support none.
 * TM. before what a collective body's own leaders sign; KT. for a deputy; Q. for whoever holds the post in charge; TL. and TUQ. stand
 * alone, without TM. A TL. passed on: `TL. CHỦ TỊCH`, `KT. CHÁNH VĂN PHÒNG`, `PHÓ CHÁNH VĂN PHÒNG`.
 */
export function blockFrom(basis: Basis): SignatureBlock | null {
  const { day, matter, holder, head, field, order, name } = basis;
  const deputy = deputyOf(holder.post) !== null;
  const records = [field, order].filter((one) => one !== undefined);
  if (!holdsOn(holder, day) || !records.every((one) => holdsOn(one, day) && holdsMatter(one, matter))) return null;
  if (deputy !== (field !== undefined && head !== undefined)) return null;
  if (field !== undefined && field.kind !== 'division' && field.kind !== 'KT') return null;
  const title = holder.acting && !deputy ? `Q. ${holder.title}` : holder.title;
  const forHead = head === undefined ? null : `KT. ${head}`;
  if (order === undefined) {
    return { authority: basis.collective === undefined ? null : `TM. ${basis.collective}`, capacity: forHead, title, name };
  }
  if (order.kind !== 'TL' && order.kind !== 'TUQ') return null;
  const byOrder = `${order.kind}. ${order.title}`;
  if (forHead === null) return { authority: null, capacity: byOrder, title, name };
  return order.kind === 'TL' && order.passable ? { authority: byOrder, capacity: forHead, title, name } : null;
}

/** What is signed, when, and for whom. */
export interface SigningAsked {
  readonly matter: Matter;
  /** An instant, ISO 8601 UTC. */
  readonly now: string;
  /** TL., TUQ.: the post for whose holder it is signed; null where an appointment signs by itself. */
  readonly signsFor: PostOf | null;
}

/** The capacity that an appointment has in a matter at an instant; null where the records support none. */
export function capacityOf(directory: Directory, appointment: Appointment, asked: SigningAsked): Capacity | null {
  const { matter, now, signsFor } = asked;
  const day = dayOf(now);
  const post = Object.hasOwn(posts, appointment.post) ? posts[appointment.post] : undefined;
  const name = indexOf(directory).person.get(appointment.person)?.name;
  if (!post || post.title === null || name === undefined || !isInForce(directory, appointment, day)) return null;
  const field = fieldFor(directory, appointment, matter, day, now);
  const order = signsFor === null ? null : orderFor(directory, appointment, asked);
  if ((signsFor !== null && order === null) || (post.deputyOf !== null && field === null)) return null;
  const { id, unit, acting, from, to } = appointment;
  const { authority } = directory;
  const basis: Basis = {
    day,
    name,
    matter,
    holder: { appointment: id, unit, post: appointment.post, title: appointment.title ?? post.title, acting, from, to },
    ...(unit === authority.rootUnit && authority.regime === 'collective' ? { collective: authority.collectiveName } : {}),
    ...(post.deputyOf !== null && field !== null
      ? { head: titleOf(directory, unit, post.deputyOf, day), field: copyOf(field) }
      : {}),
    ...(order === null
      ? {}
      : {
          order: {
            ...copyOf(order),
            title: titleOf(directory, order.grantor.unit, order.grantor.post, day),
            passable: order.passable,
          },
        }),
  };
  const block = blockFrom(basis);
  return block === null ? null : { ...block, basis };
}

/** The grant by which an appointment signs for a post's holder: its own, or as a deputy one that may be passed on to him. */
function orderFor(directory: Directory, { unit, post }: Appointment, { matter, now, signsFor }: SigningAsked): Grant | null {
  if (signsFor === null) return null;
  const above = deputyOf(post);
  const orders = ordersFor(directory, signsFor, matter, dayOf(now), now).filter(({ grantee }) => grantee.unit === unit);
  return orders.find(({ grantee, passable }) => grantee.post === post || (passable && grantee.post === above)) ?? null;
}

function copyOf({ kind, id, decision, types, units, from, to }: Field | Grant): BasisRecord {
  return { kind, id, decision, types, units, from, to };
}

/** The title as recorded for whoever holds a post that day; the usual title while it is vacant. */
function titleOf(directory: Directory, unit: string, post: string, day: string): string {
  const holder = indexOf(directory)
    .appointmentsAt.get(postKey(unit, post))
    ?.find((appointment) => isInForce(directory, appointment, day));
  return holder?.title ?? posts[post]?.title ?? post.toUpperCase();
}

/** The block of a capacity as a claim or an entry bears it, without its basis; null where there is none. */
export function blockOf(capacity: unknown): SignatureBlock | null {
  if (!isCapacity(capacity)) return null;
  const { authority, capacity: forHead, title, name } = capacity;
  return { authority, capacity: forHead, title, name };
}

/** What lets somebody sign beside his own post, as a claim or an entry bears it: the grant first, else the division. */
export function supportOf(capacity: unknown): BasisRecord | null {
  if (!isCapacity(capacity)) return null;
  return capacity.basis?.order ?? capacity.basis?.field ?? null;
}

function isCapacity(value: unknown): value is Capacity {
  return typeof value === 'object' && value !== null && 'title' in value && 'name' in value;
}

interface Recorded {
  readonly at: string;
  readonly by: string | null;
  readonly onBehalfOf: string | null;
  readonly capacity: unknown;
}

/** A basis that somebody has taken apart in the database supports nothing. */
function blockOrNone(basis: Basis): SignatureBlock | null {
  try {
    return blockFrom(basis);
  } catch {
    return null;
  }
}

/**
 * Whether the block of an entry follows from that entry alone: its basis supports exactly this block, on the entry's day, by the
 * appointment that the entry names, and not on behalf of another. An entry without a block is right.
 */
export function isRederived({ at, by, onBehalfOf, capacity }: Recorded): boolean {
  if (capacity === null) return true;
  const block = blockOf(capacity);
  const basis = isCapacity(capacity) ? (capacity.basis as Basis | undefined) : undefined;
  if (block === null || basis === undefined || onBehalfOf !== null) return false;
  const again = blockOrNone(basis);
  const same = again !== null && JSON.stringify(again) === JSON.stringify(block);
  return same && basis.day === dayOf(at) && basis.holder.appointment === by;
}
