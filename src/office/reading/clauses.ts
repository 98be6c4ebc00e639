import type { Block } from '../paper.js';
import { dueInLabel, dueInSentence } from './dates.js';
import { findMarkers } from './markers.js';
import { headingUnits, type Item, outlineOf } from './outline.js';
import type { Clause, ClauseKind, Due, Section, UnitMention } from './planReading.js';
import { type Scraped, spanOf } from './scraped.js';
import { distinct, unitsInText } from './unitRoles.js';
import { afterUnitHeading, splitUnits, unitHeading } from './units.js';

/** What the body of a paper, or of the plan annexed to it, holds. */
export interface BodyReading {
  readonly sections: readonly Section[];
  readonly clauses: readonly Clause[];
  readonly blocks: readonly Block[];
  /** Places where the numbering does not follow on. */
  readonly skips: readonly { readonly text: string; readonly start: number; readonly end: number }[];
}

const OBJECTIVE = /mục\s+(?:đích|tiêu)|yêu\s+cầu|chỉ\s+tiêu|quan\s+điểm/iu;
const ORGANISATION = /tổ\s+chức\s+thực\s+hiện|kinh\s+phí|phân\s+công|trách\s+nhiệm\s+thực\s+hiện/iu;
// Sections that describe and order nothing.
const DESCRIPTION = /^(?:đối\s+tượng|phạm\s+vi|tình\s+hình|thực\s+trạng|đặc\s+điểm|bối\s+cảnh)/iu;
// A clause whose main content is to report, or to raise difficulties.
const REPORTS =
  /^(?:(?:Định kỳ|Cuối năm|H[àằ]ng (?:năm|quý|tháng))[^.;]{0,120}báo cáo|[Bb]áo cáo|(?:Tổng hợp,? )báo cáo)|nếu có (?:khó khăn|vướng mắc|phát sinh)|có khó khăn, vướng mắc[^.]*(?:báo cáo|phản ánh)/u;

/** Reads the body between `start` and `end`. `prefix` begins each path: empty, or `KH/` inside an annexed plan. */
export function readBody(scraped: Scraped, start: number, end: number, prefix: string): BodyReading {
  const markers = findMarkers(scraped.text, start, end);
  const items = outlineOf(scraped.text, markers, end, prefix);
  const sections: Section[] = [];
  const clauses: Clause[] = [];
  const kinds = new Map<Item, ClauseKind>();
  const paragraphs = new Map<Item | null, number>();
  const words = new Set(items.flatMap((item) => item.words));
  for (const item of items) {
    const kind = kindOf(item, kinds);
    kinds.set(item, kind);
    if (item.marker.kind === 'section')
      sections.push({ marker: `${prefix}${item.marker.value}`, title: titleOf(item.text), kind });
    else if (!words.has(item) && isLeaf(item)) clauses.push(clauseOf(scraped, item, kind, pathOf(item, prefix, paragraphs)));
  }
  const skips = markers
    .filter((marker) => marker.skips)
    .map(({ printed, start: at, textStart }) => ({ text: printed, start: at, end: textStart }));
  return { sections, clauses, blocks: blocksOf(scraped.text, items, markers, start, end), skips };
}

function titleOf(text: string): string {
  return text.replace(/[:.;\s]+$/, '');
}

function kindOf(item: Item, kinds: ReadonlyMap<Item, ClauseKind>): ClauseKind {
  if (item.marker.kind === 'article') return 'organisation';
  if (item.marker.kind === 'section') {
    if (ORGANISATION.test(item.text)) return 'organisation';
    return OBJECTIVE.test(item.text) && !/nhiệm\s+vụ/iu.test(item.text) ? 'objective' : 'directive';
  }
  return (item.parent && kinds.get(item.parent)) ?? 'directive';
}

/** Paragraphs are counted only where they are clauses of their own. */
function pathOf(item: Item, prefix: string, paragraphs: Map<Item | null, number>): string {
  if (item.marker.kind !== 'paragraph') return item.path;
  const count = (paragraphs.get(item.parent) ?? 0) + 1;
  paragraphs.set(item.parent, count);
  return `${item.parent ? `${item.parent.path}.` : prefix}¶${count}`;
}

