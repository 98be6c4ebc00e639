import type { Browser, Page } from 'puppeteer';
import { TrinhkyError } from '../errors.js';
import { within } from './browser.js';

export interface PrintOptions {
  /** Tagged for readers with a screen reader: slower, for what is issued. */
  readonly tagged: boolean;
}

const pageCloseMsMax = 1_000;

/**
 * Prints the document in a new page: scripts off, offline, every request refused. The document is written into the blank
 * page, so not even it is a request, and it never has a file's origin.
 * Throws `printTooSlow` {limitMs, pageStuck} or `printFailed` {reason}.
 */
export async function printPage(browser: Browser, html: string, options: PrintOptions, printMsMax: number): Promise<Uint8Array> {
  let page: Page | undefined;
  let timer: NodeJS.Timeout | undefined;
  let fail: (error: Error) => void = () => undefined;
  // a page that hangs answers nothing, so nothing the browser offers as a timeout is enough
  const failure = new Promise<never>((_, reject) => {
    fail = reject;
  });
  const lost = (): void => fail(new TrinhkyError('printFailed', { reason: 'browserLost' }));
  timer = setTimeout(() => fail(new TrinhkyError('printTooSlow', { limitMs: printMsMax })), printMsMax);
  browser.once('disconnected', lost);
  const work = async (): Promise<Uint8Array> => {
    page = await browser.newPage();
    page.once('error', (cause) => fail(new TrinhkyError('printFailed', { reason: 'pageCrashed' }, { cause })));
    await lock(page, printMsMax);
    await page.setContent(html, { waitUntil: 'load', timeout: printMsMax });
    return page.pdf({
      preferCSSPageSize: true,
      printBackground: true,
      tagged: options.tagged,
      outline: false,
      waitForFonts: false,
      timeout: printMsMax,
    });
  };
  try {
    return await Promise.race([work(), failure]);
  } catch (error) {
    throw await explained(error, browser, page);
  } finally {
    clearTimeout(timer);
    browser.off('disconnected', lost);
    void page?.close().catch(() => undefined);
  }
}

async function lock(page: Page, printMsMax: number): Promise<void> {
  page.setDefaultTimeout(printMsMax);
  page.on('request', (request) => void request.abort('blockedbyclient').catch(() => undefined));
  await Promise.all([page.setJavaScriptEnabled(false), page.setOfflineMode(true), page.setRequestInterception(true)]);
}

async function explained(error: unknown, browser: Browser, page: Page | undefined): Promise<TrinhkyError> {
  if (error instanceof TrinhkyError && error.code !== 'printTooSlow') {
    return error;
  }
  if (error instanceof TrinhkyError) {
    const closed = page !== undefined && (await within(pageCloseMsMax, page.close()));
    return new TrinhkyError('printTooSlow', { ...error.params, pageStuck: !closed });
  }
  const reason = browser.connected ? (error instanceof Error ? error.message : String(error)) : 'browserLost';
  return new TrinhkyError('printFailed', { reason }, { cause: error });
}
