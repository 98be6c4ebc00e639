import { stayLabel } from '../../commands/progress/labels.js';
import { listWorks } from '../../commands/progress/list.js';
import { type PlanProgress, planProgress } from '../../commands/progress/progress.js';
import { burnUpPlot } from '../../documents/plots/burnUp.js';
import { gridPlot, quarterShown } from '../../documents/plots/grid.js';
import { waitingPlot } from '../../documents/plots/waiting.js';
import { TrinhkyError } from '../../errors.js';
import { indexOf } from '../../office/organisation/directory.js';
import { dutyStates, reportStates } from '../../office/progress/facts.js';
import { byName, groupOf } from '../../office/progress/grid.js';
import type { Work } from '../../office/progress/rows.js';
import { dutyWords, progressWord, progressWords, reportWords, tenthsShown } from '../../office/progress/words.js';
import { period } from '../../office/time/periods.js';
import { exportHref, exportsShown } from '../api/progress.js';
import { namesOf } from '../api/show.js';
import type { Assets } from '../assets.js';
import type { InstanceCall } from '../edge.js';
import { awaitedIn, unitName } from '../names.js';
import { titleOf } from './attachments.js';
import { dayInWords, instantInWords } from './dates.js';
import { type PageAnswer, signedFrame } from './frame.js';
import { type Chosen, numbersOf, progressHref, unitRowsOf } from './progressNumbers.js';

/** Rows of the list that stand on the page; all of them are in the exported files. */
const listShownMax = 200;
/** Units in the table of one page; with more of them groups are opened one by one. */
const unitsShownMax = 60;
const waitsShownMax = 25;

/** A plan's progress: numbers, plots, who waits for whom, and the list behind the number that was opened. */
export async function progressPage(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  const chosen = chosenOf(call);
  const { deps } = call.edge.app;
  const { instance } = call.view;
  const ask = {
    authority: instance.authority,
    plan: instance.id,
    reader: call.reader,
    now: call.now,
    quarter: chosen.quarter,
    unit: chosen.unit,
  };
  const progress = await planProgress(deps, ask);
  const { language } = call;
  const title = `${progressWord(language, 'title')}: ${titleOf(call.view.instance)}`;
  const view = {
    ...signedFrame(call, assets, title),
    t: progressWords(language),
    heading: titleOf(call.view.instance),
    plan: `/instances/${encodeURIComponent(instance.id)}`,
    own: call.reader.readsAll ? null : progressWord(language, 'own'),
    asOf: instantInWords(progress.asOf),
    rollup: progress.source === 'rollup',
    action: progressHref(instance.id, {}),
    ...filtersOf(call, progress, chosen),
    ...numbersOf(language, progress, chosen),
    ...unitsOf(call, progress, chosen),
    ...plotsOf(call, progress),
    ...waitsOf(call, progress),
    list: chosen.kind === null ? null : await listOf(call, chosen, ask),
    exports: exportsShown.map((format) => ({
      label: format.toUpperCase(),
      href: exportHref(instance.id, format, { quarter: chosen.quarter, unit: chosen.unit }),
    })),
    print: `/api/v1${progressHref(instance.id, { quarter: chosen.quarter, unit: chosen.unit }).replace('/progress', '/progress.pdf')}`,
    followUp:
      chosen.unit === null
        ? null
        : `/instances/${encodeURIComponent(instance.id)}/follow-up?unit=${encodeURIComponent(chosen.unit)}`,
  };
  return { kind: 'page', status: 200, template: 'progress', view };
}

/** What the address chooses. What names no quarter, unit or standing is not passed over in silence: `notFound`. */
export function chosenOf({ query, directory }: Pick<InstanceCall, 'query' | 'directory'>): Chosen {
  const given = (name: string): string | null => {
    const value = query[name];
    return value === undefined || value === '' ? null : value;
  };
  const [quarter, unit, kind, state] = [given('quarter'), given('unit'), given('kind'), given('state')];
  if (quarter !== null && (!/^\d{4}-Q[1-4]$/.test(quarter) || period(quarter) === null)) throw new TrinhkyError('notFound');
  if (unit !== null && !indexOf(directory).unit.has(unit)) throw new TrinhkyError('notFound');
  if (kind !== null && kind !== 'duty' && kind !== 'report') throw new TrinhkyError('notFound');
  const states: readonly string[] =
    kind === 'report' ? reportStates : kind === 'duty' ? dutyStates : [...dutyStates, ...reportStates];
  if (state !== null && !states.includes(state)) throw new TrinhkyError('notFound');
  const shown = kind ?? (state === null ? null : (dutyStates as readonly string[]).includes(state) ? 'duty' : 'report');
  return { quarter, unit, kind: shown, state, group: given('group') };
}

function filtersOf(call: InstanceCall, progress: PlanProgress, chosen: Chosen) {
  const { language } = call;
  const units = new Set([...progress.units.map(({ unit }) => unit), ...(chosen.unit === null ? [] : [chosen.unit])]);
  return {
    quarters: progress.quarters.map((id) => ({ value: id, label: quarterShown(id), chosen: id === chosen.quarter })),
    unitChoices: [...units]
      .map((unit) => ({ value: unit, label: unitName(call, unit), chosen: unit === chosen.unit }))
      .sort((a, b) => byName(a.label, b.label)),
    states: [
      ...dutyStates.map((state) => ({
        value: state,
        label: `${progressWord(language, 'duties')}: ${dutyWords[state][language]}`,
      })),
      ...reportStates
        .filter((state) => !(dutyStates as readonly string[]).includes(state))
        .map((state) => ({ value: state, label: `${progressWord(language, 'reports')}: ${reportWords[state][language]}` })),
    ].map((one) => ({ ...one, chosen: one.value === chosen.state })),
  };
}

