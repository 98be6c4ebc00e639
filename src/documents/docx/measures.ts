import { convertMillimetersToTwip, type IPageSizeAttributes, PageOrientation } from 'docx';

/** The face that the decree asks for: a word processor of an office has it. */
export const face = 'Times New Roman';

/** Word counts letters in half points. */
export function points(pt: number): number {
  return Math.round(pt * 2);
}

/** Word counts gaps in twentieths of a point. */
export function gap(pt: number): number {
  return Math.round(pt * 20);
}

export const firstLineIndent = convertMillimetersToTwip(12.7);
/** Width of the text: 210 mm without the margins of 30 and 15 mm. */
export const textWidthTwips = convertMillimetersToTwip(165);
/** The same of a sheet laid on its side. */
export const landscapeTextWidthTwips = convertMillimetersToTwip(252);

/** A4 with the margins 20, 15, 20 and 30 mm. */
export function sheet(landscape: boolean): {
  size: Partial<IPageSizeAttributes>;
  margin: Record<string, number>;
  pageNumbers: { start: number };
} {
  return {
    size: {
      width: convertMillimetersToTwip(210),
      height: convertMillimetersToTwip(297),
      orientation: landscape ? PageOrientation.LANDSCAPE : PageOrientation.PORTRAIT,
    },
    margin: {
      top: convertMillimetersToTwip(20),
      right: convertMillimetersToTwip(15),
      bottom: convertMillimetersToTwip(20),
      left: convertMillimetersToTwip(30),
      header: convertMillimetersToTwip(9),
      footer: convertMillimetersToTwip(9),
    },
    pageNumbers: { start: 1 },
  };
}
