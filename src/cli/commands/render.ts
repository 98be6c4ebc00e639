import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { type IssuedPaper, issuedPaper, numberAsked, type Repeated, repeatPrint } from '../../commands/papers/repeatPrint.js';
import { TrinhkyError } from '../../errors.js';
import { numberAndSymbol } from '../../office/papers/paper.js';
import type { CliApplication } from '../host.js';
import { answer, authorityOf, columnsDefault, type Session, withApplication } from '../session.js';
import { table } from '../table.js';

export interface RenderFlags {
  readonly verify?: boolean;
  readonly out?: string;
  readonly year?: string;
}

/**
 * `trinhky render NUMBER`: with `--verify` prints an issued paper again and compares it with what was signed, exit 1 where it differs;
 * with `--out` writes the file as it was issued.
 */
export async function render(session: Session, number: string, flags: RenderFlags): Promise<number> {
  if (flags.verify !== true && flags.out === undefined)
    throw new TrinhkyError('inputInvalid', { path: '--verify', reason: 'renderWhat' });
  const asked = numberAsked(number, yearOf(flags.year));
  return withApplication(session, async (app) => {
    const authority = await authorityOf(session, app);
    const paper = await issuedPaper(app.deps, authority, asked);
    const written = flags.out === undefined ? null : await write(app, authority, paper, flags.out);
    const repeated = flags.verify === true ? await repeatPrint(app.deps, authority, paper) : null;
    const { row, instance, issued } = paper;
    const facts = { number: numberAndSymbol(row.number, row.symbol), year: row.year, issuedOn: row.day, instance: instance.id };
    answer(session, { ...facts, file: issued?.hash ?? null, ...(written === null ? {} : { written }), ...repeated }, () =>
      [
        ...(written === null ? [] : [session.words.say('render.written', { ...facts, file: written, mode: issued?.mode })]),
        ...(repeated === null ? [] : [verdict(session, facts, repeated)]),
      ].join('\n'),
    );
    return repeated !== null && !holds(repeated) ? 1 : 0;
  });
}

function holds({ same, issuedBeginsSo }: Repeated): boolean {
  return same && issuedBeginsSo !== false;
}

function yearOf(text: string | undefined): number | null {
  if (text === undefined) return null;
  if (!/^\d{4}$/.test(text)) throw new TrinhkyError('inputInvalid', { path: '--year', reason: 'year', value: text });
  return Number(text);
}

/** Writes the bytes as they are stored; never over a file that is there. Answers the path. */
async function write(
  { deps }: CliApplication,
  authority: string,
  { issued, instance }: IssuedPaper,
  out: string,
): Promise<string> {
  const bytes = issued === null ? null : await deps.store.renditions.bytes(authority, issued.hash);
  if (bytes === null) throw new TrinhkyError('notFound', { reason: 'print', instance: instance.id });
  const path = resolve(out);
  await writeFile(path, bytes, { flag: 'wx' }).catch((error: unknown) => {
    throw new TrinhkyError('inputInvalid', {
      path: '--out',
      reason: 'fileUnwritable',
      value: path,
      why: (error as NodeJS.ErrnoException).code,
    });
  });
  return path;
}

function verdict({ words, io }: Session, facts: { number: string; year: number }, repeated: Repeated): string {
  const { same, issuedBeginsSo, changed, before, now } = repeated;
  const lines = [words.say(same ? 'render.same' : 'render.different', { ...facts, before, now })];
  if (issuedBeginsSo === false) lines.push(words.say('render.issuedOther', facts));
  if (changed.length > 0) {
    const head = ['what', 'before', 'now'].map((name) => words.say(`render.${name}`));
    const rows = changed.map((one) => [
      words.say(`render.versions.${one.name}`),
      String(one.before ?? ''),
      String(one.now ?? ''),
    ]);
    lines.push(table(head, rows, io.columns ?? columnsDefault));
  } else if (!same) lines.push(words.say('render.unexplained'));
  return lines.join('\n');
}
