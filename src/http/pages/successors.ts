import type { Instance } from '../../commands/look.js';
import { fieldLabel, word } from '../../locales/sentences.js';
import { indexOf } from '../../office/organisation/directory.js';
import { isInForce } from '../../office/organisation/roles.js';
import { numberAndSymbol } from '../../office/papers/paper.js';
import { dayOf } from '../../office/time/clock.js';
import type { InstanceCall, SignedCall } from '../edge.js';
import { reads, requireReadable } from '../gate.js';

/** How a new paper may stand to one in force, and what it then is: of the same type, or an official letter (công văn). */
const links = { replaces: null, amends: null, corrects: 'CV' } as const;
type Link = keyof typeof links;

/** A paper in force to which a new one is to be linked; or with `edits` a draft that is to get another text. */
export interface Linked {
  readonly field: Link | 'edits';
  readonly id: string;
  /** The only type that such a paper may have. */
  readonly type: string;
  readonly href: string;
  readonly name: string;
  /** What the link means, in words. */
  readonly told: string;
  /** What the address of a form carries, so that the link outlives it. */
  readonly query: string;
}

/** The units in which the person holds a post today: a draft belongs to one of them. */
export function ownUnits({ directory, identity, now }: SignedCall): readonly { value: string; label: string }[] {
  const index = indexOf(directory);
  const held = (index.appointmentsOf.get(identity.person) ?? []).filter((one) => isInForce(directory, one, dayOf(now)));
  return [...new Set(held.map(({ unit }) => unit))].map((unit) => ({ value: unit, label: index.unit.get(unit)?.name ?? unit }));
}

/** The fields of a paper that name others, in the order in which they are shown. */
const related = ['replaces', 'amends', 'corrects', 'replacedBy', 'amendedBy', 'correctedBy'] as const;
const relatedShownMax = 20;

/** The other papers that this one names and that the reader may read, as links. */
export async function relatedTo(call: SignedCall, { context }: Pick<Instance, 'context'>) {
  const named = related.flatMap((field) => {
    const value = context[field];
    const ids = Array.isArray(value) ? value : [value];
    return ids.filter((id) => typeof id === 'string').map((id) => ({ field, id }));
  });
  const { store } = call.edge.app.deps;
  const views = await Promise.all(
    named.slice(-relatedShownMax).map(async ({ field, id }) => ({
      field,
      id,
      view: await store.instances.view(call.identity.authority, id),
    })),
  );
  return views.flatMap(({ field, id, view }) =>
    view !== null && reads(call.reader, view) ? [{ id, label: fieldLabel(call.language, field), ...nameOf(view.instance) }] : [],
  );
}

export type Related = Awaited<ReturnType<typeof relatedTo>>;

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

function nameOf({ id, context }: Instance): { readonly href: string; readonly name: string } {
  const bearing = typeof context.number === 'number' ? numberAndSymbol(context.number, textOf(context.symbol)) : '';
  const name = [bearing, textOf(context.title) || id].filter((part) => part !== '').join(' – ');
  return { href: `/instances/${encodeURIComponent(id)}`, name };
}

/** Where a draft is given another text from a file. */
export function retextHref(id: string): string {
  return `/import?link=edits&paper=${encodeURIComponent(id)}`;
}

/** Where a paper that replaces, amends or corrects this one is begun: for its drafting unit, while it is in force. */
export function successorsOf(call: InstanceCall): readonly { readonly href: string; readonly label: string }[] {
  const { definition, state, context, id } = call.view.instance;
  if (definition.id !== 'document' || state !== 'inForce') return [];
  if (!ownUnits(call).some(({ value }) => value === context.draftingUnit)) return [];
  return Object.keys(links).map((link) => ({
    href: `/import?link=${link}&paper=${encodeURIComponent(id)}`,
    label: word(call.language, `successor${link}`),
  }));
}

/**
 * The paper that the address of a form names with `link` and `paper`; null where it names none. Throws `notFound` for one that the
 * reader may not read, as for none. Whether it is in force is judged when the new paper is submitted.
 */
export async function linkAsked(call: SignedCall): Promise<Linked | null> {
  const asked = call.query.link;
  const field = asked === 'edits' ? asked : Object.keys(links).find((one): one is Link => one === asked);
  if (field === undefined) return null;
  const { instance } = await requireReadable(call, call.query.paper ?? '');
  const { id, context } = instance;
  return {
    field,
    id,
    type: (field === 'edits' ? null : links[field]) ?? textOf(context.type),
    ...nameOf(instance),
    told: word(call.language, `link${field}`),
    query: `?link=${field}&paper=${encodeURIComponent(id)}`,
  };
}
