import { readFileSync } from 'node:fs';
import { type ErrorCode, errorCatalogue } from '../errors.js';

export type Language = 'vi' | 'en';
export const languages: readonly Language[] = ['vi', 'en'];

interface Catalogue {
  readonly errors: Readonly<Record<string, { readonly sentence: string; readonly todo: string }>>;
  readonly words: Readonly<Record<string, string>>;
  readonly fields: Readonly<Record<string, string>>;
  readonly values: Readonly<Record<string, string>>;
  readonly kinds: Readonly<Record<string, string>>;
  readonly faults: Readonly<Record<string, string>>;
  readonly form: Readonly<Record<string, string>>;
  readonly formEarlier: Readonly<Record<string, string>>;
  readonly formTerms: Readonly<Record<string, string>>;
  readonly formPlaces: Readonly<Record<string, string>>;
  readonly formTrust: Readonly<Record<string, string>>;
  readonly formSeverities: Readonly<Record<string, string>>;
  readonly readingFindings: Readonly<Record<string, string>>;
  readonly readingSeverities: Readonly<Record<string, string>>;
  readonly readingMeasures: Readonly<Record<string, string>>;
  readonly clauseKinds: Readonly<Record<string, string>>;
  readonly wayOut: Readonly<Record<string, string>>;
  readonly reportFindings: Readonly<Record<string, string>>;
  readonly coverageFaults: Readonly<Record<string, string>>;
}

const read = (language: Language): Catalogue =>
  JSON.parse(readFileSync(new URL(`./${language}.json`, import.meta.url), 'utf8')) as Catalogue;

const catalogues: Readonly<Record<Language, Catalogue>> = { vi: read('vi'), en: read('en') };

/** Longer values are cut in a sentence: it is read by people, and the parameters stand beside it. */
export const paramCharsMax = 300;

/** All words of the pages in one language. Unknown members are undefined, which strict templates refuse. */
export function words(language: Language): Readonly<Record<string, string>> {
  return catalogues[language].words;
}

/** One word or phrase of the pages with its parameters filled in. Throws for a name that does not exist. */
export function word(language: Language, name: string, params: Readonly<Record<string, unknown>> = {}): string {
  const text = own(catalogues[language].words, name);
  if (text === undefined) throw new Error(`No word ${name}`);
  return fill(text, params);
}

/** What a code of `errors.ts` says, and what to do. An unknown code gives the sentence of `internal`. */
export function sentence(
  language: Language,
  code: string,
  params: Readonly<Record<string, unknown>> = {},
): { readonly sentence: string; readonly todo: string } {
  const { errors } = catalogues[language];
  const entry = own(errors, code) ?? own(errors, 'internal') ?? { sentence: '', todo: '' };
  return { sentence: fill(entry.sentence, params), todo: fill(entry.todo, params) };
}

/** A label that comes with data (definitions, posts) in the language of the reader. */
export function labelIn(language: Language, label: Readonly<Record<Language, string>> | undefined, otherwise: string): string {
  return label?.[language] ?? otherwise;
}

/** The name of a field of a context or an input; its own name where the catalogue has none. */
export function fieldLabel(language: Language, field: string): string {
  return own(catalogues[language].fields, field) ?? field;
}

/** A value of an enumeration in words, its parameters filled in; itself where the catalogue has none. */
export function valueLabel(language: Language, value: string, params: Readonly<Record<string, unknown>> = {}): string {
  const text = own(catalogues[language].values, value);
  return text === undefined ? value : fill(text, params);
}

/** A kind of children in words. */
export function kindLabel(language: Language, kind: string): string {
  return own(catalogues[language].kinds, kind) ?? kind;
}

/** What is wrong with one field, from a fault's JSON pointer and message. */
export function faultLabel(language: Language, fault: { readonly path: string; readonly message: string }): string {
  const { faults } = catalogues[language];
  const missing = /^"([^"]+)" is missing$/.exec(fault.message)?.[1];
  const field = missing ?? fault.path.split('/')[1];
  if (field === undefined || field === '') return faults['whole'] ?? '';
  return fill(faults[missing === undefined ? 'other' : 'required'] ?? '', { field: fieldLabel(language, field) });
}

