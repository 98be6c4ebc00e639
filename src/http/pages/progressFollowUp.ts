import { followUp } from '../../commands/progress/followUp.js';
import { TrinhkyError } from '../../errors.js';
import { progressWord, progressWords } from '../../office/progress/words.js';
import type { Assets } from '../assets.js';
import type { InstanceCall } from '../edge.js';
import { titleOf } from './attachments.js';
import { type PageAnswer, signedFrame } from './frame.js';
import { chosenOf } from './progress.js';
import { progressHref } from './progressNumbers.js';

/** The follow-up sheet of one unit on the screen, as far as the reader may know it; its print is beside it. */
export async function followUpPage(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  const { unit, quarter } = chosenOf(call);
  if (unit === null) throw new TrinhkyError('notFound');
  const { authority, id } = call.view.instance;
  const sheet = await followUp(
    call.edge.app.deps,
    { authority, plan: id, reader: call.reader, now: call.now, quarter, unit },
    call.directory,
  );
  const { language } = call;
  const link = ({ instance }: { readonly instance: string }): string => `/instances/${encodeURIComponent(instance)}`;
  const query = new URLSearchParams({ unit, ...(quarter === null ? {} : { quarter }) }).toString();
  const view = {
    ...signedFrame(call, assets, `${progressWord(language, 'followUp')}: ${sheet.unitName}`),
    t: progressWords(language),
    unitName: sheet.unitName,
    plan: titleOf(call.view.instance),
    back: progressHref(id, { unit, quarter }),
    print: `/api/v1/instances/${encodeURIComponent(id)}/follow-up.pdf?${query}`,
    duties: sheet.duties.map((duty) => ({
      ...duty,
      href: link(duty),
      part: progressWord(language, duty.part === 'lead' ? 'lead_' : 'coordinate'),
    })),
    reports: sheet.reports.map((report) => ({ ...report, href: link(report) })),
  };
  return { kind: 'page', status: 200, template: 'followUp', view };
}
