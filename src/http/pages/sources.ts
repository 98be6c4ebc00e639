import { isObject } from '../../commands/look.js';
import { labelOf, paperStored } from '../../commands/reporting/draft.js';
import { rollupStored } from '../../commands/reporting/givenRollup.js';
import { formStored } from '../../commands/reporting/takeRollup.js';
import { TrinhkyError } from '../../errors.js';
import { word } from '../../locales/sentences.js';
import { clauseLabel } from '../../office/reporting/draftResults.js';
import { printedDecimal } from '../../office/reporting/figures.js';
import type { FormItem, ReportForm } from '../../office/reporting/form.js';
import type { Answer, UnitReport } from '../../office/reporting/report.js';
import type { Rollup, RollupFigure } from '../../office/reporting/rollup.js';
import { sentencesOf } from '../../office/reporting/sentences.js';
import { placesOf, sourcesAt } from '../../office/reporting/sourced.js';
import type { Assets } from '../assets.js';
import type { InstanceCall } from '../edge.js';
import { personName } from '../names.js';
import { mayReadWork } from '../renditionAccess.js';
import { versionHref } from './consolidationPaper.js';
import { dayInWords, instantInWords } from './dates.js';
import { type PageAnswer, signedFrame } from './frame.js';
import { textIn } from './signView.js';

const HASH = /^[0-9a-f]{64}$/;
const entriesPerRead = 500;
const pathOf = (id: string): string => `/instances/${encodeURIComponent(id)}`;

interface Line {
  readonly unit: string;
  readonly value: string;
  readonly state: string;
  /** The exact version of the report; null where there is none. */
  readonly href: string | null;
}

/** What stands behind a sentence, a row or a figure of a consolidated paper: the reports with what each gave, each a link to that version. */
export async function sourcesPage(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  const { instance } = call.view;
  const { deps } = call.edge.app;
  // Those who only received the paper do not learn which report of whom stands behind it.
  if (!mayReadWork(call)) throw new TrinhkyError('notFound');
  const { paper, rollup: hash } = await paperStored(deps, instance);
  const rollup = await rollupStored(deps, instance.authority, hash);
  const { place = '', sentence } = call.query;
  const found = placesOf(paper.content).find((one) => one.place === place);
  if (rollup === null || found === undefined) throw new TrinhkyError('notFound');
  const at = sentence === undefined ? null : Number(sentence);
  const sources = sourcesAt(paper.sources, place, at);
  const lines = sources.flatMap((source): readonly Line[] => {
    if (source.kind === 'report') return [lineOf(call, rollup, source.report ?? '', '')];
    return source.kind === 'rollup' ? countedLines(call, rollup, source.of) : [];
  });
  const figure = figureBehind(
    rollup,
    sources.map(({ of }) => of),
  );
  const own = [...new Set(sources.flatMap(({ kind, of }) => (kind === 'own' ? [personName(call, of)] : [])))];
  const page = {
    ...signedFrame(call, assets, word(call.language, 'sourcesTitle')),
    back: {
      href: `${pathOf(instance.id)}/consolidation#b-${/^\/body\/(\d+)/.exec(place)?.[1] ?? '0'}`,
      title: textIn(instance.context, 'title', ''),
    },
    text: at === null ? found.text : (sentencesOf(found.text)[at] ?? found.text),
    figure: figure === null ? null : figureView(call, figure),
    taken: word(call.language, 'consolidationTaken', { at: instantInWords(rollup.takenAt) }),
    lines,
    counted: word(call.language, 'sourcesCount', { count: lines.length }),
    own: own.length === 0 ? null : word(call.language, 'sourceOwn', { person: own.join(', ') }),
    frame: lines.length === 0 && own.length === 0 ? word(call.language, 'source_frame') : null,
    before: rollup.before,
  };
  return { kind: 'page', status: 200, template: 'sources', view: page };
}

function figureBehind({ figures }: Rollup, of: readonly string[]): RollupFigure | null {
  const code = of.find((one) => one.startsWith('figure:'))?.slice('figure:'.length);
  return figures.find((one) => one.code === code) ?? null;
}

function figureView(call: InstanceCall, { code, label, measure, rule, value, before, change }: RollupFigure) {
  return {
    label: clauseLabel(code, label),
    rule: word(call.language, `figureRule_${rule}`),
    value: value === null ? '–' : `${printedDecimal(value)} ${measure}`,
    before: before === null ? null : printedDecimal(before),
    change: change === null ? null : printedDecimal(change),
  };
}

