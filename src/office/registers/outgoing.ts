import { isObject } from '../../engine/json.js';
import { textAtIssue } from '../papers/atIssue.js';
import { printedDay } from '../papers/printedWords.js';
import { dayOf } from '../time/clock.js';
import { codeOf, dayIn, personName, recipientsOf, subjectOf, textIn, unitName } from './cells.js';
import type { RegisterNumber, RegisterPaper, RegisterRow, RegisterSource } from './data.js';
import { noteOf } from './notes.js';
import { phrase } from './words.js';

/**
 * Sổ đăng ký văn bản đi: one row for each number, whatever became of it. Signer, recipients and the like stand only in the row of
 * the number that the paper bears.
 */
export function outgoingRows(source: RegisterSource): readonly RegisterRow[] {
  return source.numbers.map((row) => {
    const paper = row.document === null ? undefined : source.papers.get(row.document);
    const borne = row.status === 'used' && paper !== undefined;
    const [code, day, subject] = [codeOf(source, row), row.status === 'takenOver' ? '' : printedDay(row.day), subjectOf(paper)];
    const more = borne ? borneCells(source, paper) : ['', '', '', '', ''];
    return { cells: [code, day, subject, ...more, '', noteOf(source.language, row, paper)], muted: !borne };
  });
}

function borneCells(source: RegisterSource, paper: RegisterPaper): readonly string[] {
  const { context } = paper;
  const signer = isObject(context['signature']) ? textIn(context['signature'], 'name') : '';
  const recipients = recipientsOf(source, paper);
  const unit = textAtIssue(context, 'draftingUnit');
  const archive = [phrase(source.language, 'clerk'), ...(unit === '' ? [] : [unitName(source, unit)])].join('; ');
  const copies = recipients.length === 0 ? '' : String(recipients.length);
  return [signer, recipients.join('; '), archive, copies, dayIn(context, 'sentOn')];
}

/** Sổ gửi văn bản đi bưu điện: what went by post in the period, by the day of sending. */
export function postRows(source: RegisterSource): readonly RegisterRow[] {
  const rows = source.numbers.flatMap((row) => sentByPost(source, row));
  return rows.sort((a, b) => (a.on < b.on ? -1 : a.on > b.on ? 1 : 0)).map(({ cells }) => ({ cells, muted: false }));
}

function sentByPost(source: RegisterSource, row: RegisterNumber): { readonly on: string; readonly cells: readonly string[] }[] {
  const paper = row.document === null ? undefined : source.papers.get(row.document);
  const on = paper === undefined ? '' : textIn(paper.context, 'sentOn');
  if (row.status !== 'used' || paper === undefined || on < source.from || on > source.to) return [];
  return (source.deliveries.get(paper.id) ?? [])
    .filter(({ context }) => context['channel'] === 'post')
    .map(({ context }) => ({ on, cells: [printedDay(on), codeOf(source, row), textIn(context, 'name'), '', '', ''] }));
}

/** Sổ sử dụng bản lưu: who opened the issued file of a paper. Signatures and days of return are for copies on paper, by hand. */
export function archivedCopyRows(source: RegisterSource): readonly RegisterRow[] {
  const codes = new Map(source.numbers.map((row) => [row.document ?? '', row]));
  return source.uses.map(({ at, person, paper: id }) => {
    const paper = source.papers.get(id);
    const row = codes.get(id);
    const code = row === undefined ? '' : `${codeOf(source, row)}, ${printedDay(row.day)}`;
    const file = paper === undefined ? '' : textIn(paper.context, 'fileNotation');
    const note = phrase(source.language, 'electronic');
    const cells = [printedDay(dayOf(at)), personName(source, person), code, subjectOf(paper), file, '', '', '', note];
    return { cells, muted: false };
  });
}
