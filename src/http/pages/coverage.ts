import { type PlanCoverage, planCoverage, readableCoverage } from '../../commands/traceability/coverage.js';
import { TrinhkyError } from '../../errors.js';
import {
  changeInWords,
  faultInWords,
  outcomeInWords,
  standingInWords,
  timingInWords,
  timingsInWords,
} from '../../locales/coverage.js';
import { labelIn, word } from '../../locales/sentences.js';
import type { CoverageDirective, CoverageDuty, CoverageRow } from '../../office/traceability/coverage.js';
import { faultClasses } from '../../office/traceability/faults.js';
import type { ClauseChange } from '../../office/traceability/planChanges.js';
import type { Assets } from '../assets.js';
import type { InstanceCall } from '../edge.js';
import { unitName } from '../names.js';
import { dayInWords } from './dates.js';
import { type PageAnswer, signedFrame } from './frame.js';
import { textIn } from './signView.js';

/** Duties of one directive that a page shows by name; the others are counted, and stand on the directive's own page. */
const dutiesShownMax = 60;
const faultsShownMax = 500;

const hrefOf = (id: string): string => `/instances/${encodeURIComponent(id)}`;

/** The matrix of a plan: a row for each clause, links to all that follows from it, and what is missing, named. */
export async function coveragePage(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  const { instance } = call.view;
  if (instance.definition.id !== 'document') throw new TrinhkyError('notFound', { instance: instance.id });
  const { deps } = call.edge.app;
  const found = await readableCoverage(deps, call.reader, await planCoverage(deps, instance));
  const { language } = call;
  const changes = new Map((found.changes?.clauses ?? []).map((change) => [change.path, change]));
  const directives = found.rows.flatMap((row) => row.directives);
  const page = {
    ...signedFrame(call, assets, word(language, 'coverageTitle')),
    paper: { href: hrefOf(instance.id), title: textIn(instance.context, 'title', instance.id) },
    own: call.reader.readsAll ? null : word(language, 'coverageOwn'),
    total: word(language, 'coverageTotal', {
      clauses: found.rows.length,
      directives: directives.length,
      duties: directives.reduce((sum, { duties }) => sum + duties.length, 0),
      without: found.rows.filter(({ outcome }) => outcome === 'noAction').length,
    }),
    whole: found.faultCount === 0,
    faulty: word(language, 'coverageFaulty', { count: found.faultCount }),
    groups: faultGroups(call, found),
    earlier: earlierView(found),
    dropped: (found.changes?.dropped ?? []).map(({ path, text }) => ({ path, text })),
    rows: found.rows.map((row, number) => rowView(call, row, { number, change: changes.get(row.clause) })),
  };
  return { kind: 'page', status: 200, template: 'coverage', view: page };
}

function earlierView({ earlier }: PlanCoverage) {
  return earlier === null
    ? null
    : {
        href: hrefOf(earlier.id),
        title: textIn(earlier.context, 'title', earlier.id),
        coverage: `${hrefOf(earlier.id)}/coverage`,
      };
}

function faultGroups(call: InstanceCall, { faults }: PlanCoverage) {
  const { language } = call;
  return (['broken', 'open'] as const).flatMap((kind) => {
    const own = faults.filter(({ code }) => faultClasses[code] === kind);
    if (own.length === 0) return [];
    const lines = own.slice(0, faultsShownMax).map((fault) => ({
      sentence: faultInWords(language, fault, (unit) => unitName(call, unit)),
      href: fault.at === null ? null : hrefOf(fault.at),
    }));
    const more = own.length - lines.length;
    return [
      {
        title: word(language, kind === 'broken' ? 'coverageBroken' : 'coverageOpen'),
        note: word(language, kind === 'broken' ? 'coverageBrokenNote' : 'coverageOpenNote'),
        lines,
        more: more > 0 ? word(language, 'coverageMore', { count: more }) : null,
      },
    ];
  });
}

interface RowPlace {
  readonly number: number;
  readonly change: ClauseChange | undefined;
}

function rowView(call: InstanceCall, row: CoverageRow, { number, change }: RowPlace) {
  const { language } = call;
  const changed = change === undefined ? '' : changeInWords(language, change);
  return {
    number,
    clause: row.clause,
    text: row.text,
    changed: changed === '' ? null : changed,
    words: (change?.words ?? []).map(({ kind, text }) => ({ text, removed: kind === 'removed', added: kind === 'added' })),
    outcome: row.directives.length === 0 ? outcomeInWords(language, row) : null,
    nothing: row.outcome === 'nothing',
    directives: row.directives.map((directive) => directiveView(call, directive)),
    spoken: row.spoken.map(({ paper, title, places }) => ({
      href: hrefOf(paper),
      title,
      places: word(language, 'coveragePlaces', { count: places }),
    })),
  };
}

function directiveView(call: InstanceCall, directive: CoverageDirective) {
  const { language } = call;
  const { duties, told, state } = directive;
  const { nodes } = call.edge.app.deps.models.latest('directive').machine.tree;
  const label = labelIn(language, nodes.get(`/${state}`)?.definition.label, state);
  const evidence = duties.reduce((sum, duty) => sum + duty.evidence, 0);
  const more = duties.length - dutiesShownMax;
  return {
    href: hrefOf(directive.id),
    standing: standingInWords(language, label, directive),
    counted:
      duties.length === 0
        ? null
        : `${word(language, 'coverageDutiesCount', { count: duties.length })}: ${timingsInWords(
            language,
            duties.map(({ timing }) => timing),
          )}`,
    nobody: duties.length === 0,
    evidence: evidence === 0 ? null : word(language, 'coverageEvidenceCount', { count: evidence }),
    duties: duties.slice(0, dutiesShownMax).map((duty) => dutyView(call, duty)),
    more: more > 0 ? { href: hrefOf(directive.id), text: word(language, 'coverageMoreDuties', { count: more }) } : null,
    told: told.map(({ instance, period, reports }) => ({
      href: hrefOf(instance),
      period,
      reports: word(language, 'coverageToldCount', { count: reports }),
    })),
  };
}

function dutyView(call: InstanceCall, { id, unit, timing, completedOn, dueOn, lastReport }: CoverageDuty) {
  const day = completedOn ?? dueOn;
  return {
    href: hrefOf(id),
    unit: unit === null ? word(call.language, 'coverageNoUnit') : unitName(call, unit),
    timing: timingInWords(call.language, timing),
    late: timing === 'overdue' || timing === 'late',
    day: day === null ? null : dayInWords(day),
    report: lastReport === null ? null : hrefOf(lastReport),
  };
}