/**
 * What a rule of form asks, by its id (`ND30-C-05`). Of the rule sets before 2020 less was read: their sentences say no more than
 * their rules judge. The id itself where there is no sentence.
 */
export function formSentence(language: Language, rule: string): string {
  const { form, formEarlier } = catalogues[language];
  const [, prefix, key = rule] = /^(?:(TTLT55|TT01|ND30)-)?(.+)$/.exec(rule) ?? [];
  const earlier = prefix === 'TTLT55' || prefix === 'TT01' ? own(formEarlier, key) : undefined;
  return earlier ?? own(form, key) ?? rule;
}

/** A sentence on who could act and what would open a command. Throws for a name that does not exist. */
export function wayOutWord(language: Language, name: string, params: Readonly<Record<string, unknown>> = {}): string {
  const text = own(catalogues[language].wayOut, name);
  if (text === undefined) throw new Error(`No sentence ${name}`);
  return fill(text, params);
}

/** What is wrong with a link of a plan, by its code; the code itself where there is no sentence. */
export function coverageSentence(language: Language, code: string, params: Readonly<Record<string, unknown>>): string {
  const text = own(catalogues[language].coverageFaults, code);
  return text === undefined ? code : fill(text, params);
}

/** What is wrong with an answer of a report, by its code; the code itself where there is no sentence. */
export function findingSentence(language: Language, code: string, params: Readonly<Record<string, unknown>> = {}): string {
  const text = own(catalogues[language].reportFindings, code);
  return text === undefined ? code : fill(text, params);
}

/** A word of the findings of form: what was found and where, how far a rule is known, how grave it is. */
export function readingWord(
  language: Language,
  group: 'readingFindings' | 'readingSeverities' | 'readingMeasures' | 'clauseKinds',
  name: string,
): string {
  return own(catalogues[language][group], name) ?? name;
}

/** A word of the form rules; the name itself where there is none. */
export function formWord(
  language: Language,
  group: 'formTerms' | 'formPlaces' | 'formTrust' | 'formSeverities',
  name: string,
): string {
  return own(catalogues[language][group], name) ?? name;
}

/** The codes that have sentences though they are no codes of `errors.ts`: shades of one. */
export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorCatalogue, code);
}

/** Which language a request asks for: the first of its languages that there is, else Vietnamese. Quality values are honoured. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const asked = (acceptLanguage ?? '')
    .slice(0, 200)
    .split(',')
    .map((part, position) => {
      const [tag = '', ...params] = part.trim().toLowerCase().split(';');
      const quality = Number(
        params
          .find((param) => param.trim().startsWith('q='))
          ?.trim()
          .slice(2) ?? '1',
      );
      return { tag: tag.split('-')[0] ?? '', quality: Number.isFinite(quality) ? quality : 0, position };
    })
    .filter(({ quality }) => quality > 0)
    .sort((a, b) => b.quality - a.quality || a.position - b.position);
  return (
    asked.map(({ tag }) => languages.find((language) => language === tag)).find((language) => language !== undefined) ?? 'vi'
  );
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined;
}

function fill(text: string, params: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{([A-Za-z]+)\}/g, (_, name: string) => {
    const value = Object.hasOwn(params, name) ? params[name] : undefined;
    if (name === 'bytesMax' && typeof value === 'number') return inBytes(value);
    // A list of whole sentences is told in full: whoever makes it has bounded it.
    return name === 'named' && Array.isArray(value)
      ? value.map((one) => String(one).replace(/\.$/, '')).join('; ')
      : shown(value);
  });
}

/** A bound in bytes as people read it: `20 MB`, `700 kB`. */
function inBytes(bytes: number): string {
  if (bytes >= 1_000_000) return `${Math.floor(bytes / 1_000_000)} MB`;
  return bytes >= 1_000 ? `${Math.floor(bytes / 1_000)} kB` : `${bytes} B`;
}

function shown(value: unknown): string {
  if (value === undefined || value === null || value === '') return '—';
  const text = Array.isArray(value)
    ? value.map((item: unknown) => (typeof item === 'string' ? item : JSON.stringify(item))).join(', ')
    : typeof value === 'object'
      ? JSON.stringify(value)
      : String(value as string | number | boolean);
  return text.length > paramCharsMax ? `${text.slice(0, paramCharsMax)}…` : text;
}
