/**
 * Advance widths of the papers' bold face, and of the italic one of the address line, in 1/2048 of the font size, which are those of
 * Times New Roman: so a name or a title can be divided into lines before it is printed, and the rule below it be as long as the form wants.
 */
const unitsPerEm = 2048;
const ptPerMm = 72 / 25.4;
type Groups = readonly (readonly [width: number, characters: string])[];
const bold = widthsOf([
  [451, '|'],
  [512, ' ,.'],
  [569, "'/\\il"],
  [682, '!()-:;[]`fjt‘’'],
  [797, 'Is'],
  [807, '{}'],
  [909, 'cerz'],
  [1024, '#$*0123456789?J_agovxy“”–'],
  [1134, 'ơ'],
  [1137, '"'],
  [1139, 'bdđhknpquS'],
  [1167, '+<=>~^'],
  [1229, 'ư'],
  [1251, 'FP'],
  [1366, 'BELTZ'],
  [1479, 'ACDĐNRUVXYw'],
  [1593, 'GHKOQƠ'],
  [1630, 'Ư'],
  [1706, '&m'],
  [1905, '@'],
  [1933, 'M'],
]);
const italic = widthsOf([
  [438, "'"],
  [512, ' ,.'],
  [563, '|'],
  [569, '/\\fijlt'],
  [682, '!()-:;I`‘’'],
  [797, '[]rsz'],
  [819, '{}'],
  [860, '"'],
  [864, '^'],
  [909, 'Jcekvxy'],
  [1024, '#$*0123456789?S_abdđghnopqu–'],
  [1093, 'ơ'],
  [1108, '~'],
  [1117, 'ư'],
  [1139, 'LTYZ“”'],
  [1251, 'ABEFPRVX'],
  [1366, 'CKNw'],
  [1382, '+<=>'],
  [1479, 'DĐGHOQUmƠ'],
  [1544, 'Ư'],
  [1593, '&'],
  [1706, '%MW'],
  [1821, '…'],
  [1884, '@'],
]);
/** The application's face, Be Vietnam Pro, regular; in 1/1000 of the size, each width rounded up to the next 25. */
const screen = widthsOf([
  [200, "'"],
  [225, '`’'],
  [250, ' '],
  [275, 'l·Iij'],
  [300, '!.:‘'],
  [325, ',;"'],
  [375, '“'],
  [400, '1fr'],
  [425, '”|'],
  [450, '{}t()'],
  [475, '[]J~'],
  [500, '\\*'],
  [525, 'z/s'],
  [575, 'k<>^xu?n'],
  [600, 'vưhy7e'],
  [625, '+-cEL'],
  [650, 'F8SaoơgP$T'],
  [675, '2bdpq35ZđYRB'],
  [700, '0K69–'],
  [725, '_VH4XU'],
  [750, '=…DNA&Ư'],
  [775, 'C'],
  [800, 'GĐ'],
  [825, '#Q'],
  [850, 'OƠ%'],
  [875, 'Mw'],
  [900, 'm'],
  [1025, '@W'],
]);
/** The half-bold weight of the same face is wider by so much at most. */
const halfBold = 1.06;

/** W, %, dashes and whatever is not listed: as wide as anything is. */
const widest = 2048;
/** Tones, circumflex and breve stand above and below a letter; only the horn widens it. */
const MARKS = /[\u0300-\u031a\u031c-\u036f]/gu;

function widthsOf(groups: Groups): ReadonlyMap<string, number> {
  return new Map(groups.flatMap(([width, characters]) => Array.from(characters, (character) => [character, width] as const)));
}

/** The width of one line of bold text; too large rather than too small where a character is not known. */
export function boldWidthMm(text: string, sizePt: number): number {
  return widthMm(bold, text, sizePt);
}

/** The same of a line in italics. */
export function italicWidthMm(text: string, sizePt: number): number {
  return widthMm(italic, text, sizePt);
}

/** The width of one line in the face of the pages, regular or half bold, in sizes of its letters; too large rather than too small. */
export function screenWidthEm(text: string): number {
  return (lettersOf(text).reduce((sum, letter) => sum + (screen.get(letter) ?? 1_025), 0) * halfBold) / 1_000;
}

function lettersOf(text: string): readonly string[] {
  return Array.from(text.normalize('NFD').replace(MARKS, '').normalize('NFC'));
}

function widthMm(widths: ReadonlyMap<string, number>, text: string, sizePt: number): number {
  const units = lettersOf(text).reduce((sum, letter) => sum + (widths.get(letter) ?? widest), 0);
  return ((units / unitsPerEm) * sizePt) / ptPerMm;
}

/** What is read in one breath stays on one line. */
const BOUND =
  /(?:ngày \d+ tháng \d+ năm \d+|ủy ban nhân dân|hội đồng nhân dân|ủy ban|thành phố|nhân dân|về việc|(?:năm|tháng|ngày|số|quý|điều|quận|phường|khóa) [\dIVXLC]+(?![\p{L}\d]))/giu;

/**
 * Divides bold text into the fewest lines of at most `widthMm` and evens them out; line breaks of the text stay. A word wider
 * than that is left a line of its own for the page to break.
 */
export function evenLines(text: string, sizePt: number, widthMm: number): readonly string[] {
  return text.split('\n').flatMap((part) => {
    const words = part
      .replace(BOUND, (phrase) => phrase.replaceAll(' ', '\u00a0'))
      .split(' ')
      .map((word) => word.replaceAll('\u00a0', ' '))
      .map((word) => ({ word, width: boldWidthMm(word, sizePt) }));
    const blank = boldWidthMm(' ', sizePt);
    const fitted = filled(words, blank, widthMm);
    let [narrow, wide] = [widthMm / 2, widthMm];
    for (let step = 0; step < evenSteps; step += 1) {
      const middle = (narrow + wide) / 2;
      if (filled(words, blank, middle).length > fitted.length) narrow = middle;
      else wide = middle;
    }
    return filled(words, blank, wide);
  });
}

/** Halvings of the range of widths that are tried: down to a fraction of a millimetre. */
const evenSteps = 9;

function filled(
  words: readonly { readonly word: string; readonly width: number }[],
  blank: number,
  limit: number,
): readonly string[] {
  const lines: string[] = [];
  let used = 0;
  for (const { word, width } of words) {
    const last = lines.at(-1);
    if (last === undefined || used + blank + width > limit) {
      lines.push(word);
      used = width;
    } else {
      lines[lines.length - 1] = `${last} ${word}`;
      used += blank + width;
    }
  }
  return lines;
}
