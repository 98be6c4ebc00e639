import { makeBrowserPool } from '../../src/documents/browserPool.js';
import { cacheFolder } from './support.js';

/** Prints once, tells the browser's process id, and stays. */
const pool = makeBrowserPool({ cacheFolder });
await pool.print('<p>Trang thử</p>', { tagged: false });
process.send?.(pool.pid());
