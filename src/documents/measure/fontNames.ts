/** A font as a page uses it. */
export interface FontFace {
  /** As the file names it, without the subset tag. */
  readonly name: string;
  readonly family: string;
  readonly bold: boolean;
  readonly italic: boolean;
  readonly embedded: boolean;
  /** What one unit of a glyph's width is worth: 0.001 for all but Type 3 fonts. */
  readonly unit: number;
}

const STYLE = /[-,](?:Regular|Roman|Normal|Bold|Italic|Oblique|BoldItalic|BoldOblique|Semibold|Medium|Light)?(?:MT)?$/i;

/** Family and style from a PostScript name: `AAAAAA+Tinos-BoldItalic`, `TimesNewRomanPS-BoldMT`, `LiberationSerif`. */
export function faceNamed(full: string, embedded: boolean, unit: number): FontFace {
  const name = full.replace(/^[A-Z]{6}\+/, '');
  const bare = name
    .replace(STYLE, '')
    .replace(/(PS)?MT$/, '')
    .replace(/PS$/, '');
  const style = name.slice(bare.length);
  const family = bare === 'TimesNewRoman' ? 'Times New Roman' : bare.replace(/([a-z])([A-Z])/g, '$1 $2').trim();
  return { name, family, bold: /bold/i.test(style), italic: /italic|oblique/i.test(style), embedded, unit };
}
