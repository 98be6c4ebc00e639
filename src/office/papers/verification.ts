/** Letters and digits that cannot be taken for one another in print (no 0, 1, I, L, O, U). */
const ALPHABET = '23456789ABCDEFGHJKMNPQRSTVWXYZ';
const groups = 4;
const groupChars = 4;

/**
 * The code under which anybody may verify a paper, `XXXX-XXXX-XXXX-XXXX` (about 78 bits): from the digest of what makes the paper
 * this one. It stands on the page, so it cannot depend on the page's bytes; printed again, the paper has the same code.
 * `digest` is lower-case hex of at least 64 characters.
 */
export function verificationCode(digest: string): string {
  let value = BigInt(`0x${digest}`);
  const chars = Array.from({ length: groups * groupChars }, () => {
    const char = ALPHABET[Number(value % BigInt(ALPHABET.length))] ?? '';
    value /= BigInt(ALPHABET.length);
    return char;
  }).join('');
  return Array.from({ length: groups }, (_, index) => chars.slice(index * groupChars, (index + 1) * groupChars)).join('-');
}

/** A code as somebody typed it, in the form in which it is stored; null when it cannot be one. */
export function typedCode(text: string): string | null {
  const chars = text.toUpperCase().replace(/[\s-]/g, '');
  if (chars.length !== groups * groupChars || Array.from(chars).some((char) => !ALPHABET.includes(char))) return null;
  return Array.from({ length: groups }, (_, index) => chars.slice(index * groupChars, (index + 1) * groupChars)).join('-');
}
