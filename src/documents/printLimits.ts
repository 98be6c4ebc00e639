/** All bounds of printing. Two pages at once are the most that two cores reward; more only adds latency. */
export const printLimits = {
  /** From the page's opening to its PDF. */
  printMsMax: 30_000,
  pagesAtOnceMax: 2,
  printQueueMax: 64,
  htmlCharsMax: 8_000_000,
  /** A browser grows with what it prints, so it is replaced in time. */
  printsPerBrowserMax: 500,
  browserBytesMax: 900 * 1024 * 1024,
  /** How often the memory is looked at. */
  printsPerMemoryCheck: 25,
  backOffMsMin: 200,
  backOffMsMax: 10_000,
};
export type PrintLimits = typeof printLimits;

export interface BrowserPoolOptions {
  /** The browser's program; without it one is looked for (browserFind.ts). */
  readonly browserPath?: string;
  /** For the unpacked browser, its profiles and the font configuration; made private. */
  readonly cacheFolder: string;
  readonly onWarning?: (text: string) => void;
  readonly limits?: Partial<PrintLimits>;
}
