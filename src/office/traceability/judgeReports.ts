import { name } from './faults.js';
import { childKey, type DutyAccount, holderOn, holdersOf, type Ledger } from './ledger.js';
import type { DutyLine, LineParent, PeriodLine, ReportLine } from './lines.js';

/** Obligations and periods: those that the plan and the obligations say were opened are there, hang where they say, and are closed in the end. */
export function judgePeriods(ledger: Ledger): void {
  const { plan, obligations, periods } = ledger.tree;
  const { faults, world, missing } = ledger;
  const known = new Set(
    [...obligations, ...periods].flatMap(({ id, parent }) => (parent === null ? [id] : [id, childKey(parent)])),
  );
  const expect = (parent: LineParent, say: (id: string) => void): void => {
    const id = world.idOf(parent);
    if (known.has(childKey(parent)) || known.has(id)) return;
    missing.add(id);
    say(id);
  };
  for (const code of plan.obligations)
    expect({ id: plan.id, kind: 'obligation', key: code }, (id) =>
      name(faults, 'obligationMissing', plan.id, { obligation: id, code }),
    );
  const byId = new Map(obligations.map((line) => [line.id, line]));
  for (const { id, parent, plan: named, code, periods: opened } of obligations) {
    const astray = (field: string): void => name(faults, 'obligationAstray', id, { obligation: id, field });
    if (parent?.id !== plan.id) astray('parent');
    if (named !== plan.id) astray('plan');
    if (parent?.kind === 'obligation' && parent.key !== code) astray('code');
    for (const period of opened)
      expect({ id, kind: 'period', key: period }, (child) =>
        name(faults, 'periodMissing', id, { obligation: id, period, child }),
      );
  }
  for (const line of periods) {
    const { id, parent, period } = line;
    const astray = (field: string): void => name(faults, 'periodAstray', id, { instance: id, period: period ?? '', field });
    if (line.open) name(faults, 'periodOpen', id, { instance: id, period: period ?? '' });
    if (missing.has(parent?.id ?? '')) continue;
    if (!byId.has(parent?.id ?? '')) astray('parent');
    else if (line.obligation !== parent?.id) astray('obligation');
    if (line.plan !== plan.id) astray('plan');
    if (parent?.kind === 'period' && parent.key !== period) astray('period');
  }
}

/** One period with its reports: each unit that was asked has one, it tells of the unit's duties, and of nothing that is no duty. */
export function judgePeriod(ledger: Ledger, period: PeriodLine, reports: readonly ReportLine[]): void {
  const { faults, world } = ledger;
  const byKey = new Set(reports.flatMap(({ id, parent }) => (parent === null ? [id] : [id, parent.key])));
  for (const unit of period.units) {
    const id = world.idOf({ id: period.id, kind: 'report', key: unit });
    if (byKey.has(unit) || byKey.has(id)) continue;
    ledger.missing.add(id);
    name(faults, 'reportMissing', period.id, { report: id, unit, period: period.period ?? '' });
  }
  const toldOf = new Set<string>();
  for (const report of reports) {
    judgeReport(ledger, report, period);
    for (const section of report.sections ?? []) toldOf.add(section.assignment);
    tell(ledger, report, period);
  }
  for (const report of reports) judgeUntold(ledger, report, period, toldOf);
}

/** Reports that hang on no period that is known. */
export function judgeStray(ledger: Ledger, reports: readonly ReportLine[]): void {
  for (const report of reports) {
    ledger.reports.add(report.id);
    if (ledger.missing.has(report.parent?.id ?? '')) continue;
    name(ledger.faults, 'reportAstray', report.id, { report: report.id, unit: report.unit ?? '', field: 'parent' });
  }
}

