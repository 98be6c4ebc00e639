import { TrinhkyError } from '../errors.js';
import { type BackOff, makeBackOff } from './backOff.js';
import { type RunningBrowser, startBrowser } from './browser.js';
import { findBrowser } from './browserFind.js';
import { type Fonts, prepareFonts } from './fonts.js';
import type { BrowserPoolOptions, PrintLimits } from './printLimits.js';
import { privateFolder } from './privateFolder.js';

/** One browser's time in use. */
export interface Session extends RunningBrowser {
  readonly fonts: Fonts;
  /** Pages it has been given. */
  prints: number;
  /** Pages open in it now. */
  open: number;
  /** It takes no new pages. */
  retired: boolean;
}

/** Keeps one browser running while there is something to print. */
export interface BrowserKeeper {
  /** Names the time between two calls of `close`. */
  ticket(): number;
  /**
   * The browser in use, started if there is none, after the back-off. Throws `browserMissing`, and `printFailed`
   * {reason: 'closed'} for a ticket from before a close.
   */
  session(ticket: number): Promise<Session>;
  /** A print came out: the back-off starts anew. */
  praise(): void;
  /** No new pages for it; it ends when its last page is done. */
  retire(session: Session): void;
  /** It misbehaves: kills it, and what it is printing fails. */
  drop(session: Session): void;
  pid(): number | null;
  /** Ends every browser, also those that still finish their last page. */
  close(): Promise<void>;
}

interface State {
  readonly options: BrowserPoolOptions;
  readonly backOff: BackOff;
  /** Every browser that has not ended yet. */
  readonly live: Set<Session>;
  current: Promise<Session> | null;
  running: Session | null;
  epoch: number;
}

export function makeBrowserKeeper(options: BrowserPoolOptions, limits: PrintLimits): BrowserKeeper {
  const backOff = makeBackOff(limits.backOffMsMin, limits.backOffMsMax);
  const state: State = { options, backOff, live: new Set(), current: null, running: null, epoch: 0 };
  return {
    ticket: () => state.epoch,
    session: (ticket) => sessionFor(state, ticket),
    praise: backOff.reset,
    retire(session) {
      forget(state, session);
      if (session.open === 0) {
        void finish(state, session);
      }
    },
    drop: (session) => drop(state, session),
    pid: () => state.running?.pid ?? null,
    async close() {
      state.epoch += 1;
      backOff.cancel();
      await state.current?.catch(() => null);
      await Promise.all(
        [...state.live].map(async (session) => {
          forget(state, session);
          await finish(state, session);
        }),
      );
    },
  };
}

async function sessionFor(state: State, ticket: number): Promise<Session> {
  state.current ??= start(state);
  const session = await state.current;
  if (ticket !== state.epoch) {
    throw new TrinhkyError('printFailed', { reason: 'closed' });
  }
  return session.retired ? sessionFor(state, ticket) : session;
}

async function start(state: State): Promise<Session> {
  try {
    await state.backOff.passed();
    const session = await open(state.options);
    state.live.add(session);
    state.running = session;
    session.browser.once('disconnected', () => drop(state, session));
    return session;
  } catch (error) {
    state.backOff.failed();
    state.current = null;
    throw error;
  }
}

async function open(options: BrowserPoolOptions): Promise<Session> {
  const cacheFolder = await privateFolder(options.cacheFolder);
  const found = await findBrowser({
    cacheFolder,
    ...(options.browserPath === undefined ? {} : { browserPath: options.browserPath }),
  });
  const fonts = await prepareFonts(cacheFolder);
  const browser = await startBrowser(found, fonts, cacheFolder, options.onWarning);
  return { ...browser, fonts, prints: 0, open: 0, retired: false };
}

function forget(state: State, session: Session): void {
  session.retired = true;
  if (state.running === session) {
    state.running = null;
    state.current = null;
  }
}

/** Also what happens when the browser is gone by itself; one that was to end anyway is no failure. */
function drop(state: State, session: Session): void {
  if (!session.retired) {
    state.backOff.failed();
  }
  forget(state, session);
  void finish(state, session, { atOnce: true });
}

async function finish(state: State, session: Session, options?: { atOnce: boolean }): Promise<void> {
  await session.end(options);
  state.live.delete(session);
}
