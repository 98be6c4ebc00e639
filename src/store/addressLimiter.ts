import { createHash } from 'node:crypto';
import { RateLimiterMemory, RateLimiterMongo, RateLimiterRes } from 'rate-limiter-flexible';
import type { AddressLimiter } from '../commands/application.js';
import { collectionNames } from './collectionNames.js';
import type { Connection } from './connection.js';
import { networkOf } from './signInLimiter.js';

/** Verifications from one address. */
export const verifiesMax = 60;
export const verifyWindowSeconds = 15 * 60;

/** Counts public verifications by address, in the database for all processes together; in memory while it is away. */
export function makeVerifyLimiter(connection: Connection): AddressLimiter {
  const settings = { keyPrefix: 'verify', points: verifiesMax, duration: verifyWindowSeconds };
  const limiter = new RateLimiterMongo({
    ...settings,
    storeClient: connection.client,
    dbName: connection.db.databaseName,
    tableName: collectionNames.tries,
    disableIndexesCreation: true,
    insuranceLimiter: new RateLimiterMemory(settings),
  });
  return {
    async blockedFor(address) {
      try {
        await limiter.consume(createHash('sha256').update(networkOf(address)).digest('hex'));
        return 0;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        return Math.max(1, Math.ceil(refusal.msBeforeNext / 1000));
      }
    },
  };
}
