import type { Block } from '../papers/paper.js';
import { isAnswer } from './answers.js';
import { blocksOf } from './blocks.js';
import { dueInLabel, dueInSentence } from './dates.js';
import { describes, isFormula, isLeaf, kindOf, ordersSomething, ordersUnnumbered } from './kinds.js';
import { findMarkers } from './markers.js';
import { headingUnits, type Item, outlineOf, sentenceAbove } from './outline.js';
import type { Clause, ClauseKind, Due, Section, Span, UnitMention } from './planReading.js';
import { type Scraped, spanOf } from './scraped.js';
import { readTables, type TaskTable } from './tables.js';
import { splitUnits } from './unitLists.js';
import { distinct, ordersUnit, unitsInText } from './unitRoles.js';
import { afterUnitHeading, unitsAtHead } from './units.js';

/** What the body of a paper, or of the plan annexed to it, holds. */
export interface BodyReading {
  readonly sections: readonly Section[];
  readonly clauses: readonly Clause[];
  readonly blocks: readonly Block[];
  /** Places where the numbering does not follow on. */
  readonly skips: readonly { readonly text: string; readonly start: number; readonly end: number }[];
  /** Items that are no clauses: headings, description, and text of which the reader makes nothing. Ranges of the regular text. */
  readonly others: readonly Unheld[];
}

export interface Unheld {
  readonly what: 'opening' | 'heading' | 'description' | 'text' | 'closing';
  readonly start: number;
  readonly end: number;
}

// A clause whose main content is to report, or to raise difficulties.
const REPORTS =
  /^(?:(?:Định kỳ|Cuối năm|H[àằ]ng (?:năm|quý|tháng))[^.;]{0,120}báo cáo|[Bb]áo cáo|(?:Tổng hợp,? )báo cáo)|nếu có (?:khó khăn|vướng mắc|phát sinh)|có khó khăn, vướng mắc[^.]*(?:báo cáo|phản ánh)/u;

const REPORTS_FIRST = /^\s+(?:có trách nhiệm\s+)?(?:định kỳ[^.;,]{0,60}?\s)?(?:tổng hợp,?\s+)?(?:báo cáo|phản ánh)(?!\p{L})/u;

/** Reads the body between `start` and `end`. `prefix` begins each path: empty, or `KH/` inside an annexed plan. */
export function readBody(scraped: Scraped, [start, end]: Span, prefix: string, type: string | null): BodyReading {
  const tables = readTables(scraped, [start, end], () => '');
  const text = blankedTables(scraped.text, tables);
  const markers = findMarkers(text, start, end);
  const items = outlineOf(text, markers, end, prefix);
  const holders = new Map(tables.map((table) => [table, holderOf(items, table)]));
  const tabled = new Set([...holders.values()].filter((item) => item !== null && item.text.length <= tableTitleCharsMax));
  const kinds = new Map<Item, ClauseKind>();
  const paragraphs = new Map<Item | null, number>();
  const words = new Set(items.flatMap((item) => item.words));
  const sections: BodyReading['sections'][number][] = [];
  const clauses: Clause[] = [];
  const others: Unheld[] = [{ what: 'opening', start, end: markers[0]?.start ?? end }];
  // A letter or a notice may have no numbering at all: then its paragraphs order.
  const unnumbered = markers.every(({ kind }) => kind === 'paragraph' || kind === 'label');
  const answer = (type === null || type === 'Công văn') && isAnswer(text.slice(start, end));
  let begun = false;
  for (const item of items) {
    const kind = kindOf(item, kinds);
    kinds.set(item, kind);
    const section = item.marker.kind === 'section' || item.marker.kind === 'part';
    if (section) sections.push({ marker: `${prefix}${item.path.slice(prefix.length)}`, title: titleOf(item.text), kind });
    const able = !section && !words.has(item) && !tabled.has(item) && (!answer || ordersUnit(item.text));
    const leaf =
      able &&
      (unnumbered ? isLeaf(item, type) || ordersUnnumbered(item) : isLeaf(item, type) && (begun || ordersSomething(item)));
    if (leaf) clauses.push(clauseOf(scraped, item, kind, pathOf(item, prefix, paragraphs)));
    else {
      const what = begun ? whatIs(item, type, section || tabled.has(item)) : section ? 'heading' : 'opening';
      others.push({ what, start: item.marker.start, end: item.end });
    }
    if (leaf || item.marker.kind !== 'paragraph') begun = true;
  }
  for (const [table, holder] of holders) {
    const base = holder === null ? prefix : `${holder.path}.`;
    clauses.push(...table.clauses.map((clause) => ({ ...clause, path: `${base}${clause.path}` })));
  }
  clauses.sort((a, b) => a.sourceSpan[0] - b.sourceSpan[0]);
  const skips = markers
    .filter((marker) => marker.skips)
    .map(({ printed, start: at, textStart }) => ({ text: printed, start: at, end: textStart }));
  return { sections, clauses, blocks: blocksOf(scraped.text, items, markers, start, end), skips, others };
}

const tableTitleCharsMax = 160;

function blankedTables(text: string, tables: readonly TaskTable[]): string {
  let left = text;
  for (const { range } of tables) left = `${left.slice(0, range[0])}${' '.repeat(range[1] - range[0])}${left.slice(range[1])}`;
  return left;
}

