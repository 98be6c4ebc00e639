import type { KeyHolder } from '../../commands/papers/signing.js';
import { importKey } from '../../documents/signing/importKeys.js';
import { type ListedKey, listKeys } from '../../documents/signing/listKeys.js';
import { ensureTestKeys } from '../../documents/signing/testKeys.js';
import { TrinhkyError } from '../../errors.js';
import { regularFile } from '../regularFile.js';
import { answer, authorityOf, columnsDefault, personOf, type Session, shownInstant, withApplication } from '../session.js';
import { table } from '../table.js';

const fileBytesMax = 4_000_000;

/** `--authority` goes before TRINHKY_AUTHORITY. */
function named(session: Session, authority: string | undefined): Session {
  if (authority === undefined) return session;
  return { ...session, host: { ...session.host, config: { ...session.host.config, authority } } };
}

/** `trinhky keys init`: a test authority, and test keys for whoever signs and has none. */
export async function keysInit(session: Session, flags: { readonly authority?: string }): Promise<number> {
  return withApplication(session, async (app) => {
    const authority = await authorityOf(named(session, flags.authority), app);
    const directory = await app.deps.store.directory.snapshot(authority);
    const made = await ensureTestKeys({ keyFolder: session.host.config.keyFolder, directory });
    answer(session, { authority, issuerMade: made.authority, holders: made.holders }, () =>
      session.words.say('keys.made', { authority, holders: made.holders }),
    );
    return 0;
  });
}

export interface ImportFlags {
  readonly agency?: boolean;
  readonly p12: string;
  readonly passphraseFile?: string;
  readonly ca?: readonly string[];
  readonly picture?: string;
  readonly size?: string;
  readonly authority?: string;
}

/** `trinhky keys import LOGIN | --agency`: brings a real key and certificate in, from a PKCS#12 file. */
export async function keysImport(session: Session, login: string | undefined, flags: ImportFlags): Promise<number> {
  if ((login === undefined) === (flags.agency !== true)) throw new TrinhkyError('inputInvalid', { reason: 'keyHolder' });
  const p12 = await fileAt(flags.p12);
  const issuers = await Promise.all((flags.ca ?? []).map(async (file) => (await fileAt(file)).toString('latin1')));
  const picture = await pictureOf(flags);
  const passphrase = await passphraseOf(session, flags);
  return withApplication(session, async (app) => {
    const authority = await authorityOf(named(session, flags.authority), app);
    const holder: KeyHolder =
      login === undefined ? { kind: 'agency' } : { kind: 'person', person: (await personOf(app, authority, login)).id };
    const { keyFolder } = session.host.config;
    const at = app.deps.clock.now();
    const certificate = await importKey({ keyFolder, authority, holder, p12, passphrase, issuers, at, picture });
    answer(session, { authority, holder, certificate }, () => session.words.say('keys.imported', { ...certificate }));
    return 0;
  });
}

async function pictureOf({ picture, size }: ImportFlags) {
  if (picture === undefined) return undefined;
  const found = /^(\d{1,3}(?:\.\d)?)x(\d{1,3}(?:\.\d)?)$/.exec(size ?? '');
  if (found === null) throw new TrinhkyError('inputInvalid', { path: '--size', reason: 'pictureSize' });
  return { png: await fileAt(picture), widthMm: Number(found[1]), heightMm: Number(found[2]) };
}

/** From a file or the terminal; never from the command line, which other users of the machine can read. */
async function passphraseOf({ io, words }: Session, { passphraseFile }: ImportFlags): Promise<string> {
  if (passphraseFile !== undefined) return (await fileAt(passphraseFile)).toString('utf8').replace(/\r?\n$/, '');
  const typed = await io.askSecret?.(`${words.say('keys.passphrase')}: `);
  if (typed === null || typed === undefined) throw new TrinhkyError('inputInvalid', { reason: 'passphraseMissing' });
  return typed;
}

/** A file named on the command line. Throws `inputInvalid` {path, reason: 'fileUnreadable'}. */
export async function fileAt(path: string, bytesMax = fileBytesMax): Promise<Buffer> {
  try {
    return await regularFile(path, bytesMax);
  } catch (error) {
    throw new TrinhkyError('inputInvalid', { path, reason: 'fileUnreadable', value: (error as NodeJS.ErrnoException).code });
  }
}

/** `trinhky keys list`: who has a key here, by which certificate, until when. Needs no database. */
export async function keysList(session: Session, flags: { readonly authority?: string }): Promise<number> {
  const { words, io } = session;
  const keys = await listKeys(session.host.config.keyFolder, flags.authority);
  answer(session, keys, () => {
    if (keys.length === 0) return words.say('keys.none', { folder: session.host.config.keyFolder });
    const head = ['authority', 'holder', 'kind', 'validTo', 'subject'].map((name) => words.say(`keys.${name}`));
    return table(
      head,
      keys.map((key) => rowOf(key, words)),
      io.columns ?? columnsDefault,
    );
  });
  return 0;
}

function rowOf({ authority, holder, certificate, title, organisation, hasKey }: ListedKey, words: Session['words']): string[] {
  const kind = words.say(certificate.test ? 'keys.test' : 'keys.real');
  return [
    authority,
    holder.kind === 'agency' ? words.say('keys.agency') : holder.person,
    hasKey ? kind : `${kind}, ${words.say('keys.noKey')}`,
    shownInstant(certificate.validTo).slice(0, 10),
    [certificate.name, title, organisation === certificate.name ? null : organisation].filter(Boolean).join(', '),
  ];
}
