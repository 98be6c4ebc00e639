import type { Instance } from '../../engine/instance.js';
import type { JsonObject } from '../../engine/json.js';
import type { FormInForce } from '../../office/catalogue/reporting.js';
import { dutiesIn, type ReportedDuty } from '../../office/reporting/reportDuties.js';
import type { GivenReport } from '../../office/reporting/reportFindings.js';
import { dayOf } from '../../office/time/clock.js';
import { period } from '../../office/time/periods.js';
import type { Deps } from '../deps.js';
import { formByHash } from './forms.js';

type Needs = Pick<Deps, 'store'>;

const dutiesPerPage = 200;
/** More duties than any unit has under one plan. */
export const dutiesMax = 2_000;

/** The version of the form that a command names, or that an obligation is for, as it is in force now. */
export async function givenForm(
  { store }: Needs,
  { authority, context }: Instance,
  input: JsonObject | undefined,
): Promise<FormInForce | null> {
  const id = input?.form ?? context.form;
  if (typeof id !== 'string') return null;
  const row = await store.forms.newest(authority, id);
  return row === null ? null : { id: row.id, version: row.version, hash: row.hash };
}

/** What a report is judged by: its content, the form of its period, and the duties of the unit that are open in it. */
export async function givenReport(deps: Needs, instance: Instance): Promise<GivenReport | null> {
  const { authority, content, context } = instance;
  if (typeof context.form !== 'string') return null;
  const [stored, form, duties] = await Promise.all([
    content === null ? null : deps.store.contents.get(authority, content),
    formByHash(deps, authority, context.form),
    dutiesOfReport(deps, instance),
  ]);
  return { content: stored, form, hash: context.form, duties };
}

/** The duties on which a report has to tell, read by the index on plan and unit. */
export async function dutiesOfReport({ store }: Needs, { authority, context }: Instance): Promise<readonly ReportedDuty[]> {
  const { plan, unit, cutOff, period: id } = context;
  if (typeof plan !== 'string' || typeof unit !== 'string' || typeof id !== 'string' || typeof cutOff !== 'string') return [];
  const rows: Instance[] = [];
  let after: string | null = null;
  do {
    const page = await store.instances.ofPlan({ authority, plan, definition: 'assignment', unit, after, limit: dutiesPerPage });
    rows.push(...page.rows.map(({ instance }) => instance));
    after = page.next;
  } while (after !== null && rows.length < dutiesMax);
  // The report knows its last day exactly; the first is that of its period by the law of the time, or the calendar where that is earlier.
  const bounds = [period(id), period(id, 'calendar'), period(id, 'closing14')].flatMap((one) => (one === null ? [] : [one]));
  const to = dayOf(cutOff);
  const own = bounds.find((one) => one.to === to) ?? bounds[0];
  return dutiesIn(rows, { from: own?.from ?? to, to });
}
