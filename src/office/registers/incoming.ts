import { incomingCode } from '../papers/incoming.js';
import { numberAndSymbol, printedNumber } from '../papers/paper.js';
import { printedDay } from '../papers/printedWords.js';
import { dayIn, personName, textIn, textsIn, unitName } from './cells.js';
import type { RegisterNumber, RegisterPaper, RegisterRow, RegisterSource } from './data.js';
import { noteOf } from './notes.js';
import { phrase } from './words.js';

/** Sổ đăng ký văn bản đến: one row for each arrival number, in their order. */
export function incomingRows(source: RegisterSource): readonly RegisterRow[] {
  return source.numbers.map((row) => {
    const paper = row.document === null ? undefined : source.papers.get(row.document);
    if (row.status !== 'used' || paper === undefined) return bareRow(source, row, paper);
    const { context } = paper;
    return {
      muted: false,
      cells: [
        dayIn(context, 'receivedOn'),
        printedNumber(row.number),
        textIn(context, 'issuer'),
        incomingCode(context),
        dayIn(context, 'issuedOn'),
        subjectOf(paper),
        holdersOf(source, paper).join('; '),
        dayIn(context, 'directedOn'),
        '',
        urgencyOf(source, paper),
      ],
    };
  });
}

function bareRow(source: RegisterSource, row: RegisterNumber, paper: RegisterPaper | undefined): RegisterRow {
  const takenOver = row.status === 'takenOver';
  const day = takenOver ? '' : printedDay(row.day);
  const number = takenOver && row.number > 1 ? `01 – ${printedNumber(row.number)}` : printedNumber(row.number);
  return { cells: [day, number, '', '', '', '', '', '', '', noteOf(source.language, row, paper, true)], muted: true };
}

function subjectOf({ context }: RegisterPaper): string {
  return [textIn(context, 'typeName'), textIn(context, 'title')].filter((part) => part !== '').join(': ');
}

function urgencyOf({ language }: RegisterSource, { context }: RegisterPaper): string {
  const { urgency } = context;
  return urgency === 'hoaToc' || urgency === 'thuongKhan' || urgency === 'khan' ? phrase(language, urgency) : '';
}

/** Who has the paper: the lead unit, the person it was handed to, and the cooperating units. */
function holdersOf(source: RegisterSource, { context }: RegisterPaper): readonly string[] {
  const [lead, handler] = [textIn(context, 'leadUnit'), textIn(context, 'handler')];
  const others = textsIn(context['cooperating']).map((id) => unitName(source, id));
  return [
    ...(lead === '' ? [] : [unitName(source, lead)]),
    ...(handler === '' ? [] : [personName(source, handler)]),
    ...(others.length === 0 ? [] : [phrase(source.language, 'cooperating', { units: others.join(', ') })]),
  ];
}

/** Sổ theo dõi giải quyết văn bản đến: the registered papers of the period and how far each has come. */
export function followUpRows(source: RegisterSource): readonly RegisterRow[] {
  return source.numbers.flatMap((row) => {
    const paper = row.document === null ? undefined : source.papers.get(row.document);
    if (row.status !== 'used' || paper === undefined) return [];
    const { context } = paper;
    const [code, day] = [incomingCode(context), dayIn(context, 'issuedOn')];
    const what = [textIn(context, 'typeName'), code, day, textIn(context, 'issuer')].filter((part) => part !== '').join(', ');
    const cells = [
      printedNumber(row.number),
      what,
      holdersOf(source, paper).join('; '),
      dayIn(context, 'dueOn'),
      progressOf(source, paper),
      replyOf(source, paper),
      noReplyOf(source, paper),
    ];
    return [{ cells, muted: false }];
  });
}

function progressOf({ language }: RegisterSource, { state, context }: RegisterPaper): string {
  if (state === 'resolved') return phrase(language, 'resolved', { day: dayIn(context, 'resolvedOn') });
  if (state === 'filed') return phrase(language, 'filed');
  const noted = textIn(context, 'progress');
  if (noted !== '') return noted;
  if (textIn(context, 'handler') !== '') return phrase(language, 'handling');
  return phrase(language, state === 'underway' ? 'directed' : 'waiting');
}

function replyOf({ papers }: RegisterSource, { context }: RegisterPaper): string {
  const typed = textIn(context, 'replySymbol');
  const reply = papers.get(textIn(context, 'replyDocument'));
  const { number, symbol } = reply?.context ?? {};
  const linked = typeof number === 'number' && typeof symbol === 'string' ? numberAndSymbol(number, symbol) : '';
  return [...new Set([typed, linked].filter((part) => part !== ''))].join('; ');
}

function noReplyOf({ language }: RegisterSource, { context }: RegisterPaper): string {
  const reason = textIn(context, 'noReply');
  return reason === '' ? '' : phrase(language, 'noReply', { reason });
}
