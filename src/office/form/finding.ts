/** What a finding shows: text or figures as they are, or a word that each language has its own for (`formTerms` of the locales). */
export type Shown = string | { readonly term: FormTerm };

export type FormTerm =
  | 'missing'
  | 'present'
  | 'bold'
  | 'notBold'
  | 'italic'
  | 'upright'
  | 'upperCase'
  | 'sentenceCase'
  | 'centred'
  | 'notCentred'
  | 'justified'
  | 'notJustified'
  | 'boxed'
  | 'notBoxed'
  | 'black'
  | 'brightRed'
  | 'alone'
  | 'withBody'
  | 'portrait'
  | 'landscape'
  | 'embedded'
  | 'notEmbedded'
  | 'officialPost'
  | 'nameOnly'
  | 'fullCitation'
  | 'pointedTo'
  | 'notPointedTo';

/** Where it is: a JSON pointer into the content, or a rectangle on a page (millimetres from the top left corner). */
export type Place =
  | { readonly pointer: string }
  | { readonly page: number; readonly xMm: number; readonly yMm: number; readonly widthMm: number; readonly heightMm: number };

export interface Found {
  readonly place: Place;
  readonly found: Shown;
  readonly expected: Shown;
}

export function at(pointer: string): Place {
  return { pointer };
}

export const term = (name: FormTerm): Shown => ({ term: name });
