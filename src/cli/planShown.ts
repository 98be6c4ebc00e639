import { readingWord } from '../locales/sentences.js';
import type { Clause, Finding, PlanReading, UnitMention } from '../office/reading/planReading.js';
import { wrapped } from './progress.js';
import { columnsDefault, type Session } from './session.js';
import { table } from './table.js';

const clauseCharsMax = 220;
const quotedCharsMax = 80;

/** A reading for people: head, sections with their clauses, reporting, recipients, signature, what to look at. Fits the terminal's width. */
export function shownReading(session: Session, reading: PlanReading): string {
  const width = session.io.columns ?? columnsDefault;
  const say = (key: string) => session.words.say(`plan.${key}`);
  const parts = [
    headOf(reading, say, width),
    clausesOf(session, reading, width),
    listOf(say('reporting'), reading.reporting.map(reportingLine(session)), width),
    listOf(
      say('recipients'),
      [
        ...reading.recipients.map(({ name, purpose }) => (purpose === null ? name : `${name} (${purpose})`)),
        ...(reading.archive === null ? [] : [`Lưu: ${reading.archive}`]),
      ],
      width,
    ),
    listOf(
      say('signature'),
      Object.values(reading.signature).filter((line): line is string => line !== null),
      width,
    ),
    findingsOf(session, reading.findings, width),
  ];
  return `${parts.filter((part) => part !== '').join('\n')}`;
}

type Say = (key: string) => string;

function headOf(reading: PlanReading, say: Say, width: number): string {
  const { issuer, number, symbol, place, issuedOn, type, title } = reading;
  const day = issuedOn === null ? null : issuedOn.split('-').reverse().join('/');
  const rows: [string, string | null][] = [
    [say('issuer'), issuer.superior === null ? issuer.name : `${issuer.name ?? ''} (${issuer.superior})`],
    [say('number'), number === null && symbol === null ? null : `${number ?? '…'}/${symbol ?? '…'}`],
    [say('day'), [place, day].filter((part) => part !== null).join(', ') || null],
    [say('title'), title],
    ...reading.bases.map(({ text }, i): [string, string] => [i === 0 ? say('bases') : '', text]),
  ];
  const name = type === null ? '' : `${type.toUpperCase()}\n\n`;
  return `${name}${table(
    null,
    rows.map(([label, text]) => [label, text ?? say('absent')]),
    width,
  )}`;
}

/** Clauses under the headings of their sections; under each its units and its end. */
function clausesOf(session: Session, { clauses, sections }: PlanReading, width: number): string {
  const indent = Math.max(0, ...clauses.map(({ path }) => path.length)) + 4;
  let current = '';
  const lines: string[] = [];
  for (const clause of clauses) {
    const section = sections.findLast(({ marker }) => clause.path === marker || clause.path.startsWith(`${marker}.`));
    if (section && section.marker !== current) {
      current = section.marker;
      lines.push('', ...wrapped(`${section.marker}. ${section.title}`, width - 1));
    }
    const cut = clause.text.length > clauseCharsMax ? `${clause.text.slice(0, clauseCharsMax - 1)}…` : clause.text;
    const told = [`[${readingWord(session.words.language, 'clauseKinds', clause.kind)}] ${cut}`, ...factsOf(session, clause)];
    const rows = told.flatMap((text) => wrapped(text, width - indent - 1));
    for (const [i, row] of rows.entries()) lines.push(`${(i === 0 ? `  ${clause.path}` : '').padEnd(indent)}${row}`);
  }
  return lines.length === 0 ? '' : `${lines.join('\n').replace(/^\n/, '')}\n`;
}

function factsOf({ words }: Session, { units, due }: Clause): string[] {
  const named = (role: UnitMention['role']) =>
    units
      .filter((unit) => unit.role === role)
      .map(({ name }) => name)
      .join('; ');
  const day = due?.date ? ` (${due.date.split('-').reverse().join('/')})` : '';
  return [
    ...(named('lead') === '' ? [] : [`${words.say('plan.lead')}: ${named('lead')}`]),
    ...(named('coordinate') === '' ? [] : [`${words.say('plan.coordinate')}: ${named('coordinate')}`]),
    ...(due === null ? [] : [`${words.say('plan.due')}: ${due.text}${day}`]),
  ];
}

function reportingLine({ words }: Session): (duty: PlanReading['reporting'][number]) => string {
  return ({ by, to, through, frequency, due }) => {
    const way = through === null ? '' : ` (${words.say('plan.through')} ${through})`;
    const when = [frequency, due].filter((part) => part !== null).join('; ');
    return `${by ?? words.say('plan.unsaid')} → ${to ?? words.say('plan.unsaid')}${way}${when === '' ? '' : `: ${when}`}`;
  };
}

function listOf(title: string, lines: readonly string[], width: number): string {
  if (lines.length === 0) return '';
  return `${title}\n${lines.map((line) => table(null, [['  -', line]], width)).join('')}`;
}

function findingsOf({ words }: Session, findings: readonly Finding[], width: number): string {
  if (findings.length === 0) return `${words.say('plan.nothingFound')}\n`;
  const quoted = (text: string) => (text.length > quotedCharsMax ? `${text.slice(0, quotedCharsMax - 1)}…` : text);
  const rows = findings.map(({ code, severity, text }) => [
    `  ${readingWord(words.language, 'readingSeverities', severity)}`,
    `${readingWord(words.language, 'readingFindings', code)}${text === '' ? '' : ` “${quoted(text)}”`}`,
  ]);
  return `${words.say('plan.findings')}\n${table(null, rows, width)}`;
}
