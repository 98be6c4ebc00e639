import puppeteer, { type Browser } from 'puppeteer';
import { findBrowser } from '../../src/documents/browserFind.js';
import { cacheFolder } from '../documents/support.js';

/** The project's own Chromium, for tests that look at pages as people do. Whoever opens it closes it. */
export async function openBrowser(): Promise<Browser> {
  const { path, shell, libraries } = await findBrowser({ cacheFolder });
  return puppeteer.launch({
    executablePath: path,
    headless: shell ? 'shell' : true,
    env: { ...process.env, ...(libraries === null ? {} : { LD_LIBRARY_PATH: libraries }) },
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}
