import { TrinhkyError } from '../../errors.js';
import type { InstanceCall } from '../edge.js';
import { findingIn, formOfInstance } from '../formReport.js';
import { type Answer, ok } from './route.js';

/** What is found against the form of the current paper and of its latest print that the caller may see, under the rules of a day. */
export async function readForm(call: InstanceCall): Promise<Answer> {
  const judged = await formOfInstance(call, { day: call.query.date, measured: true });
  if (judged === null) throw new TrinhkyError('notFound');
  const { report, print } = judged;
  return ok({
    ruleSet: report.ruleSet,
    day: report.day,
    blocking: report.blocking,
    warnings: report.warnings,
    print: print === null ? null : { hash: print.hash, mode: print.mode },
    findings: report.findings.map((finding) => findingIn(call.language, finding)),
  });
}
