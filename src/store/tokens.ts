import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import type { TokenSummary, Tokens } from '../commands/application.js';
import { TrinhkyError } from '../errors.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';

export const tokenDaysDefault = 90;
export const tokenDaysMax = 366;
export const tokenLabelCharsMax = 100;
/** Most tokens that one person may hold. */
export const tokensMax = 50;
/** How late other processes notice that a token was revoked. */
export const tokenFreshMs = 1_000;
const tokensCachedMax = 10_000;

const DAY_MS = 24 * 60 * 60 * 1000;
const ID_BYTES = 9;
const SECRET_BYTES = 32;
/** `tk_<id>_<secret>`, so that a leaked one is recognised by a search. Both parts are hex, which holds no `_`. */
const TOKEN = new RegExp(`^tk_([0-9a-f]{${ID_BYTES * 2}})_([0-9a-f]{${SECRET_BYTES * 2}})$`);

interface TokenDocument {
  /** Random: a request shows a token and names no authority. */
  _id: string;
  authority: string;
  person: string;
  label: string;
  /** SHA-256 of the secret; a secret of 256 random bits needs no slow hash. */
  secretHash: string;
  createdAt: Date;
  expiresAt: Date;
}

interface Cached {
  readonly document: TokenDocument | null;
  readonly readAtMs: number;
}

/**
 * API tokens on MongoDB: shown once, stored hashed, expiring, revocable; a revoked one is refused at once in this process and
 * after `tokenFreshMs` in others. A look-up writes nothing. Whether the person is still active is for the caller to ask.
 * `create` throws `inputInvalid` for days outside 1 to `tokenDaysMax`, for a label that is empty or too long, and above `tokensMax`.
 */
export function makeTokens(connection: Connection, monotonic: () => number = () => performance.now()): Tokens {
  const tokens = connection.collection<TokenDocument>(collectionNames.tokens);
  const now = connection.databaseClock();
  const cache = new Map<string, Cached>();

  const read = async (id: string): Promise<TokenDocument | null> => {
    const known = cache.get(id);
    if (known !== undefined && monotonic() - known.readAtMs < tokenFreshMs) return known.document;
    const readAtMs = monotonic();
    const mark: Cached = { document: known?.document ?? null, readAtMs: Number.NEGATIVE_INFINITY };
    keep(cache, id, mark);
    const document = await tokens.findOne({ _id: id });
    // Gone or replaced: the token was revoked, or read anew, while this read was under way.
    if (cache.get(id) === mark) keep(cache, id, { document, readAtMs });
    return document;
  };

  return {
    async create({ authority, person }, label, days) {
      checkNew(label, days, await tokens.countDocuments({ authority, person }, { limit: tokensMax }));
      const id = randomBytes(ID_BYTES).toString('hex');
      const secret = randomBytes(SECRET_BYTES).toString('hex');
      const createdAt = new Date(now());
      const expiresAt = new Date(createdAt.getTime() + days * DAY_MS);
      const document = {
        _id: id,
        authority,
        person,
        label: label.normalize('NFC'),
        secretHash: sha256(secret),
        createdAt,
        expiresAt,
      };
      await tokens.insertOne(document);
      return { token: `tk_${id}_${secret}`, summary: summaryOf(document) };
    },
    async lookUp(token) {
      const [, id, secret] = TOKEN.exec(token) ?? [];
      if (id === undefined || secret === undefined) return null;
      const document = await read(id);
      const same = timingSafeEqual(Buffer.from(sha256(secret)), Buffer.from(document?.secretHash ?? sha256('')));
      if (document === null || !same || document.expiresAt.getTime() <= now()) return null;
      return { authority: document.authority, person: document.person };
    },
    async list({ authority, person }) {
      const found = await tokens.find({ authority, person }).sort({ createdAt: 1 }).limit(tokensMax).toArray();
      return found.map(summaryOf);
    },
    async revokeAll({ authority, person }) {
      const rows = await tokens.find({ authority, person }, { projection: { _id: 1 } }).toArray();
      await tokens.deleteMany({ authority, person });
      for (const { _id } of rows) cache.delete(_id);
    },
    async revoke({ authority, person }, id) {
      const { deletedCount } = await tokens.deleteOne({ _id: id, authority, person });
      cache.delete(id);
      return deletedCount === 1;
    },
  };
}

function keep(cache: Map<string, Cached>, id: string, cached: Cached): void {
  cache.delete(id);
  cache.set(id, cached);
  if (cache.size <= tokensCachedMax) return;
  const [oldest] = cache.keys();
  if (oldest !== undefined) cache.delete(oldest);
}

function checkNew(label: string, days: number, held: number): void {
  const wrong = (field: string, reason: string) => new TrinhkyError('inputInvalid', { field, reason });
  if (!Number.isInteger(days) || days < 1 || days > tokenDaysMax) throw wrong('days', `1 to ${tokenDaysMax}`);
  if (label.trim() === '' || Array.from(label).length > tokenLabelCharsMax)
    throw wrong('label', `1 to ${tokenLabelCharsMax} characters`);
  if (held >= tokensMax) throw wrong('tokens', `at most ${tokensMax}`);
}

function summaryOf({ _id, label, createdAt, expiresAt }: TokenDocument): TokenSummary {
  return { id: _id, label, createdAt: createdAt.toISOString(), expiresAt: expiresAt.toISOString() };
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
