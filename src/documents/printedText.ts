/**
 * NFC, because decomposed letters fall apart in print and in comparison; no control characters, because HTML and PDF
 * readers disagree about them; line breaks survive, every other run of blanks becomes one.
 */
export function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/(?!\n)\p{Cc}/gu, ' ')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ ?\n ?/g, '\n')
    .trim();
}

/** Capitals, where the form asks for them. */
export function upper(text: string): string {
  return clean(text).toLocaleUpperCase('vi');
}

/** `;` after each, `.` after the last, as bases and recipients are closed (NĐ 30/2020, Phụ lục I). A line that opens something keeps its `:`. */
export function listed(lines: readonly string[]): readonly string[] {
  return lines.map((line, index) => {
    const bare = withoutEnd(line);
    if (bare.endsWith(':')) {
      return bare;
    }
    return index === lines.length - 1 ? `${bare}.` : `${bare};`;
  });
}

export function withoutEnd(text: string): string {
  return text.replace(/\s*(\.\s*\/\s*\.?|\/\s*\.|[.;,])?\s*$/u, '');
}

/**
 * A text as the inside of a CSS string. Everything but letters and digits is a six-digit escape (a blank too: CSS drops one after an escape), so it can end neither
 * the string nor the style element, and HTML escaping finds nothing in it.
 */
export function cssText(text: string): string {
  return text.replace(/[^A-Za-z0-9]/gu, (sign) => `\\${(sign.codePointAt(0) ?? 0).toString(16).padStart(6, '0')}`);
}
