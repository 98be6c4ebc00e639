import { type Appendix, type Block, type PaperContent, printedNumber, type SignatureBlock } from './paper.js';

/** What authority and register add to a content. */
export interface Issue {
  readonly number: number;
  /** `yyyy-mm-dd`. */
  readonly issuedOn: string;
  readonly signature: SignatureBlock;
}

/**
 * A paper's content as plain text, a line for each paragraph, in the order of the form. The same content gives the same text, so places
 * in it stay true; read again it gives the clauses of the paper. Of a paper that was not issued the number, date and signature are left as a
 * draft leaves them, and the tables of its appendices, which a reader finds behind the signature, are words only.
 */
export function textOfPaper(paper: PaperContent, issue: Issue | null = null): string {
  const { authority, capacity, title, name } = issue?.signature ?? { authority: null, capacity: null, title: null, name: null };
  const [year = '    ', month = '    ', day = '    '] = issue?.issuedOn.split('-') ?? [];
  return [
    ...present(paper.issuer.superior, paper.issuer.name),
    `Số: ${issue === null ? '    ' : printedNumber(issue.number)}/${paper.symbol}`,
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập - Tự do - Hạnh phúc',
    `${paper.place}, ngày ${day} tháng ${month} năm ${year}`,
    ...present(paper.typeName, paper.title),
    ...(paper.addressees?.length ? ['Kính gửi:', ...paper.addressees.map((one) => `- ${one}`)] : []),
    ...present(paper.enacting?.by),
    ...paper.bases,
    ...present(paper.enacting?.word),
    ...paper.body.flatMap(linesOf),
    'Nơi nhận:',
    ...paper.recipients.map(({ name: who, purpose }) => `- ${who}${purpose === null ? '' : ` (${purpose})`};`),
    ...present(paper.archive === null ? null : `- ${paper.archive}.`),
    ...present(authority, capacity, title, name),
    ...(paper.appendices ?? []).flatMap(appendixLines),
  ].join('\n');
}

function present(...lines: readonly (string | null | undefined)[]): string[] {
  return lines.filter((line): line is string => typeof line === 'string' && line !== '');
}

function appendixLines({ marker, title, body }: Appendix): string[] {
  return [marker.toLocaleUpperCase('vi'), ...present(title), ...body.flatMap(linesOf)];
}

function linesOf(block: Block): string[] {
  if (block.kind === 'table') return [...present(block.caption), row(block.head), ...block.rows.map(row)];
  if (block.kind === 'chapter') return present(block.marker, block.text);
  if (block.kind === 'article') return [present(block.marker, block.title, block.text).join(' ')];
  return [present(block.marker, block.text).join(' ')];
}

function row(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replace(/\s+/g, ' ').trim()).join(' | ')} |`;
}
