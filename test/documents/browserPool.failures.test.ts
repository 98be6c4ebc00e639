import { fork } from 'node:child_process';
import { once } from 'node:events';
import { performance } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { startBrowser } from '../../src/documents/browser.js';
import { findBrowser } from '../../src/documents/browserFind.js';
import { type BrowserPool, makeBrowserPool } from '../../src/documents/browserPool.js';
import { prepareFonts } from '../../src/documents/fonts.js';
import { textOf } from '../../src/documents/outputCheck.js';
import { printPage } from '../../src/documents/pages.js';
import type { PrintLimits } from '../../src/documents/printLimits.js';
import { TrinhkyError } from '../../src/errors.js';
import { browserTestMsMax, cacheFolder, gone } from './support.js';

const page = '<!doctype html><title>Trang</title><p style="font-family: Times New Roman">Trang thử</p>';

async function refusal(work: Promise<unknown>): Promise<TrinhkyError> {
  const error = await work.then(
    () => null,
    (cause: unknown) => cause,
  );
  expect(error).to.be.instanceOf(TrinhkyError);
  return error as TrinhkyError;
}

describe('documents/browserPool: what goes wrong ends with an error, and the next print works', function () {
  this.timeout(browserTestMsMax);
  let pool: BrowserPool;

  const start = async (limits: Partial<PrintLimits> = {}): Promise<number> => {
    pool = makeBrowserPool({ cacheFolder, limits: { backOffMsMin: 10, ...limits } });
    await pool.print(page, { tagged: false });
    return pool.pid() ?? Number.NaN;
  };
  const printsAgain = async (before: number): Promise<void> => {
    const { bytes } = await pool.print(page, { tagged: true });
    expect((await textOf(bytes)).join('')).to.contain('Trang thử');
    expect(pool.pid()).to.be.a('number').and.not.equal(before);
    await gone(before);
  };

  afterEach(() => pool.close());

  it('browser killed in the middle of a print', async () => {
    const pid = await start();
    // given a browser that stands still, so that the print is surely under way when it dies
    process.kill(-pid, 'SIGSTOP');
    const work = refusal(pool.print(page, { tagged: false }));
    await new Promise((resolve) => setImmediate(resolve));
    process.kill(-pid, 'SIGKILL');
    const error = await work;
    expect([error.code, error.params]).to.deep.equal(['printFailed', { reason: 'browserLost' }]);
    await printsAgain(pid);
  });

  it('browser that hangs: the deadline counts, and all of it is killed', async () => {
    const pid = await start({ printMsMax: 300 });
    process.kill(-pid, 'SIGSTOP');
    const error = await refusal(pool.print(page, { tagged: false }));
    expect(error.code).to.equal('printTooSlow');
    expect(error.params).to.deep.equal({ limitMs: 300, pageStuck: true });
    await pool.close();
    pool = makeBrowserPool({ cacheFolder });
    await printsAgain(pid);
  });

  it('page whose renderer crashes: fails at once, not at the deadline', async () => {
    const started = await startBrowser(await findBrowser({ cacheFolder }), await prepareFonts(cacheFolder), cacheFolder);
    try {
      const newPage = started.browser.newPage.bind(started.browser);
      started.browser.newPage = async () => {
        const opened = await newPage();
        const session = await opened.createCDPSession();
        opened.setContent = () => {
          void session.send('Page.crash').catch(() => undefined);
          return new Promise(() => undefined);
        };
        return opened;
      };
      const error = await refusal(printPage(started.browser, page, { tagged: false }, browserTestMsMax / 2));
      expect(error.params).to.deep.equal({ reason: 'pageCrashed' });
    } finally {
      await started.end();
    }
  });

  it('more papers than the queue takes: busy at once, the others are printed', async () => {
    await start({ pagesAtOnceMax: 1, printQueueMax: 1 });
    const works = [1, 2, 3].map(() => pool.print(page, { tagged: false }));
    const error = await refusal(works[2] ?? Promise.resolve());
    expect([error.code, error.params]).to.deep.equal(['busy', { queue: 'print', limit: 1 }]);
    await Promise.all(works.slice(0, 2));
  });

  it('closed while papers wait: they fail, nothing is left, and it can print again', async () => {
    const pid = await start({ pagesAtOnceMax: 1 });
    process.kill(-pid, 'SIGSTOP');
    const works = [1, 2].map(() => refusal(pool.print(page, { tagged: false })));
    await new Promise((resolve) => setImmediate(resolve));
    await pool.close();
    const reasons = (await Promise.all(works)).map((error) => error.params.reason);
    expect(reasons).to.deep.equal(['browserLost', 'closed']);
    await printsAgain(pid);
  });

  it('replaces the browser after its number of prints', async () => {
    const first = await start({ printsPerBrowserMax: 2 });
    await pool.print(page, { tagged: false });
    expect(pool.pid()).to.equal(null);
    await printsAgain(first);
  });

  it('replaces the browser that has grown too large', async () => {
    const first = await start({ printsPerMemoryCheck: 2, browserBytesMax: 1 });
    expect(pool.pid()).to.equal(first);
    await pool.print(page, { tagged: false });
    expect(pool.pid()).to.equal(null);
    await printsAgain(first);
  });

  it('named browser that is not there: says so and looks for no other', async () => {
    pool = makeBrowserPool({ cacheFolder, browserPath: '/nowhere/chromium' });
    const error = await refusal(pool.print(page, { tagged: false }));
    expect([error.code, error.params]).to.deep.equal([
      'browserMissing',
      { tried: [{ path: '/nowhere/chromium', reason: 'notExecutable' }] },
    ]);
  });

  it('browser that does not start: backs off before it is tried again', async () => {
    pool = makeBrowserPool({ cacheFolder, browserPath: process.execPath, limits: { backOffMsMin: 150 } });
    expect((await refusal(pool.print(page, { tagged: false }))).code).to.equal('browserMissing');
    const began = performance.now();
    expect((await refusal(pool.print(page, { tagged: false }))).code).to.equal('browserMissing');
    expect(performance.now() - began).to.be.at.least(145);
  });

  it('server killed: its browser goes with it', async () => {
    pool = makeBrowserPool({ cacheFolder });
    const child = fork(fileURLToPath(new URL('./printingChild.ts', import.meta.url)), { execArgv: ['--import', 'tsx'] });
    const [pid] = (await once(child, 'message')) as [number];
    expect(pid).to.be.greaterThan(1);
    child.kill('SIGKILL');
    await gone(pid);
  });
});
