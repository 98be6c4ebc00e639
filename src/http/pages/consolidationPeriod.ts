import type { Instance } from '../../commands/look.js';
import { availableTo } from '../../commands/look.js';
import { labelOf } from '../../commands/reporting/draft.js';
import { outdatedSources } from '../../commands/reporting/outdated.js';
import { reportsMax } from '../../commands/reporting/readStandings.js';
import { periodsOf } from '../../commands/reporting/takeRollup.js';
import { word } from '../../locales/sentences.js';
import { nameOn } from '../../office/organisation/lineage.js';
import { reportStanding } from '../../office/reporting/standings.js';
import { modelFor, namesOf } from '../api/show.js';
import type { InstanceCall } from '../edge.js';
import { stateLabel, tell } from '../names.js';
import { dayInWords } from './dates.js';
import { textIn } from './signView.js';

const papersShownMax = 20;
/** States in which a report still waits for its unit. */
const WAITING: ReadonlySet<string> = new Set(['preparing', 'correcting']);

const leafOf = (state: Instance['state']): string => (typeof state === 'string' ? state : (Object.keys(state)[0] ?? ''));
const pathOf = (id: string): string => `/instances/${encodeURIComponent(id)}`;

function reportsIn(call: InstanceCall): Promise<readonly Instance[]> {
  const { authority, id } = call.view.instance;
  return call.edge.app.deps.store.instances.childrenOf(authority, id, 'report', reportsMax);
}

/** The reports of a period that wait for their unit, by instance. */
export async function awaitedReports(call: InstanceCall): Promise<readonly string[]> {
  if (call.view.instance.definition.id !== 'period') return [];
  return (await reportsIn(call)).filter(({ state }) => WAITING.has(leafOf(state))).map(({ id }) => id);
}

/** Who has reported and who has not, the papers that were made, and what may be done; of an obligation its periods and years. */
export async function periodParts(call: InstanceCall) {
  const { instance } = call.view;
  const { deps } = call.edge.app;
  const isPeriod = instance.definition.id === 'period';
  const names = namesOf(call, call.model);
  const commands = await availableTo(deps, call.model, instance, call.identity.person);
  const own = commands.find(({ command }) => command === (isPeriod ? 'CONSOLIDATE' : 'SUMMARISE'));
  // The unit in which somebody drafts is named only when the command is sent.
  const blockers = (own?.blockers ?? []).filter(({ code, params }) => code !== 'notOfUnit' || params.unit !== null);
  const reports = isPeriod ? await reportsIn(call) : [];
  const units = Array.isArray(instance.context.units) ? (instance.context.units as readonly string[]) : [];
  const rows = reports
    .map((report) => rowOf(call, report))
    .toSorted((a, b) => a.rank - b.rank || units.indexOf(a.id) - units.indexOf(b.id));
  const count = (rank: number) => rows.filter((row) => row.rank === rank).length;
  const papers = await deps.store.instances.childrenOf(
    instance.authority,
    instance.id,
    isPeriod ? 'consolidation' : 'summary',
    papersShownMax,
  );
  const moved = await Promise.all(papers.map((paper) => isOutdated(deps, paper)));
  const periods = isPeriod ? [] : await periodsOf(deps, instance);
  const years = [...new Set(periods.map(({ context }) => textIn(context, 'period', '').slice(0, 4)))];
  const waiting = reports.filter(({ state }) => WAITING.has(leafOf(state))).length;
  return {
    isPeriod,
    cutOff: typeof instance.context.to === 'string' ? dayInWords(instance.context.to) : null,
    due: typeof instance.context.dueOn === 'string' ? dayInWords(instance.context.dueOn) : null,
    counted: word(call.language, 'consolidationCounted', {
      all: rows.length,
      accepted: count(3),
      silent: count(0),
      sent: count(1) + count(2),
    }),
    rows,
    waiting: waiting === 0 ? null : word(call.language, 'consolidationUrge', { count: waiting }),
    mayDraft: own !== undefined && blockers.length === 0,
    why: blockers.map((blocker) => tell(names, blocker).sentence),
    years: years.map((year) => ({ period: `${year}-Y`, label: word(call.language, 'consolidationYear', { year }) })),
    periods: periods.map((one) => ({
      href: `${pathOf(one.id)}/consolidation`,
      label: labelOf(textIn(one.context, 'period', '')),
    })),
    papers: papers.map((paper, at) => ({
      href: `${pathOf(paper.id)}/consolidation`,
      title: textIn(paper.context, 'title', ''),
      state: stateLabel(namesOf(call, modelFor(call, paper.definition)), paper.state),
      outdated: moved[at] === true,
    })),
  };
}

/** A paper that has ended takes no mark any more: what stands behind it is read. */
async function isOutdated(deps: InstanceCall['edge']['app']['deps'], paper: Instance): Promise<boolean> {
  if (Array.isArray(paper.context.outdated)) return true;
  return !paper.open && (await outdatedSources(deps, paper)).length > 0;
}

/** Those who are silent stand first: they are what is looked for. */
function rowOf(call: InstanceCall, report: Instance) {
  const { unit, answeredBy, submittedOn, accepted, late } = reportStanding(report);
  const day = textIn(call.view.instance.context, 'to', call.now.slice(0, 10));
  const rank = accepted !== null ? 3 : submittedOn === null ? 0 : leafOf(report.state) === 'submitted' ? 2 : 1;
  const nameOf = (id: string) => nameOn(call.directory, id, day) ?? id;
  return {
    id: unit,
    rank,
    silent: rank === 0,
    href: pathOf(report.id),
    unit: nameOf(unit),
    answeredBy: answeredBy === unit ? null : nameOf(answeredBy),
    state: stateLabel(namesOf(call, modelFor(call, report.definition)), report.state),
    late,
    submittedOn: submittedOn === null ? '' : dayInWords(submittedOn),
  };
}
