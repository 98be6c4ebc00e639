import { performance } from 'node:perf_hooks';
import type { Printer } from '../../src/commands/papers/printing.js';
import { letter, report } from '../../test/documents/samplePapers.js';
import { engineFolder } from './engine.js';
import type { Handlers, VariantOptions } from './variant.js';

export interface PrintAsk {
  readonly paper: 'letter' | 'report';
  readonly count: number;
  /** Prints under way at once. */
  readonly atOnce: number;
}

/** A report of about nine pages: sixteen units in seven parts. */
const longReport = { units: 16, parts: 7 };

/** The printer alone, with its one browser. */
export function printingVariant({ built, cacheFolder }: VariantOptions): Handlers {
  let printer: Printer | null = null;
  return {
    async start() {
      const { makePrinter } = (await import(
        new URL('documents/printer.js', engineFolder(built)).href
      )) as typeof import('../../src/documents/printer.js');
      const browserPath = process.env['TRINHKY_BROWSER'];
      printer = makePrinter({ cacheFolder: `${cacheFolder}/browser`, ...(browserPath === undefined ? {} : { browserPath }) });
    },
    async print(argument) {
      const { paper, count, atOnce } = argument as PrintAsk;
      const made = paper === 'letter' ? letter() : report(longReport.units, longReport.parts);
      let pages = 0;
      let left = count;
      const begun = performance.now();
      const work = async (): Promise<void> => {
        while (left-- > 0) pages = (await (printer as Printer).print(made)).pages;
      };
      await Promise.all(Array.from({ length: atOnce }, work));
      return { pages, elapsedMs: performance.now() - begun };
    },
    stop: () => printer?.close(),
  };
}
