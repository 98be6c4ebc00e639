import type { Json, JsonObject } from '../../engine/json.js';
import { indexOf } from '../organisation/directory.js';
import { atIssue } from '../papers/atIssue.js';
import { numberAndSymbol } from '../papers/paper.js';
import { printedDay } from '../papers/printedWords.js';
import { documentType } from '../papers/symbols.js';
import type { RegisterNumber, RegisterPaper, RegisterSource } from './data.js';

/** A text of a context; empty where it has none. */
export function textIn(context: JsonObject, field: string): string {
  const value = context[field];
  return typeof value === 'string' ? value : '';
}

/** A day of a context as it is printed; empty where it has none. */
export function dayIn(context: JsonObject, field: string): string {
  const day = textIn(context, field);
  return day === '' ? '' : printedDay(day);
}

export function unitName(source: Pick<RegisterSource, 'directory'>, id: string): string {
  return indexOf(source.directory).unit.get(id)?.name ?? id;
}

export function personName(source: Pick<RegisterSource, 'directory'>, id: string): string {
  return indexOf(source.directory).person.get(id)?.name ?? id;
}

export function textsIn(value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}

/** Number and symbol of a row, with the year where its series wants it; of numbers that were taken over the range. */
export function codeOf(source: Pick<RegisterSource, 'directory'>, row: RegisterNumber): string {
  if (row.status === 'takenOver') return row.number === 1 ? '01' : `01 – ${numberAndSymbol(row.number, '').replace('/', '')}`;
  const series = source.directory.authority.papers?.series?.find(({ id }) => id === row.series);
  return numberAndSymbol(row.number, row.symbol, series?.withYear === true ? row.year : null);
}

/** Type and subject of a paper of one's own: `Kế hoạch triển khai ...`; an official letter has only its subject. */
export function subjectOf(paper: RegisterPaper | undefined): string {
  if (paper === undefined) return '';
  const title = textIn(paper.context, 'title');
  const type = documentType(textIn(paper.context, 'type'));
  if (type === undefined || !type.symbolled) return title;
  return title.toLocaleLowerCase('vi').startsWith(type.name.toLocaleLowerCase('vi')) ? title : `${type.name}: ${title}`;
}

/** To whom a paper went: its deliveries, else the units that its context names. */
export function recipientsOf(source: RegisterSource, paper: RegisterPaper): readonly string[] {
  const deliveries = source.deliveries.get(paper.id) ?? [];
  if (deliveries.length > 0) return deliveries.map(({ context }) => textIn(context, 'name'));
  return textsIn(atIssue(paper.context, 'sentTo')).map((id) => unitName(source, id));
}
