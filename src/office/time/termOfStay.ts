import type { DueDefinition } from '../../engine/definition.js';
import type { Instance } from '../../engine/instance.js';
import type { WorkingCalendar } from './calendar.js';
import { type DueExplanation, type DueRule, explainDue } from './deadlines.js';
import { ledgerOf } from './suspensions.js';

/** The term that a definition declares for a state, worked out for one instance that entered it at `from` (ISO 8601). Pure. */
export function explainTerm(
  calendar: WorkingCalendar,
  declared: DueDefinition,
  instance: Pick<Instance, 'context'>,
  from: string,
): DueExplanation {
  const field = declared.field ?? declared.endOfPeriod;
  const value = field === undefined ? null : instance.context[field];
  const suspensions = declared.suspendedBy === undefined ? [] : ledgerOf(instance.context[declared.suspendedBy]);
  return explainDue(ruleOf(declared), { calendar, from, suspensions, fieldValue: typeof value === 'string' ? value : null });
}

function ruleOf(declared: DueDefinition): DueRule {
  const { workingDays, calendarDays, field, endOfPeriod, plusWorkingDays } = declared;
  if (workingDays !== undefined) return { workingDays };
  if (calendarDays !== undefined) return { calendarDays };
  if (field !== undefined) return { field };
  return { endOfPeriod: endOfPeriod ?? '', ...(plusWorkingDays === undefined ? {} : { plusWorkingDays }) };
}
