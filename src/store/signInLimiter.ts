import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { RateLimiterMemory, RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import type { SignInLimiter } from '../commands/application.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import { normalLogin } from './logins.js';

/** Tries on one account from one address. */
export const pairTriesMax = 5;
/** Tries from one address, whatever the account. */
export const addressTriesMax = 60;
/** Tries on one account from everywhere, above which each address has one try only. */
export const accountTriesMax = 100;
/** Over which tries are counted, and for how long one that has used them up must wait. */
export const triesWindowSeconds = 15 * 60;

/**
 * Slows down guessing. `blockedFor` is called once before each try and counts it as a failed one at once, so that many tries
 * at the same time cannot slip through; `succeeded` forgives. It answers the seconds to wait, or 0 when the try may go on.
 *
 * An account is never blocked as such: only an account from an address, or an address. When an account is under attack from
 * many addresses each of them is left one try in the window, which is enough for the owner, who knows the password, from anywhere.
 * Counted in the database for all processes together; in memory while the database is away. Keys are hashes of what was typed.
 */
export function makeSignInLimiter(connection: Connection): SignInLimiter {
  const limiter = (keyPrefix: string, points: number) =>
    new RateLimiterMongo({
      storeClient: connection.client,
      dbName: connection.db.databaseName,
      tableName: collectionNames.tries,
      disableIndexesCreation: true,
      keyPrefix,
      points,
      duration: triesWindowSeconds,
      insuranceLimiter: new RateLimiterMemory({ keyPrefix, points, duration: triesWindowSeconds }),
    });
  const pair = limiter('pair', pairTriesMax);
  const byAddress = limiter('address', addressTriesMax);
  // Never refuses by itself: its count decides how many tries a pair has.
  const account = limiter('account', Number.MAX_SAFE_INTEGER);

  return {
    async blockedFor(login, address) {
      const keys = keysOf(login, address);
      const onAddress = await consumed(byAddress, keys.address);
      if (onAddress.consumedPoints > addressTriesMax) return secondsOf(onAddress);
      const onPair = await consumed(pair, keys.pair);
      if (onPair.consumedPoints > pairTriesMax) return secondsOf(onPair);
      const { consumedPoints } = await consumed(account, keys.account);
      return consumedPoints > accountTriesMax && onPair.consumedPoints > 1 ? secondsOf(onPair) : 0;
    },
    // Counted when it was begun.
    failed: async () => undefined,
    async succeeded(login, address) {
      const keys = keysOf(login, address);
      await pair.delete(keys.pair);
      await byAddress.reward(keys.address, 1);
      await account.reward(keys.account, 1);
    },
  };
}

async function consumed(limiter: RateLimiterMongo, key: string): Promise<RateLimiterRes> {
  try {
    return await limiter.consume(key);
  } catch (refusal) {
    if (refusal instanceof RateLimiterRes) return refusal;
    throw refusal;
  }
}

function secondsOf({ msBeforeNext }: RateLimiterRes): number {
  return Math.max(1, Math.ceil(msBeforeNext / 1000));
}

function keysOf(login: string, address: string): { pair: string; address: string; account: string } {
  const network = networkOf(address);
  const name = normalLogin(login);
  return { pair: hashOf(`${name}\n${network}`), address: hashOf(network), account: hashOf(name) };
}

const IPV6_NETWORK_GROUPS = 4;

/** An IPv6 client has a whole /64 to choose addresses from; an IPv4 address in IPv6 form is that IPv4 address. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  if (mapped !== undefined) return mapped;
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const groups = [...left, ...Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0'), ...right];
  return groups
    .slice(0, IPV6_NETWORK_GROUPS)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
