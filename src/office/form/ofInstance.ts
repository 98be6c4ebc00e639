import type { PaperContent, SignatureBlock } from '../papers/paper.js';
import { shapeFaults } from '../papers/paperFaults.js';
import type { PaperSettings } from '../papers/paperSettings.js';
import type { PaperMeasures } from './measures.js';
import { type FormSubject, subjectOf } from './subject.js';

/** A print of the paper, measured. A draft bears neither number nor day nor signature block. */
export interface MeasuredPrint {
  readonly draft: boolean;
  readonly measures: PaperMeasures;
}

/** Whether a content has the whole shape of a paper, whoever's it is. */
export function isPaper(content: unknown): content is PaperContent {
  return shapeFaults(content).length === 0;
}

/**
 * What can be judged of the paper of an instance: its content, with number, day and signature block where its context has them.
 * Null where the content is no paper.
 */
export function subjectOfInstance(
  content: unknown,
  context: Readonly<Record<string, unknown>>,
  print: MeasuredPrint | null,
  settings: PaperSettings | undefined,
): FormSubject | null {
  if (!isPaper(content)) return null;
  const known = print === null || !print.draft;
  const { number, issuedOn, signature } = context;
  return subjectOf(
    {
      content,
      number: known && typeof number === 'number' ? number : null,
      issuedOn: known && typeof issuedOn === 'string' ? issuedOn : null,
      signature: known && typeof signature === 'object' && signature !== null ? (signature as SignatureBlock) : null,
    },
    print?.measures ?? null,
    settings?.allowedFonts,
  );
}
