import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ImportFault } from '../../commands/organisation/brought.js';
import { exportOrganisation } from '../../commands/organisation/exportOrganisation.js';
import { type Brought, type ImportAnswer, importOrganisation } from '../../commands/organisation/importOrganisation.js';
import { checkOwners } from '../../commands/organisation/ownerless.js';
import { importFileBytesMax } from '../../commands/organisation/readCsv.js';
import { succeed } from '../../commands/organisation/succeed.js';
import type { JsonObject } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import type { CliApplication } from '../host.js';
import { consequencesShown, faultsShown, ownerlessShown } from '../organisationShown.js';
import { answer, authorityOf, print, type Session, withApplication } from '../session.js';

const ACTOR = 'commandLine';
/** A folder may hold a table for each kind of record, and what people keep beside them. */
const filesMax = 100;

export interface AuthorityFlag {
  /** Goes before TRINHKY_AUTHORITY. */
  readonly authority?: string;
}

export interface ExportFlags extends AuthorityFlag {
  readonly out: string;
  readonly format?: string;
}

export interface ImportFlags extends AuthorityFlag {
  readonly dryRun?: boolean;
  readonly correctPast?: string;
}

export interface SucceedFlags extends AuthorityFlag {
  readonly dryRun?: boolean;
}

export type CheckFlags = AuthorityFlag;

/** `trinhky organisation export`: a folder with one CSV file for each kind of record, or one JSON file. */
export async function organisationExport(session: Session, flags: ExportFlags): Promise<number> {
  const format = flags.format ?? (flags.out.toLowerCase().endsWith('.json') ? 'json' : 'csv');
  if (format !== 'csv' && format !== 'json')
    throw new TrinhkyError('inputInvalid', { path: '--format', reason: 'organisationFormat', value: format });
  return within(session, flags, async (app, authority) => {
    const files = await exportOrganisation(app.deps, { authority, actor: ACTOR, format });
    if (format === 'csv') await mkdir(flags.out, { recursive: true });
    // It holds the logins of everybody.
    const written = files.map(({ name, text, rows }) => ({
      path: format === 'csv' ? join(flags.out, name) : flags.out,
      text,
      rows,
    }));
    for (const { path, text } of written) await writeFile(path, text, { mode: 0o600 });
    const told = written.map(({ path, rows }) => ({ path, rows }));
    answer(session, told, () =>
      told.map(({ path, rows }) => session.words.say('organisation.exported', { path, rows })).join('\n'),
    );
    return 0;
  });
}

/** `trinhky organisation import PATH`: brings records in; with `--dry-run` lists every consequence and writes nothing. */
export async function organisationImport(session: Session, path: string, flags: ImportFlags): Promise<number> {
  const { words, json } = session;
  const brought = await broughtFrom(path);
  return within(session, flags, async (app, authority) => {
    const ask = { authority, brought, actor: ACTOR, dryRun: flags.dryRun === true, correctPast: flags.correctPast ?? null };
    let imported: ImportAnswer;
    try {
      imported = await importOrganisation(app.deps, ask);
    } catch (error) {
      const faults = error instanceof TrinhkyError ? faultsIn(error) : null;
      if (faults === null || json) throw error;
      const count = (error as TrinhkyError).params['count'];
      print(session, `${faultsShown(words, faults)}${words.say('organisation.faulty', { count })}`);
      return 1;
    }
    const { after, ...told } = imported;
    answer(session, told, () => {
      const none = Object.values(told.counts).every((count) => count.new + count.changed === 0);
      const verdict = none ? 'unchanged' : told.written ? 'imported' : 'rehearsed';
      return `${consequencesShown(words, after, told.consequences)}${words.say(`organisation.${verdict}`)}`;
    });
    return 0;
  });
}