/** The item under which a table stands: the last that began before it. */
function holderOf(items: readonly Item[], table: TaskTable): Item | null {
  return items.findLast((item) => item.marker.start < table.range[0]) ?? null;
}

function whatIs(item: Item, type: string | null, heading: boolean): Unheld['what'] {
  for (let above = item.parent; above; above = above.parent) if (describes(above, type)) return 'description';
  if (isFormula(item)) return 'closing';
  return heading || item.children.length > 0 || item.words.length > 0 ? 'heading' : 'text';
}

function titleOf(text: string): string {
  return text.replace(/[:.;\s]+$/, '');
}

/** Paragraphs are counted only where they are clauses of their own. */
function pathOf(item: Item, prefix: string, paragraphs: Map<Item | null, number>): string {
  if (item.marker.kind !== 'paragraph') return item.path;
  const count = (paragraphs.get(item.parent) ?? 0) + 1;
  paragraphs.set(item.parent, count);
  return `${item.parent ? `${item.parent.path}.` : prefix}¶${count}`;
}

function clauseOf(scraped: Scraped, item: Item, sectionKind: ClauseKind, path: string): Clause {
  const text = clauseText(item);
  const closing = item.marker.kind === 'paragraph' && /báo cáo|phản ánh/u.test(text) && item.marker.value !== '';
  const units = sectionKind === 'objective' ? labelledUnits(item) : unitsOf(item, text);
  const kind =
    sectionKind !== 'objective' && (closing || REPORTS.test(text) || whoReports(text, units)) ? 'reporting' : sectionKind;
  return {
    path,
    kind,
    text,
    units,
    due: dueOf(item, text),
    sourceSpan: spanOf(scraped, item.marker.start, item.reach),
  };
}

/** "Trưởng các thôn định kỳ báo cáo tiến độ ...": reporting is the first thing that the subject is to do. */
function whoReports(text: string, units: readonly UnitMention[]): boolean {
  const subject = units.find(({ name }) => text.startsWith(name));
  return subject !== undefined && REPORTS_FIRST.test(text.slice(subject.name.length));
}

function clauseText(item: Item): string {
  const inline = afterUnitHeading(item.text);
  const own = inline && inline.rest !== '' ? inline.rest : item.text;
  // As it stands in the text, so that the words of a clause can be found there: "Kiểm kê làng nghề - Nội dung: Kiểm kê ...".
  const content = item.labels.filter((label) => label.kind === 'content').map((label) => `${label.printed} ${label.text}`);
  const below = item.words.map((word) => word.text);
  const heading = below.length > 0 && (own === '' || /[^.;!?]$/.test(own));
  const parts = [...(heading ? [] : [own]), ...below, ...content].filter((part) => part !== '');
  return parts.join(' ');
}

function labelledUnits(item: Item): UnitMention[] {
  const mentions = item.labels.flatMap(({ kind, text }): UnitMention[] => {
    if (kind !== 'lead' && kind !== 'coordinate') return [];
    return labelNames(text).map((name) => ({ name, role: kind }));
  });
  return distinct(mentions);
}

/** A label holds a list, or a sentence for each unit ("Sở Nội vụ chủ trì tham mưu ...; Sở Tư pháp chủ động ..."). */
function labelNames(text: string): string[] {
  // A further sentence tells more of what is to be done.
  const parts = text.split(/\.\s+(?=\p{Lu}\p{Ll})/u, 1).flatMap((sentence) => sentence.split(/;\s+/u));
  return parts.flatMap((part) => {
    const names = namesOf(part);
    const subject = names.some((name) => name.length > labelNameCharsMax) ? unitsAtHead(part) : [];
    return subject.length > 0 ? subject : names;
  });
}

/** A longer name is a sentence: "Sở Y tế tiến hành rà soát ...". */
const labelNameCharsMax = 100;

function namesOf(text: string): string[] {
  const verb =
    /\s(?:(?:chủ trì|chủ động|có trách nhiệm|chịu trách nhiệm)\s[^;]*|theo (?:chức năng|nhiệm vụ|phân công|thẩm quyền)[^;]*|trong phạm vi\s[^;]*?(?=;|$|\s+và\s+các\s))/gu;
  return splitUnits(text.replace(verb, '')).map((name) => name.replace(/^và\s+/u, ''));
}

const GROUP = /^(?:Các|các)\s/u;

function unitsOf(item: Item, text: string): UnitMention[] {
  const labelled = labelledUnits(item);
  if (labelled.length > 0) return labelled;
  const heading = headingUnits(item);
  const own = unitsInText(text, true);
  const above = heading.length === 0 && !own.some(({ role }) => role === 'lead') ? sentenceAbove(item) : null;
  if (above !== null) return distinct([...unitsInText(above.replace(/:$/, '.'), true), ...own]);
  // "Các đơn vị thuộc Bộ" as heading, "Văn phòng Bộ ... chủ trì" in the clause: the named unit leads.
  const specific =
    heading.every((name) => GROUP.test(name)) && own.some(({ role, name }) => role === 'lead' && !GROUP.test(name));
  if (heading.length === 0 || specific) return own;
  return distinct([...heading.map((name): UnitMention => ({ name, role: 'lead' })), ...unitsInText(text, false)]);
}

function dueOf(item: Item, text: string): Due | null {
  const label = item.labels.find(({ kind }) => kind === 'due');
  return label ? dueInLabel(label.text) : dueInSentence(text);
}
