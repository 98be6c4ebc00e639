/** A run of words that stayed, was taken out, or was put in. */
export interface WordPiece {
  readonly kind: 'kept' | 'removed' | 'added';
  readonly text: string;
}

/** Cells of the table that is filled for two texts at most; beyond it the differing middle is shown as one change. */
const cellsMax = 1_000_000;

/** The words of a text, however it breaks its lines and composes its letters. */
export function wordsOf(text: string): readonly string[] {
  return text
    .normalize('NFC')
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** What changed from one text to another, word by word: the kept and removed words give the old text, the kept and added words the new one. */
export function wordChanges(before: string, after: string): readonly WordPiece[] {
  const [old, now] = [wordsOf(before), wordsOf(after)];
  let start = 0;
  while (start < old.length && start < now.length && old[start] === now[start]) start += 1;
  let end = 0;
  while (end < old.length - start && end < now.length - start && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  const pieces: WordPiece[] = [];
  const say = (kind: WordPiece['kind'], words: readonly string[]): void => {
    const last = pieces.at(-1);
    if (words.length === 0) return;
    if (last?.kind === kind) pieces[pieces.length - 1] = { kind, text: `${last.text} ${words.join(' ')}` };
    else pieces.push({ kind, text: words.join(' ') });
  };
  say('kept', old.slice(0, start));
  const [a, b] = [old.slice(start, old.length - end), now.slice(start, now.length - end)];
  if (a.length * b.length > cellsMax) {
    say('removed', a);
    say('added', b);
  } else for (const [kind, word] of steps(a, b)) say(kind, [word]);
  say('kept', end === 0 ? [] : old.slice(-end));
  return pieces;
}

/** The longest common run of words, as steps; what is taken out comes before what is put in its place. */
function steps(a: readonly string[], b: readonly string[]): readonly (readonly [WordPiece['kind'], string])[] {
  const width = b.length + 1;
  const common = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number): number => common[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      common[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const found: [WordPiece['kind'], string][] = [];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const [left, right] = [a[i], b[j]];
    if (left !== undefined && left === right) {
      found.push(['kept', left]);
      i += 1;
      j += 1;
    } else if (left !== undefined && (right === undefined || at(i + 1, j) >= at(i, j + 1))) {
      found.push(['removed', left]);
      i += 1;
    } else {
      found.push(['added', right ?? '']);
      j += 1;
    }
  }
  return found;
}
