import { createHash } from 'node:crypto';
import type { Printer } from '../commands/printing.js';
import { makeBrowserPool } from './browserPool.js';
import { finished } from './finish.js';
import { paperTemplate, sheetTemplate } from './html.js';
import { checkOutput, checkText } from './outputCheck.js';
import type { BrowserPoolOptions } from './printLimits.js';
import { viewOf } from './view.js';

/**
 * The printer of official papers: view, page, PDF, fixed dates, and the print read back. The same paper under the same
 * versions of browser, font and template gives the same bytes. Errors as the port says (commands/printing.ts), and
 * `busy` when too many papers wait.
 */
export function makePrinter(options: BrowserPoolOptions): Printer {
  const pool = makeBrowserPool(options);
  return {
    async print(paper) {
      const view = viewOf(paper);
      const template = paperTemplate();
      const printed = await pool.print(template.render(view), { tagged: paper.final });
      const bytes = finished(printed.bytes, paper.issuedOn);
      const pages = await checkOutput(bytes, view);
      const hash = createHash('sha256').update(bytes).digest('hex');
      return { bytes, hash, pages, versions: { browser: printed.browser, font: printed.font, template: template.version } };
    },
    async printSheet(sheet) {
      const template = sheetTemplate(sheet.template);
      const printed = await pool.print(template.render(sheet.view), { tagged: true });
      const bytes = finished(printed.bytes, sheet.day);
      const pages = await checkText(bytes, sheet.mustShow);
      const hash = createHash('sha256').update(bytes).digest('hex');
      return { bytes, hash, pages, versions: { browser: printed.browser, font: printed.font, template: template.version } };
    },
    close: () => pool.close(),
  };
}
