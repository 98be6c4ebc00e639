import type { Instance } from '../../engine/instance.js';
import { isObject, type Json } from '../../engine/json.js';
import { judgePeriod, judgeStray } from '../../office/traceability/judgeReports.js';
import type { Ledger } from '../../office/traceability/ledger.js';
import type { ReportLine, SectionLine } from '../../office/traceability/lines.js';
import { idOfChild } from '../open.js';
import { lineOf, textOf } from './readLines.js';
import { loadAll, ofPlan, type ReadDeps } from './readTree.js';
import { inTurn, storedJson } from './stored.js';

/** Reports of one period at most: units of an obligation, and room for what was put there by mistake. */
const reportsMax = 1_000;
const contentsAtOnce = 16;

/** States that a report reaches only by having been accepted. */
const ACCEPTED: ReadonlySet<string> = new Set(['accepted', 'correcting', 'checkingCorrection', 'corrected', 'closed']);

/** Tells the ledger of every period with its reports, one period in memory at a time, and then of reports that hang nowhere. */
export async function tellReports(deps: ReadDeps, ledger: Ledger, plan: Instance): Promise<void> {
  const { authority } = plan;
  const seen = new Set<string>();
  for (const period of ledger.tree.periods) {
    const found = await deps.store.instances.childrenOf(authority, period.id, 'report', reportsMax);
    const ids = new Set(found.map(({ id }) => id));
    const wanted = period.units.map((key) => idOfChild(authority, { id: period.id, kind: 'report', key }));
    const others = await loadAll(
      deps,
      authority,
      wanted.filter((id) => !ids.has(id)),
    );
    const reports = await linesOf(deps, [...found, ...others.map(({ instance }) => instance)]);
    for (const { id } of reports) seen.add(id);
    judgePeriod(ledger, period, reports);
  }
  // Nearly all were seen: of those only the id is read again.
  for await (const rows of ofPlan(deps, plan, 'report', ['plan'])) {
    const ids = rows.map(({ instance }) => instance.id).filter((id) => !seen.has(id));
    const stray = await loadAll(deps, authority, ids);
    judgeStray(
      ledger,
      await linesOf(
        deps,
        stray.map(({ instance }) => instance),
      ),
    );
  }
}

async function linesOf(deps: ReadDeps, reports: readonly Instance[]): Promise<readonly ReportLine[]> {
  return inTurn(reports, contentsAtOnce, async (report) => {
    const { authority, context } = report;
    const line = lineOf(report);
    const accepted = ACCEPTED.has(line.state);
    const content = accepted ? textOf(context.acceptedContent) : null;
    return {
      ...line,
      obligation: textOf(context.obligation),
      period: textOf(context.period),
      unit: textOf(context.forUnit),
      content,
      accepted,
      submittedOn: textOf(context.submittedOn),
      sections: content === null ? null : sectionsOf(await storedJson(deps.store, authority, content)),
    };
  });
}

/** What a stored report tells of; null where it is no report. */
function sectionsOf(content: Json | null): readonly SectionLine[] | null {
  if (!isObject(content) || content.kind !== 'report' || !Array.isArray(content.sections)) return null;
  return content.sections.filter(isObject).map(({ assignment, directive, clause }) => ({
    assignment: textOf(assignment) ?? '',
    directive: textOf(directive) ?? '',
    clause: textOf(clause) ?? '',
  }));
}
