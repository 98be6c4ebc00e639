import { personKey, postKey } from '../../office/organisation/directory.js';

/** What was typed into a form, by the names of its schema. */
export type Typed = Readonly<Record<string, string | readonly string[]>>;

/** Beside each who can be asked stands a number: in which turn. Without a script, and across units and people. */
const turnPrefix = 'line:';

const KEYS = {
  units: (unit: string): string => postKey(unit, 'head'),
  people: personKey,
} as const;

type Asked = keyof typeof KEYS;

/** The name and value of the number beside an option; null for a field whose options stand in no line. */
export function turnOf(field: string, option: string, typed: Typed): { readonly name: string; readonly value: string } | null {
  if (!isAsked(field)) return null;
  const name = `${turnPrefix}${KEYS[field](option)}`;
  const value = typed[name];
  return { name, value: typeof value === 'string' ? value : '' };
}

/**
 * The numbers of a form as the field `line` of its input: the keys in their order, equal ones as they stand in the form. Whoever has a number is
 * asked, and where numbers are given and nothing else is said, it is one after the other.
 */
export function withLine(typed: Typed): Typed {
  const turns = Object.entries(typed)
    .filter(([name]) => name.startsWith(turnPrefix))
    .map(([name, value]) => ({ key: name.slice(turnPrefix.length), turn: typeof value === 'string' ? value.trim() : '' }));
  if (turns.length === 0) return typed;
  const rest = Object.fromEntries(Object.entries(typed).filter(([name]) => !name.startsWith(turnPrefix)));
  const numbered = turns.filter(({ turn }) => turn !== '').sort((a, b) => (Number(a.turn) || 0) - (Number(b.turn) || 0));
  if (numbered.length === 0) return rest;
  const keys = numbered.map(({ key }) => key);
  const asked = (field: Asked): readonly string[] => {
    const ticked = [rest[field] ?? []].flat();
    const named = keys.flatMap((key) => idIn(field, key));
    return [...new Set([...ticked, ...named])];
  };
  const order = rest.order === undefined || rest.order === '' ? 'sequential' : rest.order;
  return { ...rest, units: asked('units'), people: asked('people'), order, line: keys };
}

function idIn(field: Asked, key: string): readonly string[] {
  const id = (field === 'units' ? /^post:(.+)\/head$/ : /^person:(.+)$/).exec(key)?.[1];
  return id === undefined ? [] : [id];
}

function isAsked(field: string): field is Asked {
  return Object.hasOwn(KEYS, field);
}