function unitsOf(call: InstanceCall, progress: PlanProgress, chosen: Chosen) {
  const { language, directory } = call;
  const rows = unitRowsOf(language, progress, chosen, (unit) => unitName(call, unit)).sort((a, b) => byName(a.name, b.name));
  const { unit: byId } = indexOf(directory);
  const many = rows.length > unitsShownMax;
  const inGroup = rows.filter(({ unit }) => chosen.group !== null && groupOf(byId.get(unit)) === chosen.group);
  return {
    unitHeads: [
      progressWord(language, 'total'),
      ...dutyStates.map((state) => dutyWords[state][language]),
      progressWord(language, 'received'),
      ...reportStates.map((state) => reportWords[state][language]),
    ],
    dutySpan: dutyStates.length + 1,
    reportSpan: reportStates.length + 1,
    unitRows: many ? inGroup.slice(0, 10 * unitsShownMax) : rows,
    unitDuties: progress.unitDuties,
    groups: many
      ? progress.grid.rows.map(({ key, label, units }) => ({
          label: `${label} (${units})`,
          href: `${progressHref(progress.plan, { quarter: chosen.quarter, group: key })}#units`,
        }))
      : [],
  };
}

function plotsOf(call: InstanceCall, progress: PlanProgress) {
  const { language } = call;
  const { models } = call.edge.app.deps;
  const times = (progress.times ?? []).map((one) => ({ ...one, label: stayLabel(models, language, one) }));
  const bars = times.map(({ label, workingTenths }) => ({
    label,
    medianTenths: workingTenths.median,
    p90Tenths: workingTenths.p90,
  }));
  const days = (tenths: number): string => tenthsShown(language, tenths);
  return {
    // The plots are made here from numbers and escaped names; nothing else is put on a page unescaped.
    grid: progress.grid.rows.length === 0 ? null : gridPlot(progress.grid, language),
    gridHeads: progress.grid.quarters.map(quarterShown),
    gridRows: progress.grid.rows.map(({ label, cells }) => ({
      label,
      cells: cells.map(({ reports, done, total }) => ({
        reports: reportStates.flatMap((state) =>
          reports[state] === 0 ? [] : [`${reportWords[state][language]}: ${reports[state]}`],
        ),
        duties: total === 0 ? '' : `${done}/${total}`,
      })),
    })),
    burn: progress.burnUp.length === 0 || progress.duties.total === 0 ? null : burnUpPlot(progress.burnUp, language),
    burnRows: progress.burnUp.map(({ endsOn, due, done }) => ({ day: dayInWords(endsOn), due, done: done ?? '' })),
    waiting: bars.length === 0 ? null : waitingPlot(bars, language),
    timeRows: times.map(({ label, stays, open, workingTenths, calendarTenths }) => ({
      label,
      stays,
      open,
      median: days(workingTenths.median),
      p90: days(workingTenths.p90),
      calendar: days(calendarTenths.median),
    })),
    timesMissing: progress.times === null,
  };
}

function waitsOf(call: InstanceCall, { waits, waitsCount }: PlanProgress) {
  const names = { ...namesOf(call, call.model), model: null };
  const { models } = call.edge.app.deps;
  return {
    waitsCount,
    waits: waits.slice(0, waitsShownMax).map((wait) => ({
      href: `/instances/${encodeURIComponent(wait.instance)}`,
      title: wait.title,
      unit: unitName(call, wait.unit),
      state: stayLabel(models, call.language, wait),
      waiter: wait.waiter === 'unit' ? unitName(call, wait.unit) : progressWord(call.language, 'authority'),
      waitsFor: awaitedIn(names, wait.waitsFor, null).map(({ label }) => label),
      since: instantInWords(wait.since),
    })),
  };
}

async function listOf(call: InstanceCall, chosen: Chosen, ask: Parameters<typeof planProgress>[1]) {
  const rows: Work[] = [];
  let more = false;
  for await (const { work } of listWorks(call.edge.app.deps, { ...ask, kind: chosen.kind, state: chosen.state })) {
    if (rows.length >= listShownMax) {
      more = true;
      break;
    }
    rows.push(work);
  }
  const { language } = call;
  const shown = (day: string | null): string => (day === null ? '' : dayInWords(day));
  return {
    name: listName(call, chosen),
    more,
    rows: rows.map((work) => ({
      href: `/instances/${encodeURIComponent(work.fact.instance)}`,
      title: work.fact.title,
      unit: unitName(call, work.fact.unit),
      place: work.kind === 'duty' ? work.fact.clause : work.fact.period,
      due: shown(work.fact.dueOn),
      done: shown(work.kind === 'duty' ? work.fact.doneOn : work.fact.sentOn),
      state: work.kind === 'duty' ? dutyWords[work.fact.state][language] : reportWords[work.fact.state][language],
    })),
  };
}

function listName({ language }: InstanceCall, { kind, state }: Chosen): string {
  const words = kind === 'report' ? reportWords : dutyWords;
  const found = Object.entries(words).find(([name]) => name === state)?.[1][language];
  return [progressWord(language, kind === 'report' ? 'reports' : 'duties'), ...(found === undefined ? [] : [found])].join(': ');
}
