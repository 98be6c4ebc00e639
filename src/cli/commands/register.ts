import { writeFile } from 'node:fs/promises';
import { buildRegister, registerCsv, registerSheet } from '../../commands/papers/registers.js';
import { TrinhkyError } from '../../errors.js';
import { type RegisterKind, registerKinds } from '../../office/registers/data.js';
import type { Register } from '../../office/registers/register.js';
import type { CliApplication } from '../host.js';
import { answer, authorityOf, columnsDefault, type Session, withApplication } from '../session.js';
import { table } from '../table.js';

export interface RegisterFlags {
  readonly from?: string;
  readonly to?: string;
  readonly series?: string;
  readonly volume?: string;
  readonly out?: string;
}

/** `trinhky register KIND --from D --to D`: a register of a period on the screen, or as a PDF or CSV file by the ending of `--out`. */
export async function register(session: Session, name: string, flags: RegisterFlags): Promise<number> {
  const kind = registerKinds.find((one) => one === name);
  if (kind === undefined)
    throw new TrinhkyError('inputInvalid', { path: 'KIND', reason: 'registerKind', value: registerKinds.join(', ') });
  const format = formatOf(flags.out);
  return withApplication(session, async (app) => {
    const found = await built(session, app, kind, flags);
    const { rows, numbers } = found;
    if (flags.out !== undefined) await writeFile(flags.out, await bytesOf(session, app, found, format, flags.volume));
    const told = { kind, from: found.from, to: found.to, numbers, rows: rows.map(({ cells }) => cells), out: flags.out ?? null };
    answer(session, told, () => shown(session, found, flags.out));
    return 0;
  });
}

async function built(session: Session, app: CliApplication, kind: RegisterKind, flags: RegisterFlags): Promise<Register> {
  const authority = await authorityOf(session, app);
  const { from = '', to = '', series } = flags;
  const language = flags.out === undefined ? session.words.language : 'vi';
  return buildRegister(app.deps, { authority, kind, from, to, series: series?.normalize('NFC') ?? null, language });
}

type Format = 'pdf' | 'csv';

function formatOf(out: string | undefined): Format {
  const ending = /\.(pdf|csv)$/i.exec(out ?? '.csv')?.[1]?.toLowerCase();
  if (ending === 'pdf' || ending === 'csv') return ending;
  throw new TrinhkyError('inputInvalid', { path: '--out', reason: 'registerFile', value: out });
}

async function bytesOf(
  session: Session,
  app: CliApplication,
  found: Register,
  format: Format,
  volume: string | undefined,
): Promise<Uint8Array> {
  if (format === 'csv') return new TextEncoder().encode(registerCsv(found));
  const directory = await app.deps.store.directory.snapshot(await authorityOf(session, app));
  return (await app.deps.printer.printSheet(registerSheet(found, directory, volume))).bytes;
}

function shown({ words, io }: Session, found: Register, out: string | undefined): string {
  const count = { name: found.name, count: found.rows.length };
  if (out !== undefined) return words.say('register.written', { ...count, file: out });
  if (found.rows.length === 0) return words.say('register.empty', count);
  const head = found.columns.map(({ label }) => label);
  // A register has ten columns and a terminal one line: each row as a block of its filled cells.
  const blocks = found.rows.map(({ cells }) =>
    table(
      null,
      cells.flatMap((cell, index) => (cell === '' ? [] : [[head[index] ?? '', cell]])),
      io.columns ?? columnsDefault,
    ),
  );
  return `${found.name}: ${words.say('register.count', count)}\n\n${blocks.join('\n')}`;
}
