import mammoth from 'mammoth';
import { TrinhkyError } from '../../errors.js';
import { withNumbers } from './docxNumbers.js';
import { intakeCharsMax } from './limits.js';
import type { XmlParts } from './zipCheck.js';
import { storedZip } from './zipWrite.js';

/** What mammoth makes of a document, as far as its words are concerned. */
interface Node {
  readonly type: string;
  readonly value?: string;
  readonly font?: string | null;
  readonly checked?: boolean;
  readonly children?: readonly Node[];
}

/** Fonts whose letters are drawn by an older code: the characters stored under them are not the ones people see. */
const OLD_FONT = /^(?:\.Vn|VNI[- ]|VNtimes|Vn[A-Z][a-z]+\d?$)/;
/** A table that only sets things side by side: the head with its motto, the end with recipients and signature. */
const LAYOUT = /CỘNG\s+(?:HÒA|HOÀ)\s+XÃ\s+HỘI|Nơi\s+nhận|KÍNH\s+GỬI|^\s*Số\s*:/iu;
const LAYOUT_ROWS_MAX = 4;
const depthMax = 200;

/**
 * The words of a .docx: a line for each paragraph, `| a | b |` for each row of a table; tables that only lay out head and end are
 * told cell by cell. Numbers that the word processor draws by itself stand before their paragraphs. Nothing outside the file is ever asked for.
 * Throws `fileEncodingOld` {font} where most of it is set in a font of an older code, `fileTooLarge`, `fileUnreadable`.
 */
export async function docxText(parts: XmlParts): Promise<string> {
  let body: Node = { type: 'document' };
  // The document's tree is all that is wanted; an empty one is given on, so that no HTML and no picture is made.
  const transformDocument = (document: Node): Node => {
    body = document;
    return { ...document, children: [] };
  };
  try {
    await mammoth.convertToHtml(
      { buffer: numbered(parts) },
      { transformDocument, externalFileAccess: false, includeEmbeddedStyleMap: false },
    );
  } catch (cause) {
    throw new TrinhkyError('fileUnreadable', { reason: 'damaged' }, { cause });
  }
  refuseOldFonts(body);
  const text = blocksOf(body.children ?? [], 0)
    .join('\n')
    .normalize('NFC');
  if (text.length > intakeCharsMax) throw new TrinhkyError('fileTooLarge', { charsMax: intakeCharsMax });
  return text;
}

/** The XML parts alone, with the numbers written out: pictures are not wanted, and what they hold is never unpacked again. */
function numbered(parts: XmlParts): Buffer {
  const textOf = (name: string): string => parts.get(name)?.toString('utf8') ?? '';
  const document = withNumbers(textOf('word/document.xml'), textOf('word/numbering.xml'), textOf('word/styles.xml'));
  const entries = [...parts].map(([name, data]) => ({ name, data: name === 'word/document.xml' ? Buffer.from(document) : data }));
  return storedZip(entries);
}

function blocksOf(nodes: readonly Node[], depth: number): string[] {
  if (depth > depthMax) throw new TrinhkyError('fileHostile', { reason: 'depth' });
  return nodes.flatMap((node) => {
    if (node.type === 'table') return tableLines(node, depth + 1);
    if (node.type === 'paragraph') return [inline(node, depth + 1)];
    return node.children === undefined ? [inline(node, depth + 1)] : blocksOf(node.children, depth + 1);
  });
}

function tableLines(table: Node, depth: number): string[] {
  const rows = (table.children ?? []).map((row) =>
    (row.children ?? []).map((cell) =>
      blocksOf(cell.children ?? [], depth + 1)
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    ),
  );
  const layout = rows.length <= LAYOUT_ROWS_MAX && rows.flat(2).some((line) => LAYOUT.test(line));
  if (layout) return rows.flat(2);
  return rows.map((cells) => `| ${cells.map((lines) => lines.join(' ').replaceAll('|', '/')).join(' | ')} |`);
}

function inline(node: Node, depth: number): string {
  if (depth > depthMax) throw new TrinhkyError('fileHostile', { reason: 'depth' });
  if (node.type === 'text') return node.value ?? '';
  if (node.type === 'tab') return '\t';
  if (node.type === 'break') return '\n';
  if (node.type === 'checkbox') return node.checked === true ? '☒' : '☐';
  return (node.children ?? []).map((child) => inline(child, depth + 1)).join('');
}

/** Half of the letters in such a font and none could be read: what came out would look like words and be none. */
function refuseOldFonts(body: Node): void {
  let old = 0;
  let all = 0;
  let font = '';
  const waiting: { node: Node; old: boolean }[] = [{ node: body, old: false }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { node } = next;
    const named = typeof node.font === 'string' ? node.font : null;
    const isOld = named === null ? next.old : OLD_FONT.test(named);
    if (isOld && named !== null) font = named;
    const letters = node.type === 'text' ? (node.value ?? '').replace(/\s/g, '').length : 0;
    all += letters;
    if (isOld) old += letters;
    for (const child of node.children ?? []) waiting.push({ node: child, old: isOld });
  }
  if (old * 2 > all) throw new TrinhkyError('fileEncodingOld', { font: font.slice(0, 40) });
}
