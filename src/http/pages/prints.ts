import type { Rendition } from '../../commands/papers/filePorts.js';
import { recordedPaper } from '../../commands/papers/printRecord.js';
import { word } from '../../locales/sentences.js';
import type { Paper } from '../../office/papers/paper.js';
import { maySeeSheet } from '../api/approvalSheet.js';
import type { InstanceCall } from '../edge.js';
import { maySee } from '../renditionAccess.js';
import { instantInWords } from './dates.js';

/** The prints of an instance that its reader may see. */
export async function printsFor(call: InstanceCall): Promise<readonly Rendition[]> {
  const { authority, id } = call.view.instance;
  const all = await call.edge.app.deps.store.renditions.listOf(authority, id);
  return all.filter((one) => maySee(call, one));
}

const drafts: readonly Rendition['mode'][] = ['draft', 'sheet'];

/** The paper as it was printed with its number, where the reader may see such a print of the present text; else null. */
export async function printedPaper(call: InstanceCall, prints: readonly Rendition[]): Promise<Paper | null> {
  const { authority, content } = call.view.instance;
  const record = prints.find((one) => !drafts.includes(one.mode) && one.content === content)?.versions.paper;
  const { kept } = call.edge.app.deps.store.contents;
  return typeof record === 'string' ? recordedPaper({ contents: { get: kept } }, authority, record) : null;
}

export interface PrintView {
  readonly href: string;
  readonly label: string;
  /** What kind of file it is, how long, of when; or what is to be known of it. */
  readonly about: string;
}

/** The prints as links, and the approval sheet as it stands now for whoever may see it. */
export function printViews(call: InstanceCall, prints: readonly Rendition[]): readonly PrintView[] {
  const own = `/api/v1/instances/${encodeURIComponent(call.view.instance.id)}`;
  const stored = prints.map(({ hash, mode, name, pages, at }) => ({
    href: `${own}/renditions/${hash}`,
    label: word(call.language, `${mode}Rendition`),
    about: [name, word(call.language, 'pages', { count: pages }), instantInWords(at)].join(' · '),
  }));
  if (!maySeeSheet(call)) return stored;
  const now = {
    href: `${own}/approval-sheet`,
    label: word(call.language, 'sheetNow'),
    about: word(call.language, 'sheetNowNote'),
  };
  return [...stored, now];
}
