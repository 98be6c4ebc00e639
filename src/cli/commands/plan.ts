import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { refuseSecret } from '../../commands/refuseSecret.js';
import { intakeBytesMax } from '../../documents/intake/limits.js';
import { textOfFile } from '../../documents/intake/textOfFile.js';
import { TrinhkyError } from '../../errors.js';
import { readingWord } from '../../locales/sentences.js';
import {
  type Agreement,
  agreementWith,
  type HandReading,
  isHandReading,
  MEASURES,
  meanOf,
} from '../../office/papers/agreement.js';
import type { PlanReading } from '../../office/reading/planReading.js';
import { readPlan } from '../../office/reading/readPlan.js';
import { shownReading } from '../planShown.js';
import { isTooLarge, regularFile } from '../regularFile.js';
import { answer, columnsDefault, type Session } from '../session.js';
import { table } from '../table.js';

const papersMax = 1_000;
const differencesMax = 40;

/** `trinhky plan read FILE`: what an official paper says, read from a .txt, .docx or text PDF. Nothing is stored. Throws `secretRefused`. */
export async function planRead(session: Session, file: string): Promise<number> {
  const reading = await readingOf(file);
  answer(session, reading, () => shownReading(session, reading));
  return 0;
}

/**
 * `trinhky plan agree FOLDER`: reads every paper of a folder that has a reading by hand beside it (`NAME.json` with `NAME.txt`, `.docx`
 * or `.pdf`) and reports how far the two agree.
 */
export async function planAgree(session: Session, folder: string): Promise<number> {
  const papers: Compared[] = [];
  for (const { name, hand, file } of await pairsIn(folder)) {
    papers.push({ name, ...agreementWith(await handOf(hand), await readingOf(file)) });
  }
  if (papers.length === 0) throw new TrinhkyError('inputInvalid', { path: folder, reason: 'agreeFolder' });
  const mean = meanOf(papers.map((paper) => paper.mean));
  answer(session, { papers, mean }, () => shownAgreement(session, papers, mean));
  return 0;
}

async function readingOf(file: string): Promise<PlanReading> {
  const { text } = await textOfFile(await bytesOf(file), basename(file));
  refuseSecret({ text });
  return readPlan(text);
}

async function bytesOf(file: string): Promise<Uint8Array> {
  try {
    return await regularFile(file, intakeBytesMax);
  } catch (error) {
    if (isTooLarge(error))
      throw new TrinhkyError('fileTooLarge', { name: basename(file), bytesMax: intakeBytesMax }, { cause: error });
    throw new TrinhkyError('readingFailed', { file, reason: 'noFile' }, { cause: error });
  }
}

async function pairsIn(folder: string): Promise<readonly { name: string; hand: string; file: string }[]> {
  let files: string[];
  try {
    files = (await readdir(folder)).sort().slice(0, papersMax);
  } catch (error) {
    throw new TrinhkyError('inputInvalid', { path: folder, reason: 'agreeFolder' }, { cause: error });
  }
  return files
    .filter((file) => file.endsWith('.json'))
    .flatMap((hand) => {
      const name = hand.slice(0, -'.json'.length);
      const file = ['.txt', '.docx', '.pdf'].map((ending) => `${name}${ending}`).find((one) => files.includes(one));
      return file === undefined ? [] : [{ name, hand: join(folder, hand), file: join(folder, file) }];
    });
}

async function handOf(file: string): Promise<HandReading> {
  let hand: unknown;
  try {
    hand = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await bytesOf(file)));
  } catch (error) {
    throw new TrinhkyError('inputInvalid', { path: file, reason: 'handReading' }, { cause: error });
  }
  if (!isHandReading(hand)) throw new TrinhkyError('inputInvalid', { path: file, reason: 'handReading' });
  return hand;
}

type Compared = Agreement & { readonly name: string };

function shownAgreement({ words, io }: Session, papers: readonly Compared[], mean: number): string {
  const shown = (figure: number) => figure.toFixed(2);
  const width = io.columns ?? columnsDefault;
  const columns = papers.map((_, i) => String(i + 1));
  const rows = [
    ...MEASURES.map((measure) => [
      readingWord(words.language, 'readingMeasures', measure),
      ...papers.map((paper) => shown(paper.measures[measure])),
      '',
    ]),
    [words.say('plan.mean'), ...papers.map((paper) => shown(paper.mean)), ''],
  ];
  // As many papers side by side as the terminal has room for.
  const side = Math.max(1, Math.floor((width - 28) / 6));
  const grids: string[] = [];
  for (let from = 0; from < papers.length; from += side) {
    const part = (row: readonly string[]) => [row[0] ?? '', ...row.slice(from + 1, Math.min(from + side, papers.length) + 1), ''];
    grids.push(table(part(['', ...columns]), rows.map(part), width));
  }
  const names = table(
    null,
    papers.map(({ name, mean: own }, i) => [String(i + 1), shown(own), name]),
    width,
    [0, 1],
  );
  const total = words.say('plan.total', { mean: mean.toFixed(3), count: papers.length });
  return `${names}\n${grids.join('\n')}\n${differencesOf(papers, words.say('plan.differences'), width)}${total}\n`;
}

function differencesOf(papers: readonly Compared[], title: string, width: number): string {
  const rows = papers.flatMap(({ differences }, i) =>
    differences.flatMap(({ missing, extra }) => [
      ...missing.map((text) => [String(i + 1), '-', text]),
      ...extra.map((text) => [String(i + 1), '+', text]),
    ]),
  );
  const more = rows.length - differencesMax;
  if (rows.length === 0) return '';
  return `${title}\n${table(null, [...rows.slice(0, differencesMax), ...(more > 0 ? [['', '', `… ${more}`]] : [])], width, [0])}\n`;
}
