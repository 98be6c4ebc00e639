import { makePrinter } from '../../src/documents/printer.js';
import { archivePapers } from './archivePapers.js';

/** Prints papers by name, last first and all at once, and tells their hashes. Arguments: cache folder, names. */
const [cacheFolder = '', ...names] = process.argv.slice(2);
const printer = makePrinter({ cacheFolder });
const papers = archivePapers();
const hashes = await Promise.all(
  names.reverse().map(async (name) => {
    const paper = papers[name];
    if (paper === undefined) throw new Error(name);
    return [name, (await printer.print(paper)).hash] as const;
  }),
);
await printer.close();
process.send?.({
  hashes: Object.fromEntries(hashes),
  zone: new Date(0).getTimezoneOffset(),
  language: new Intl.NumberFormat().resolvedOptions().locale,
});
