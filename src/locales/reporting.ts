import { findingSentence, type Language, word } from './sentences.js';

/** What is told of a finding in a report. */
interface Told {
  readonly code: string;
  readonly label: Readonly<Record<Language, string>>;
  readonly params: Readonly<Record<string, string | number>>;
}

/** One finding in a sentence, with the item or the duty that it is about before it. */
export function findingInWords(language: Language, { code, label, params }: Told): string {
  const text = findingSentence(language, code, params);
  return label[language] === '' ? text : word(language, 'reportFinding', { label: label[language], text });
}
