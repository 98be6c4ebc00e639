import { TrinhkyError } from '../errors.js';
import { groupBytes } from './browser.js';
import { type BrowserKeeper, makeBrowserKeeper, type Session } from './browserKeeper.js';
import { type PrintOptions, printPage } from './pages.js';
import type { BrowserPoolOptions, PrintLimits } from './printLimits.js';
import { printLimits } from './printLimits.js';
import { makePrintQueue } from './printQueue.js';

export interface BrowserPool {
  /**
   * Prints one HTML document in a page of its own. Throws `busy` when the queue is full, `printTooSlow` {limitMs} past
   * the deadline, `printFailed` {reason: 'tooLong' | 'browserLost' | 'pageCrashed' | 'closed'}, `browserMissing`.
   */
  print(
    html: string,
    options: PrintOptions,
  ): Promise<{ readonly bytes: Uint8Array; readonly browser: string; readonly font: string }>;
  /** Process id (and group) of the browser that runs now. */
  pid(): number | null;
  /** Ends the browser and fails what is being printed or waits; a later print starts a new browser. */
  close(): Promise<void>;
}

/** Makes a pool; nothing is started before the first print. */
export function makeBrowserPool(options: BrowserPoolOptions): BrowserPool {
  const limits: PrintLimits = { ...printLimits, ...options.limits };
  const keeper = makeBrowserKeeper(options, limits);
  const queue = makePrintQueue(limits.pagesAtOnceMax, limits.printQueueMax);
  return {
    async print(html, print) {
      if (html.length > limits.htmlCharsMax) {
        throw new TrinhkyError('printFailed', { reason: 'tooLong', limit: limits.htmlCharsMax });
      }
      const ticket = keeper.ticket();
      await queue.enter();
      try {
        const session = await keeper.session(ticket);
        const bytes = await printWith(keeper, session, html, print, limits);
        return { bytes, browser: session.version, font: session.fonts.version };
      } finally {
        queue.leave();
      }
    },
    pid: keeper.pid,
    async close() {
      queue.refuseAll(new TrinhkyError('printFailed', { reason: 'closed' }));
      await keeper.close();
    },
  };
}

async function printWith(
  keeper: BrowserKeeper,
  session: Session,
  html: string,
  print: PrintOptions,
  limits: PrintLimits,
): Promise<Uint8Array> {
  session.open += 1;
  session.prints += 1;
  try {
    const bytes = await printPage(session.browser, html, print, limits.printMsMax);
    keeper.praise();
    return bytes;
  } catch (error) {
    if (error instanceof TrinhkyError && error.params.pageStuck === true) {
      // a page that does not even close holds its renderer for ever: the browser goes with it
      keeper.drop(session);
    }
    throw error;
  } finally {
    session.open -= 1;
    if (session.retired || session.prints >= limits.printsPerBrowserMax || (await tooFat(session, limits))) {
      keeper.retire(session);
    }
  }
}

async function tooFat(session: Session, limits: PrintLimits): Promise<boolean> {
  const bytes = session.prints % limits.printsPerMemoryCheck === 0 ? await groupBytes(session.pid) : null;
  return (bytes ?? 0) > limits.browserBytesMax;
}
