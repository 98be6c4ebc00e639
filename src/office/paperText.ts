import type { Appendix, Block, PaperContent } from './paper.js';

/**
 * A paper's content as plain text, a line for each paragraph, in the order of the form. The same content gives the same text, so places
 * in it stay true; read again it gives the clauses of the paper. Number, date and signature are not part of a content: their places
 * are left as a draft leaves them.
 */
export function textOfPaper(paper: PaperContent): string {
  return [
    ...present(paper.issuer.superior, paper.issuer.name),
    `Số:     /${paper.symbol}`,
    'CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM',
    'Độc lập - Tự do - Hạnh phúc',
    `${paper.place}, ngày     tháng     năm     `,
    ...present(paper.typeName, paper.title),
    ...(paper.addressees?.length ? ['Kính gửi:', ...paper.addressees.map((one) => `- ${one}`)] : []),
    ...present(paper.enacting?.by),
    ...paper.bases,
    ...present(paper.enacting?.word),
    ...paper.body.flatMap(linesOf),
    'Nơi nhận:',
    ...paper.recipients.map(({ name, purpose }) => `- ${name}${purpose === null ? '' : ` (${purpose})`};`),
    ...present(paper.archive === null ? null : `- ${paper.archive}.`),
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
