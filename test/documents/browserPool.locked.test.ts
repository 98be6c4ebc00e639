import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import puppeteer from 'puppeteer';
import { findBrowser } from '../../src/documents/browserFind.js';
import { makeBrowserPool } from '../../src/documents/browserPool.js';
import { textOf } from '../../src/documents/outputCheck.js';
import { browserTestMsMax, type Canary, cacheFolder, startCanary } from './support.js';

/** Sixteen ways of a page to call somebody, and one to read a file. No template of ours can write any of them. */
function hostilePage(port: number, file: string): string {
  const at = (path: string): string => `http://127.0.0.1:${port}/${path}`;
  return `<!doctype html><html><head><title>x</title>
<link rel="stylesheet" href="${at('link')}"><link rel="prefetch" href="${at('prefetch')}"><link rel="preload" as="font" href="${at('preload')}" crossorigin>
<link rel="icon" href="${at('icon')}"><link rel="preconnect" href="${at('preconnect')}">
<style>@import url("${at('import')}"); @font-face { font-family: f; src: url("${at('font')}"); } p { font-family: f; background: url("${at('background')}"); }</style></head>
<body><p>Trang thử</p><img src="${at('image')}"><iframe src="${at('frame')}"></iframe><object data="${at('object')}"></object><embed src="${at('embed')}">
<video src="${at('video')}" autoplay></video><svg><image href="${at('svg')}"/></svg><input type="image" src="${at('input')}">
<script src="${at('script')}"></script>
<script>fetch('${at('fetch')}').catch(() => 0); new WebSocket('ws://127.0.0.1:${port}/socket'); document.title = 'ran'; document.body.append('SCRIPT RAN')</script>
<iframe src="file://${file}" width="600"></iframe></body></html>`;
}

const refresh = (port: number): string =>
  `<!doctype html><meta http-equiv="refresh" content="0;url=http://127.0.0.1:${port}/refresh"><p>Trang thử</p>`;

describe('documents/browserPool: a page reaches nobody', function () {
  this.timeout(browserTestMsMax);
  const pool = makeBrowserPool({ cacheFolder });
  let canary: Canary;
  let folder: string;
  let file: string;

  before(async () => {
    canary = await startCanary();
    folder = await mkdtemp(join(tmpdir(), 'canary-'));
    file = join(folder, 'secret.txt');
    await writeFile(file, 'BÍ MẬT 4711');
  });
  after(async () => {
    canary.close();
    await rm(folder, { recursive: true });
    await pool.close();
  });

  it('lets none of sixteen ways through, runs no script and reads no file', async () => {
    const { bytes } = await pool.print(hostilePage(canary.port, file), { tagged: false });
    const text = (await textOf(bytes)).join('');
    expect(text).to.contain('Trang thử').and.not.contain('RAN').and.not.contain('4711');
    expect(canary.hits).to.deep.equal([]);
  });

  it('follows no refresh', async () => {
    const work = pool.print(refresh(canary.port), { tagged: false });
    await work.catch(() => undefined);
    // a second print gives a late request its time
    await pool.print('<p>Trang khác</p>', { tagged: false });
    expect(canary.hits).to.deep.equal([]);
  });

  it('would be called by the same page without the locks', async () => {
    // given the same browser, bare
    const { path, libraries } = await findBrowser({ cacheFolder });
    const args = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    const browser = await puppeteer.launch({
      executablePath: path,
      headless: 'shell',
      pipe: true,
      args,
      env: libraries === null ? {} : { LD_LIBRARY_PATH: libraries },
    });
    try {
      const page = await browser.newPage();
      await page.setContent(hostilePage(canary.port, file), { waitUntil: 'load' });
      await page.waitForNetworkIdle({ idleTime: 300 });
    } finally {
      await browser.close();
    }
    // then the canary sings: the test above is able to fail
    const paths = new Set(canary.hits.filter((hit) => hit.startsWith('/')));
    expect(paths.size).to.be.at.least(12);
  });
});
