import { stat } from 'node:fs/promises';
import { issuedPaper, numberAsked } from '../../commands/papers/repeatPrint.js';
import { measuredBytesMax, measurePdf } from '../../documents/measure/measurePdf.js';
import { TrinhkyError } from '../../errors.js';
import { formSentence, formWord, word } from '../../locales/sentences.js';
import { checkForm, type FormFinding, type FormReport } from '../../office/form/check.js';
import type { Shown } from '../../office/form/finding.js';
import { locate } from '../../office/form/located.js';
import { isPaper, subjectOfInstance } from '../../office/form/ofInstance.js';
import { type FormSubject, subjectOf } from '../../office/form/subject.js';
import type { Paper, SignatureBlock } from '../../office/papers/paper.js';
import { shapeFaults } from '../../office/papers/paperFaults.js';
import type { PaperSettings } from '../../office/papers/paperSettings.js';
import { paperOf } from '../../office/reading/paperOf.js';
import { readPlan } from '../../office/reading/readPlan.js';
import { isDay } from '../../office/time/calendar.js';
import { dayOf } from '../../office/time/clock.js';
import { wrapped } from '../progress.js';
import { isTooLarge, regularFile } from '../regularFile.js';
import { answer, authorityOf, columnsDefault, type Session, withApplication } from '../session.js';

export interface FormFlags {
  readonly date?: string;
}

/** What is judged: the paper, the day that it bears itself, and what the authority decided. */
interface Given {
  readonly subject: FormSubject;
  readonly day: string | null;
  readonly settings?: PaperSettings | undefined;
}

const NUMBER = /^\s*\d{1,7}\s*\/\s*\D/u;
const PRINTED_DAY = /ngày\s+(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})/u;

/**
 * `trinhky form check FILE|NUMBER`: what stands against a paper's form under the rules of its day of issue, or of `--date`. A file is
 * a PDF, the JSON of a paper or of its content, or its plain text; a number is looked up in the database. Exit 1 where a blocking
 * finding stands. Throws `inputInvalid` {reason: 'day' | 'notPaper'}, `readingFailed`, `notFound`.
 */
export async function formCheck(session: Session, target: string, flags: FormFlags): Promise<number> {
  const { date } = flags;
  if (date !== undefined && !isDay(date)) throw new TrinhkyError('inputInvalid', { path: '--date', reason: 'day', value: date });
  const isFile = await stat(target).then(
    (found) => found.isFile(),
    () => false,
  );
  const given = !isFile && NUMBER.test(target) ? await ofNumber(session, target) : await ofFile(target);
  const day = date ?? given.day ?? dayOf(new Date().toISOString());
  const report = checkForm(given.subject, day, given.settings);
  const { ruleSet, blocking, warnings, findings } = report;
  answer(session, { ruleSet, day, blocking, warnings, findings: findings.map((one) => told(session, one)) }, () =>
    written(session, report),
  );
  return blocking > 0 ? 1 : 0;
}

function ofNumber(session: Session, number: string): Promise<Given> {
  return withApplication(session, async (app) => {
    const { store } = app.deps;
    const authority = await authorityOf(session, app);
    const { instance, prepared, issued, row } = await issuedPaper(app.deps, authority, numberAsked(number, null));
    const print = issued ?? prepared;
    const bytes = await store.renditions.bytes(authority, print.hash);
    const content = await store.contents.get(authority, print.content);
    const { papers } = (await store.directory.snapshot(authority)).authority;
    const measured = bytes === null ? null : { draft: false, measures: await measurePdf(bytes) };
    const subject = subjectOfInstance(content, instance.context, measured, papers);
    if (subject === null) throw new TrinhkyError('inputInvalid', { reason: 'notPaper', path: number });
    return { subject, day: row.day, settings: papers };
  });
}