function isLeaf(item: Item): boolean {
  if (item.marker.kind === 'paragraph' && (/:$/.test(item.text) || item.parent === null) && item.marker.value === '')
    return false;
  for (let above: Item | null = item; above; above = above.parent) {
    if (above.marker.kind !== 'dash' && above.children.length > 0 && DESCRIPTION.test(above.text)) return false;
  }
  if (item.marker.kind === 'dash') return true;
  return item.children.every((child) => child.marker.kind === 'paragraph');
}

function clauseOf(scraped: Scraped, item: Item, sectionKind: ClauseKind, path: string): Clause {
  const text = clauseText(item);
  const closing = item.marker.kind === 'paragraph' && /báo cáo|phản ánh/u.test(text) && item.marker.value !== '';
  const kind = sectionKind !== 'objective' && (closing || REPORTS.test(text)) ? 'reporting' : sectionKind;
  return {
    path,
    kind,
    text,
    units: kind === 'objective' ? labelledUnits(item) : unitsOf(item, text),
    due: dueOf(item, text),
    sourceSpan: spanOf(scraped, item.marker.start, item.reach),
  };
}

function clauseText(item: Item): string {
  const inline = afterUnitHeading(item.text);
  const own = inline && inline.rest !== '' ? inline.rest : item.text;
  const content = item.labels.filter((label) => label.kind === 'content').map((label) => label.text);
  const below = item.words.map((word) => word.text);
  const heading = below.length > 0 && (own === '' || /[^.;!?]$/.test(own));
  const parts = [...(heading ? [] : [own]), ...below, ...content].filter((part) => part !== '');
  return parts.length > 1 && content.length > 0 ? parts.join(': ') : parts.join(' ');
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
  const verb = /\s(?:(?:chủ trì|chủ động|có trách nhiệm|chịu trách nhiệm)\s[^;]*|trong phạm vi\s[^;]*?(?=;|$|\s+và\s+các\s))/gu;
  return splitUnits(text.replace(verb, '')).map((name) => name.replace(/^và\s+/u, ''));
}

const GROUP = /^(?:Các|các)\s/u;

function unitsOf(item: Item, text: string): UnitMention[] {
  const labelled = labelledUnits(item);
  if (labelled.length > 0) return labelled;
  const heading = headingUnits(item);
  const own = unitsInText(text, true);
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

/** The body as it is printed: nothing between `start` and `end` is left out. */
function blocksOf(
  text: string,
  items: readonly Item[],
  markers: readonly { start: number; textStart: number; printed: string; label: string | null }[],
  start: number,
  end: number,
): Block[] {
  const blocks: Block[] = [];
  const first = markers[0]?.start ?? end;
  const intro = text.slice(start, first).replace(/\s+/g, ' ').trim();
  if (intro !== '') blocks.push({ kind: 'paragraph', marker: null, level: 0, text: intro });
  const byStart = new Map(items.map((item) => [item.marker.start, item]));
  markers.forEach((marker, i) => {
    const item = byStart.get(marker.start);
    const whole = text.slice(item ? marker.textStart : marker.start, markers[i + 1]?.start ?? end);
    const words = whole.replace(/\s+/g, ' ').trim();
    if (item) blocks.push(blockOf(item, words));
    else blocks.push({ kind: 'paragraph', marker: null, level: 3, text: words });
  });
  return blocks;
}

function blockOf(item: Item, text: string): Block {
  const { kind, printed } = item.marker;
  if (kind === 'section') return { kind: 'heading', level: 1, marker: printed, text };
  const heading =
    item.children.some((child) => child.marker.kind !== 'paragraph') || item.words.length > 0 || unitHeading(text) !== null;
  if ((kind === 'number' || kind === 'article') && heading) return { kind: 'heading', level: 2, marker: printed, text };
  const levels = { article: 1, number: 1, letter: 2, dash: 2, plus: 3, paragraph: 0, label: 3 } as const;
  return { kind: 'paragraph', marker: printed === '' ? null : printed, level: levels[kind], text };
}
