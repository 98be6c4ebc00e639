import { pathsOf } from '../commands/look.js';
import type { Rendition } from '../commands/papers/filePorts.js';
import { measurePdf } from '../documents/measure/measurePdf.js';
import { TrinhkyError } from '../errors.js';
import { formSentence, formWord, type Language, word } from '../locales/sentences.js';
import { checkForm, type FormFinding, type FormReport } from '../office/form/check.js';
import type { Place, Shown } from '../office/form/finding.js';
import type { PaperMeasures } from '../office/form/measures.js';
import { subjectOfInstance } from '../office/form/ofInstance.js';
import { dayOf } from '../office/time/clock.js';
import type { InstanceCall } from './edge.js';
import { maySee } from './renditionAccess.js';

/** What the form of an instance's paper was judged by, and what was found. */
export interface JudgedForm {
  readonly report: FormReport;
  /** The print that was measured; null where none was. */
  readonly print: Rendition | null;
}

/** The newer stage first: what is issued counts, not its draft. */
const STAGES: readonly Rendition['mode'][] = ['sealed', 'signed', 'prepared', 'draft'];

/**
 * Judges the current paper of an instance under the rules of a day (today, or its own day of issue, unless told). With `measured` its
 * print is read too, the latest that the caller may see. Null where there is no paper.
 */
export async function formOfInstance(
  call: InstanceCall,
  { day, measured }: { readonly day?: string | undefined; readonly measured: boolean },
): Promise<JudgedForm | null> {
  const { instance } = call.view;
  const { contents, renditions } = call.edge.app.deps.store;
  const content = instance.content === null ? null : await contents.get(instance.authority, instance.content);
  if (content === null) return null;
  const settings = call.directory.authority.papers;
  const print = measured ? await printOf(call) : null;
  const bytes = print === null ? null : await renditions.bytes(instance.authority, print.hash);
  const measures = bytes === null ? null : await measuresOf(bytes);
  const shown = print === null || measures === null ? null : { draft: print.mode === 'draft', measures };
  const subject = subjectOfInstance(content, instance.context, shown, settings);
  if (subject === null) return null;
  const { issuedOn } = instance.context;
  const own = typeof issuedOn === 'string' ? issuedOn : dayOf(call.now);
  return { report: checkForm(subject, day ?? own, settings), print: shown === null ? null : print };
}

/** Null for what cannot be read as a PDF: then the text alone is judged, and the answer names no print. */
async function measuresOf(bytes: Uint8Array): Promise<PaperMeasures | null> {
  try {
    return await measurePdf(bytes);
  } catch (error) {
    if (error instanceof TrinhkyError && error.code === 'readingFailed') return null;
    throw error;
  }
}

async function printOf(call: InstanceCall): Promise<Rendition | null> {
  const { authority, id, content } = call.view.instance;
  const all = await call.edge.app.deps.store.renditions.listOf(authority, id);
  const seen = all.filter((one) => one.content === content && maySee(call, one));
  for (const stage of STAGES) {
    const found = seen.findLast(({ mode }) => mode === stage);
    if (found !== undefined) return found;
  }
  return null;
}

/** Whether the states that an instance is in still judge form: for whom the page shows the findings without being asked. */
export function formIsOpen(call: InstanceCall): boolean {
  const paths = pathsOf(call.view.instance.state);
  return call.view.instance.open && paths.some((path) => /^\/(?:drafting|reviewing)(?:\/|$)/.test(path));
}

/** A finding in the words of one language. */
export function findingIn(language: Language, finding: FormFinding) {
  const { rule, severity, part, place, found, expected, source, trust } = finding;
  return {
    rule,
    severity,
    severityLabel: formWord(language, 'formSeverities', severity),
    part,
    place,
    placeLabel: placeIn(language, place),
    found: shownIn(language, found),
    expected: shownIn(language, expected),
    sentence: formSentence(language, rule),
    source,
    trust: formWord(language, 'formTrust', trust),
  };
}

function shownIn(language: Language, shown: Shown): string {
  return typeof shown === 'string' ? shown : formWord(language, 'formTerms', shown.term);
}

/** `/bases/1` is the second ground: parts are counted from one, as people do. */
function placeIn(language: Language, place: Place): string {
  if ('page' in place) return word(language, 'formPage', { page: place.page, x: place.xMm, y: place.yMm });
  const [, part = '', index] = place.pointer.split('/');
  const name = formWord(language, 'formPlaces', part);
  return index !== undefined && /^\d+$/.test(index) ? `${name} ${Number(index) + 1}` : name;
}
