import { createHash } from 'node:crypto';
import type { Printed, Printer } from '../commands/papers/printing.js';
import type { Paper } from '../office/papers/paper.js';
import { makeBrowserPool } from './browserPool.js';
import { type Finishing, finished, finishVersion } from './finish/finish.js';
import { paperTemplate, sheetTemplate } from './html.js';
import { checkOutput, checkText } from './outputCheck.js';
import type { BrowserPoolOptions } from './printLimits.js';
import { viewOf } from './view.js';

interface Page extends Finishing {
  readonly html: string;
  readonly template: string;
  /** Reads the print back; answers how many pages it has. */
  readonly check: (bytes: Uint8Array, drawn: number) => Promise<number>;
}

/**
 * The printer of official papers: view, page, PDF, finish, and the print read back. The same paper under the same
 * versions of browser, font, template and finish gives the same bytes, from any process, and whatever is printed beside it.
 * Final papers and sheets conform to PDF/A-2a and PDF/UA-1. Errors as the port says (commands/papers/printing.ts), and
 * `busy` when too many papers wait.
 */
export function makePrinter(options: BrowserPoolOptions): Printer {
  const pool = makeBrowserPool(options);
  const print = async ({ html, template, check, ...finishing }: Page): Promise<Printed> => {
    const printed = await pool.print(withFilledCells(html), { tagged: finishing.title !== null });
    const { bytes, drawn } = await finished(printed.bytes, finishing);
    const pages = await check(bytes, drawn);
    const hash = createHash('sha256').update(bytes).digest('hex');
    return { bytes, hash, pages, versions: { browser: printed.browser, font: printed.font, template, finish: finishVersion } };
  };
  return {
    async print(paper) {
      const view = viewOf(paper);
      const template = paperTemplate();
      const title = paper.final ? view.documentTitle : null;
      const check: Page['check'] = (bytes, drawn) =>
        checkOutput(bytes, view, {
          code: paper.final ? (paper.code ?? null) : null,
          pictures: { wanted: picturesOf(paper), drawn },
        });
      return print({ html: template.render(view), template: template.version, day: paper.issuedOn, title, check });
    },
    async printSheet({ view, day, title, mustShow, ...sheet }) {
      const template = sheetTemplate(sheet.template);
      const check: Page['check'] = (bytes) => checkText(bytes, mustShow);
      return print({ html: template.render(view), template: template.version, day, title, check });
    },
    close: () => pool.close(),
  };
}

function picturesOf({ final, pictures }: Paper): number {
  return final ? [pictures?.signature, pictures?.seal].filter((one) => one !== null && one !== undefined).length : 0;
}

/**
 * A blank in every empty cell: the browser gives a cell without text no tag, and a row with fewer cells than the others is a table that
 * no screen reader can tell (ISO 14289-1, 7.5). Content is escaped, so that the pattern meets cells of the templates alone.
 */
function withFilledCells(html: string): string {
  return html.replace(/(<t[dh](?:\s[^<>]*)?>)\s*(?=<\/t[dh]>)/g, '$1&nbsp;');
}
