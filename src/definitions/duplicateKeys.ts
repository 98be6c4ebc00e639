/**
 * JSON pointers of names that stand twice in one object of a JSON text. `JSON.parse` would keep the last one silently,
 * and a definition would not mean what its author reads. The text must be valid JSON.
 */
export function duplicateKeys(text: string): string[] {
  const found: string[] = [];
  const stack: Frame[] = [];
  let key: string | null = null;
  for (const { 0: token } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g)) {
    const top = stack.at(-1);
    if (token === '{' || token === '[') {
      stack.push({ names: token === '{' ? new Set() : null, index: 0, pointer: placeOf(stack, key) });
      key = null;
    } else if (token === '}' || token === ']') stack.pop();
    else if (token === ',') {
      if (top) top.index += 1;
      key = null;
    } else if (token === ':') continue;
    else if (top?.names && key === null) {
      key = JSON.parse(token) as string;
      if (top.names.has(key)) found.push(`${top.pointer}/${escapePointer(key)}`);
      top.names.add(key);
    }
  }
  return found;
}

interface Frame {
  /** Null inside an array. */
  readonly names: Set<string> | null;
  index: number;
  readonly pointer: string;
}

function placeOf(stack: readonly Frame[], key: string | null): string {
  const top = stack.at(-1);
  if (!top) return '';
  return `${top.pointer}/${top.names ? escapePointer(key ?? '') : top.index}`;
}

function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
