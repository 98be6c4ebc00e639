/** After these a full stop ends no sentence: TP. Hồ Chí Minh, Q. Gò Vấp, ThS. ... */
const ABBREVIATED = /(?:^|[\s("“])(?:TP|Tp|Q|P|H|TX|TT|ThS|TS|BS|KS|GS|PGS|CN|Đ\/c|đ\/c|Tr|tr|St|v\.v)\.$/u;
const BREAK = /(?<=[.!?…]["”)]?)\s+(?=["“(]?[\p{Lu}\d-])/gu;

/**
 * The sentences of a paragraph, in order; joined by single spaces they are the paragraph again, apart from its white space. A full stop
 * inside a number or a name, and one that no capital follows, ends none.
 */
export function sentencesOf(text: string): readonly string[] {
  const found: string[] = [];
  let open = '';
  for (const piece of text.trim().split(BREAK)) {
    open = open === '' ? piece : `${open} ${piece}`;
    if (ABBREVIATED.test(open)) continue;
    found.push(open);
    open = '';
  }
  if (open !== '') found.push(open);
  return found.map((sentence) => sentence.replace(/\s+/g, ' ').trim()).filter((sentence) => sentence !== '');
}

/** A text that can stand before another one: it begins with a capital and ends with a mark. */
export function asSentence(text: string): string {
  const plain = text.replace(/\s+/g, ' ').trim();
  if (plain === '') return '';
  const begun = `${plain.charAt(0).toLocaleUpperCase('vi')}${plain.slice(1)}`;
  return /[.!?…:;]["”)]?$/u.test(begun) ? begun.replace(/[;:]$/u, '.') : `${begun}.`;
}