/** The reports behind what was counted: those that gave a figure, a unit's own, or all. */
function countedLines(call: InstanceCall, rollup: Rollup, of: string): readonly Line[] {
  const kind = of.split(':')[0] ?? '';
  const rest = of.slice(of.indexOf(':') + 1);
  if (kind === 'figure') {
    const figure = rollup.figures.find(({ code }) => code === rest);
    return (figure?.of ?? []).map(({ report, value }) => lineOf(call, rollup, report, printedDecimal(value)));
  }
  if (kind === 'open' || kind === 'clause') {
    const open = rollup.clauses
      .filter(({ clause, directive }) => clause === rest || directive === rest)
      .flatMap((clause) => clause.open);
    return open.map((id) => ({ unit: word(call.language, 'sourceDuty'), value: id, state: '', href: pathOf(id) }));
  }
  const chosen = rollup.units.filter(
    ({ state, content, unit }) =>
      (of !== 'silent' || state === 'silent') &&
      (of !== 'late' || state === 'late') &&
      (of !== 'waiting' || (state !== 'silent' && content === null)) &&
      (kind !== 'unit' || unit === rest),
  );
  return chosen.map(({ report }) => lineOf(call, rollup, report, ''));
}

function lineOf(call: InstanceCall, { units }: Rollup, report: string, value: string): Line {
  const unit = units.find((one) => one.report === report);
  const day = unit?.submittedOn ?? null;
  const state = word(call.language, `unitState_${unit?.state ?? 'silent'}`);
  const content = unit?.content ?? null;
  return {
    unit: unit?.name ?? report,
    value,
    state: day === null ? state : `${state}, ${dayInWords(day)}`,
    href: content === null ? pathOf(report) : versionHref(report, content),
  };
}

/** One version of a unit's report, as it was stored, whether it is the one of now or an earlier one. */
export async function reportedPage(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  const { instance } = call.view;
  const { content: hash = '' } = call.query;
  const { contents } = call.edge.app.deps.store;
  if (!HASH.test(hash) || !(await isVersion(call, hash))) throw new TrinhkyError('notFound');
  const stored = await contents.get(instance.authority, hash);
  if (!isObject(stored) || stored.kind !== 'report') throw new TrinhkyError('notFound');
  const report = stored as unknown as UnitReport;
  const form = await formStored(call.edge.app.deps, instance.authority, report.form);
  const page = {
    ...signedFrame(call, assets, word(call.language, 'reportedTitle')),
    back: { href: pathOf(instance.id), title: textIn(instance.context, 'title', '') },
    period: labelOf(textIn(instance.context, 'period', '')),
    accepted: instance.context.acceptedContent === hash,
    hash,
    groups: [
      { title: form.label.vi, answers: answersOf(form.once, report.answers) },
      ...report.sections.map(({ clause, title, answers }) => ({
        title: `${clause} ${title}`,
        answers: answersOf(form.perDuty, answers),
      })),
    ],
  };
  return { kind: 'page', status: 200, template: 'reported', view: page };
}

/** Whether a content stands in an entry of the report: no other content is shown under it. */
async function isVersion(call: InstanceCall, hash: string): Promise<boolean> {
  const { authority, id, revision } = call.view.instance;
  const { store } = call.edge.app.deps;
  for (let from = 1; from <= revision; from += entriesPerRead) {
    const read = await store.instances.history(authority, id, from, entriesPerRead);
    if (read.some(({ bytes }) => bytes.includes(`"content":"${hash}"`))) return true;
  }
  return false;
}

function answersOf(items: ReportForm['once'], answers: Readonly<Record<string, Answer>>) {
  return items.flatMap((item) => {
    const answer = answers[item.code];
    return answer === undefined || answer === '' ? [] : [{ label: item.label.vi, value: shown(item, answer) }];
  });
}

function shown(item: FormItem, answer: Answer): string {
  if (item.kind === 'figure' && typeof answer === 'string') return `${printedDecimal(answer)} ${item.unit}`;
  if (typeof answer === 'boolean') return answer ? 'Có' : 'Không';
  if (typeof answer === 'string') return answer;
  return answer.map((row) => Object.values(row).join(' – ')).join('; ');
}
