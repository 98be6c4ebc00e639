import { clauseInSentence } from '../papers/agencyName.js';
import { shortened } from '../papers/printedWords.js';
import { type Drafted, type DraftInput, frameSource, mergedParagraph, rollupSource, said, saidInTurn } from './draftPart.js';
import type { NarrativeItem } from './form.js';
import { type MergeRule, mergeTold, type Told } from './merge.js';
import type { RollupClause, RollupUnit } from './rollup.js';
import { asSentence } from './sentences.js';

/**
 * Clause by clause: how its duties stand, then what units wrote, merged as the form says of each item. A duty without a report, and a
 * report on a clause whose duties are all released, are told too.
 */
export function resultsOf(input: DraftInput): readonly Drafted[] {
  const counted = new Map(input.rollup.clauses.map((clause) => [clause.clause, clause]));
  const told = [...new Set([...input.reports.values()].flatMap(({ sections }) => sections.map(({ clause }) => clause)))];
  const paths = [...counted.keys(), ...told.filter((clause) => !counted.has(clause))];
  return paths.flatMap((path, index) => {
    const title = counted.get(path)?.title ?? titleOf(input, path);
    const opening = `${clauseInSentence(path)} (${shortened(title)})`;
    const duty = counted.get(path);
    const head = said(`${index + 1}.`, `${opening}: ${dutyLine(duty)}`, rollupSource(input, `clause:${path}`));
    return [head, ...narrativesOf(input, path)];
  });
}

function titleOf({ reports }: DraftInput, path: string): string {
  for (const { sections } of reports.values()) {
    const found = sections.find(({ clause }) => clause === path);
    if (found !== undefined) return found.title;
  }
  return path;
}

function dutyLine(duty: RollupClause | undefined): string {
  if (duty === undefined) return 'không còn việc đang giao.';
  const { total, early, onTime, late, running, overdue, notStarted } = duty;
  const done = early + onTime + late;
  const times = [
    ...(early > 0 ? [`${early} việc trước hạn`] : []),
    ...(onTime > 0 ? [`${onTime} việc đúng hạn`] : []),
    ...(late > 0 ? [`${late} việc quá hạn`] : []),
  ];
  const open = [
    ...(running > 0 ? [`đang thực hiện trong hạn ${running} việc`] : []),
    ...(overdue > 0 ? [`đang thực hiện quá hạn ${overdue} việc`] : []),
    ...(notStarted > 0 ? [`chưa thực hiện ${notStarted} việc`] : []),
  ];
  const finished = done === 0 ? 'chưa có việc nào hoàn thành' : `đã hoàn thành ${done} việc (${times.join(', ')})`;
  return `giao ${total} việc; ${[finished, ...open].join('; ')}.`;
}

/** What the accepted reports of the roll-up's units say on one item of one clause, or once where the clause is null. */
export function toldOn(input: Pick<DraftInput, 'rollup' | 'reports'>, code: string, clause: string | null): readonly Told[] {
  return input.rollup.units.flatMap((unit: RollupUnit): readonly Told[] => {
    const report = input.reports.get(unit.report);
    if (report === undefined || unit.content === null) return [];
    const answers =
      clause === null ? [report.answers] : report.sections.filter((one) => one.clause === clause).map((one) => one.answers);
    return answers.flatMap((given) => {
      const text = given[code];
      const { name, report: id, content } = unit;
      return typeof text === 'string' && text.trim() !== ''
        ? [{ unit: unit.unit, name, report: id, content: content ?? '', text }]
        : [];
    });
  });
}

function narrativesOf(input: DraftInput, clause: string): readonly Drafted[] {
  return input.form.perDuty.flatMap((one) =>
    one.kind === 'narrative'
      ? mergedBlocks(input, toldOn(input, one.code, clause), { of: `${one.code}@${clause}`, rule: one.merge, level: 2 })
      : [],
  );
}

interface MergeAs {
  readonly of: string;
  readonly rule: MergeRule;
  readonly level: 1 | 2 | 3;
}

/** The paragraphs of one item by a rule of merging, and a sentence on those whose texts are not among them. */
export function mergedBlocks(
  input: Pick<DraftInput, 'rollupHash'>,
  told: readonly Told[],
  { of, rule, level }: MergeAs,
): readonly Drafted[] {
  const { paragraphs, left } = mergeTold(told, rule);
  const blocks = paragraphs.map((merged) => mergedParagraph(merged, of, '-', level));
  if (left.length === 0 || rule === 'byHand') return blocks;
  const rest = `Nội dung báo cáo của ${left.length} đơn vị khác được lưu trong hồ sơ tổng hợp.`;
  return [...blocks, said('-', rest, rollupSource(input, `more:${of}`), level)];
}

/** What the form asks once in words: difficulties, proposals ... each under its own title. */
export function onceNarratives(input: DraftInput): readonly Drafted[] {
  const items = input.form.once.filter((one): one is NarrativeItem => one.kind === 'narrative');
  return items.flatMap((one, index) => {
    const blocks = mergedBlocks(input, toldOn(input, one.code, null), { of: one.code, rule: one.merge, level: 2 });
    if (blocks.length === 0) return [];
    return [
      said(`${index + 1}.`, asSentence(`${one.label.vi}:`).replace(/\.$/u, ':'), frameSource(`item:${one.code}`)),
      ...blocks,
    ];
  });
}

/** Yes or no, as counts in sentences. */
export function yesNoOf(input: DraftInput): readonly Drafted[] {
  const lines = input.rollup.yesNo.filter(({ of }) => of > 0);
  // Over a year a unit answers once in each of its reports.
  const counted = input.rollup.parts.length > 0 ? 'lượt báo cáo' : 'đơn vị';
  return lines.map(({ code, label, yes, of }) =>
    saidInTurn('-', [
      { text: `${clauseLabel(code, label)}: ${yes}/${of} ${counted} trả lời có.`, source: rollupSource(input, `yesNo:${code}`) },
    ]),
  );
}

/** A label with the clause that its code names. */
export function clauseLabel(code: string, label: string): string {
  const [, clause] = code.split('@');
  return clause === undefined ? label : `${label} (${lower(clauseInSentence(clause))})`;
}

const lower = (text: string): string => `${text.charAt(0).toLowerCase()}${text.slice(1)}`;