function judgeReport(ledger: Ledger, report: ReportLine, period: PeriodLine): void {
  const { faults } = ledger;
  const { id, parent, unit } = report;
  ledger.reports.add(id);
  const astray = (field: string): void => name(faults, 'reportAstray', id, { report: id, unit: unit ?? '', field });
  if (parent?.id !== period.id) astray('parent');
  if (report.plan !== ledger.tree.plan.id) astray('plan');
  if (report.period !== period.period) astray('period');
  if (report.obligation !== period.obligation) astray('obligation');
  if (unit !== parent?.key) astray('unit');
  if (report.accepted && report.content === null) name(faults, 'reportEmpty', id, { report: id, unit: unit ?? '' });
  else if (report.content !== null && report.sections === null) {
    ledger.missing.add(report.content);
    name(faults, 'contentMissing', id, { report: id, unit: unit ?? '', content: report.content });
  }
  for (const [index, section] of (report.sections ?? []).entries()) {
    const params = { report: id, unit: unit ?? '', section: index + 1, duty: section.assignment, clause: section.clause };
    const duty = ledger.duties.get(section.assignment);
    if (duty === undefined) {
      if (!ledger.missing.has(section.assignment)) name(faults, 'sectionWithoutDuty', id, params);
      continue;
    }
    const directive = duty.directive;
    if (directive === null) continue;
    const clause = directive.continued ? (directive.line.parent?.key ?? directive.clause) : directive.clause;
    if (section.directive !== directive.line.id || section.clause !== clause) name(faults, 'sectionAstray', id, params);
  }
}

function tell(ledger: Ledger, report: ReportLine, period: PeriodLine): void {
  if (!report.accepted) return;
  const directives = new Set<string>();
  for (const { assignment } of report.sections ?? []) {
    const duty = ledger.duties.get(assignment);
    if (duty === undefined) continue;
    duty.told += 1;
    duty.lastReport = report.id;
    if (duty.directive !== null) directives.add(duty.directive.line.id);
  }
  for (const id of directives) {
    const told = ledger.directives.get(id)?.told;
    told?.set(period.id, (told.get(period.id) ?? 0) + 1);
  }
}

/** A duty of the unit that ran in the period, was known when the report was sent, and that no report of the period tells of. */
function judgeUntold(ledger: Ledger, report: ReportLine, period: PeriodLine, toldOf: Set<string>): void {
  const { unit, sections, accepted } = report;
  if (!accepted || sections === null || unit === null) return;
  for (const duty of ledger.ofUnit.get(unit) ?? []) {
    const { line } = duty;
    if (toldOf.has(line.id) || line.plan !== ledger.tree.plan.id || !ran(duty, report, period)) continue;
    if (!owes(ledger, duty, unit, report, period)) continue;
    toldOf.add(line.id);
    name(ledger.faults, 'dutyWithoutSection', report.id, {
      report: report.id,
      unit,
      period: period.period ?? '',
      duty: line.id,
      clause: duty.directive?.clause ?? line.clause ?? '',
    });
  }
}

/** Parts are told under the duty itself where the same unit carries both. */
function isToldAbove({ duties, missing }: Ledger, { parent, above }: DutyLine, unit: string): boolean {
  if (parent?.kind !== 'part') return false;
  const upper = duties.has(parent.id) ? parent.id : (above?.id ?? parent.id);
  const whole = duties.get(upper);
  return missing.has(upper) || (whole !== undefined && holdersOf(whole.line).has(unit));
}

/** Whether it is for this unit to tell of a duty; what was taken back is told by nobody. */
function owes(ledger: Ledger, { line }: DutyAccount, unit: string, { submittedOn }: ReportLine, period: PeriodLine): boolean {
  if (line.state === 'released' || isToldAbove(ledger, line, unit)) return false;
  const holder = holderOn(line, submittedOn);
  // A unit that took another over answers for its duties where the other is not asked itself.
  const succeeds = line.unit === unit && holder !== null && !period.units.includes(holder);
  return holder === unit || succeeds;
}

/** It was given before the report was sent and within the period, and it was still open then or was completed in the period. */
function ran({ line }: DutyAccount, { submittedOn }: ReportLine, { from, to }: PeriodLine): boolean {
  const given = line.givenOn ?? '';
  const begun = (to === null || given <= to) && (submittedOn === null || given < submittedOn);
  const open = line.endedOn === null || (submittedOn !== null && line.endedOn > submittedOn);
  return begun && (open || from === null || (line.completedOn !== null && line.completedOn >= from));
}