async function ofFile(file: string): Promise<Given> {
  let bytes: Buffer;
  try {
    bytes = await regularFile(file, measuredBytesMax);
  } catch (error) {
    throw new TrinhkyError('readingFailed', { file, reason: isTooLarge(error) ? 'tooLong' : 'noFile' }, { cause: error });
  }
  if (bytes.subarray(0, 5).toString('latin1') === '%PDF-') return ofPdf(bytes);
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (error) {
    throw new TrinhkyError('readingFailed', { file, reason: 'binary' }, { cause: error });
  }
  return /^\s*\{/.test(text) ? ofJson(text, file) : ofText(text);
}

/** Only what the pages show: the rules of the text need the paper itself. */
async function ofPdf(bytes: Uint8Array): Promise<Given> {
  const measures = await measurePdf(bytes);
  const line = (locate(measures, null)?.placeAndDate?.lines ?? []).map(({ text }) => text).join(' ');
  const subject = { content: null, numberLine: null, dateLine: null, signature: null, measures, allowedFonts: [] };
  return { subject, day: dayIn(line) };
}

function ofJson(text: string, file: string): Given {
  const value = parsed(text, file);
  const paper = (isPaper(value) ? { content: value } : value) as Partial<Paper>;
  const faults = shapeFaults(paper.content);
  if (paper.content === undefined || faults.length > 0)
    throw new TrinhkyError('inputInvalid', { reason: 'notPaper', path: file, faults: faults.slice(0, 20) });
  const { content, number = null, issuedOn = null, signature = null } = paper;
  return { subject: subjectOf({ content, number, issuedOn, signature }), day: issuedOn };
}

function parsed(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (error) {
    throw new TrinhkyError('inputInvalid', { reason: 'notPaper', path: file }, { cause: error });
  }
}

/** The number as the text writes it, so that a missing zero is seen. */
function ofText(text: string): Given {
  const reading = readPlan(text);
  const { number, symbol, issuedOn, signature } = reading;
  const { title, name } = signature;
  const block: SignatureBlock | null = title === null || name === null ? null : { ...signature, title, name };
  const content = paperOf(reading);
  const subject = subjectOf({ content, number: null, issuedOn: null, signature: block });
  const numberLine = number === null || symbol === null ? null : `Số: ${number}/${symbol}`;
  const dateLine = issuedOn === null ? null : dateLineIn(text, content.place);
  return { subject: { ...subject, numberLine, dateLine }, day: issuedOn };
}

function dateLineIn(text: string, place: string): string | null {
  const found = PRINTED_DAY.exec(text.normalize('NFC'));
  return found === null || place === '' ? null : `${place}, ${found[0].replace(/\s+/gu, ' ')}`;
}

function dayIn(line: string): string | null {
  const [, date = '', month = '', year] = PRINTED_DAY.exec(line) ?? [];
  return year === undefined ? null : `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}`;
}

function told({ words }: Session, finding: FormFinding) {
  const shown = (value: Shown) => (typeof value === 'string' ? value : formWord(words.language, 'formTerms', value.term));
  return {
    ...finding,
    found: shown(finding.found),
    expected: shown(finding.expected),
    sentence: formSentence(words.language, finding.rule),
  };
}

function written(session: Session, report: FormReport): string {
  const { words } = session;
  const { ruleSet, day, blocking, warnings } = report;
  const head = words.say('form.judged', { ruleSet: ruleSet ?? '-', day: day.split('-').reverse().join('/') });
  const count = words.say('form.count', { blocking, warnings });
  const groups = (['blocking', 'warning'] as const).flatMap((severity) => {
    const findings = report.findings.filter((one) => one.severity === severity);
    if (findings.length === 0) return [];
    const title = formWord(words.language, 'formSeverities', severity).toLocaleUpperCase(words.language);
    const rules = [...new Set(findings.map(({ rule }) => rule))];
    return [
      '',
      title,
      ...rules.flatMap((rule) =>
        ruleLines(
          session,
          findings.filter((one) => one.rule === rule),
        ),
      ),
    ];
  });
  return [head, count, ...groups].join('\n');
}

/** A rule once, with what it asks and where that stands, and below it each place that it found. */
function ruleLines(session: Session, findings: readonly FormFinding[]): readonly string[] {
  const { words, io } = session;
  const [first] = findings;
  if (first === undefined) return [];
  const room = (io.columns ?? columnsDefault) - 4;
  const inside = (text: string, start = '    ') =>
    wrapped(text, room - 2).map((line, index) => `${index === 0 ? start : ' '.repeat(start.length)}${line}`);
  const { rule, source, trust } = first;
  const places = findings.flatMap((finding) => {
    const { place } = finding;
    const { found, expected } = told(session, finding);
    const where =
      'pointer' in place ? place.pointer : word(words.language, 'formPage', { page: place.page, x: place.xMm, y: place.yMm });
    return inside(words.say('form.finding', { place: where, found: `“${found}”`, expected: `“${expected}”` }), '    - ');
  });
  return [
    `  ${rule}`,
    ...inside(told(session, first).sentence),
    ...(source === '' ? [] : inside(`${source} (${formWord(words.language, 'formTrust', trust)})`)),
    ...places,
  ];
}
