// A server in small for embedded.*.test.ts: starts the embedded database of a data folder and waits to be killed.
import { startEmbedded } from '../../src/store/embedded/launcher.js';
import { mongodCache } from '../support/mongod.js';

const embedded = await startEmbedded({
  dataFolder: process.argv[2] ?? '',
  cacheFolder: mongodCache,
  configuredBinary: process.env['TRINHKY_MONGOD'],
});
process.send?.({ pid: embedded.pid });
process.stdin.resume();