/** `trinhky organisation succeed ID`: carries a recorded succession out, or with `--dry-run` says what would follow. */
export async function organisationSucceed(session: Session, succession: string, flags: SucceedFlags): Promise<number> {
  const { words, io } = session;
  return within(session, flags, async (app, authority) => {
    const dryRun = flags.dryRun === true;
    const onProgress = (moved: number): void => {
      if (io.isTTY && !session.json) io.stderr.write(`\r${words.say('organisation.moving', { moved })}`);
    };
    const done = await succeed(app.deps, { authority, succession, actor: ACTOR, dryRun, onProgress });
    if (io.isTTY && !session.json) io.stderr.write('\n');
    const directory = await app.deps.store.directory.snapshot(authority);
    answer(session, { ...done, dryRun }, () => {
      const refused = done.refused.map((one) => `${words.say('organisation.moveRefused', one)}\n`).join('');
      const verdict = words.say(dryRun ? 'organisation.wouldMove' : 'organisation.moved', { moved: done.moved });
      return `${consequencesShown(words, directory, done.consequences)}${refused}${verdict}`;
    });
    return done.refused.length > 0 ? 1 : 0;
  });
}

/** `trinhky organisation check`: every open instance for whose awaited commands nobody can act today. Exit 1 where there is one. */
export async function organisationCheck(session: Session, flags: CheckFlags): Promise<number> {
  const { words, io } = session;
  return within(session, flags, async (app, authority) => {
    const found = await checkOwners(app.deps, authority, (checked) => {
      if (io.isTTY && !session.json) io.stderr.write(`\r${words.say('organisation.checking', { checked })}`);
    });
    if (io.isTTY && !session.json) io.stderr.write('\n');
    const directory = await app.deps.store.directory.snapshot(authority);
    answer(session, found, () => {
      const verdict = words.say(found.ownerless.length === 0 ? 'organisation.allOwned' : 'organisation.someOwnerless', {
        checked: found.checked,
        count: found.ownerless.length,
      });
      return `${ownerlessShown(words, directory, found.ownerless)}${verdict}`;
    });
    return found.ownerless.length === 0 ? 0 : 1;
  });
}

/** Carries work out on the authority that is named, else the one of the settings. */
export function within(
  session: Session,
  { authority }: AuthorityFlag,
  work: (app: CliApplication, authority: string) => Promise<number>,
): Promise<number> {
  const { host } = session;
  const named = authority === undefined ? session : { ...session, host: { ...host, config: { ...host.config, authority } } };
  return withApplication(named, async (app) => work(app, await authorityOf(named, app)));
}

/** A folder of tables, or one file. Throws `inputInvalid` for what cannot be read. */
async function broughtFrom(path: string): Promise<Brought> {
  try {
    if ((await stat(path)).isDirectory()) {
      const names = (await readdir(path)).filter((name) => /\.csv$/i.test(name)).sort();
      if (names.length > filesMax) throw new TrinhkyError('inputInvalid', { path, reason: 'filesTooMany', max: filesMax });
      if (names.length === 0) throw new TrinhkyError('inputInvalid', { path, reason: 'organisationPath' });
      return { files: await Promise.all(names.map((name) => fileAt(join(path, name)))) };
    }
    const file = await fileAt(path);
    return /\.json$/i.test(path) ? { json: parsed(file.bytes, path), file: file.name } : { files: [file] };
  } catch (error) {
    if (error instanceof TrinhkyError) throw error;
    throw new TrinhkyError('inputInvalid', { path, reason: 'fileUnreadable', value: (error as NodeJS.ErrnoException).code });
  }
}

async function fileAt(path: string): Promise<{ readonly name: string; readonly bytes: Uint8Array }> {
  const { size } = await stat(path);
  if (size > importFileBytesMax) throw new TrinhkyError('fileTooLarge', { bytesMax: importFileBytesMax });
  return { name: basename(path), bytes: await readFile(path) };
}

function parsed(bytes: Uint8Array, path: string): JsonObject {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as JsonObject;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new TrinhkyError('inputInvalid', { faults: [{ path, message }] });
  }
}

function faultsIn({ params }: TrinhkyError): readonly ImportFault[] | null {
  return params['reason'] === 'organisationFaulty' ? (params['faults'] as readonly ImportFault[]) : null;
}
