import { reportAtHand } from '../../commands/reporting/drafts.js';
import { TrinhkyError } from '../../errors.js';
import { word } from '../../locales/sentences.js';
import type { Assets } from '../assets.js';
import type { InstanceCall } from '../edge.js';
import { personName } from '../names.js';
import { dayInWords } from './dates.js';
import { type PageAnswer, signedFrame } from './frame.js';
import { reportHead } from './reportView.js';

/** What was sent, when and by whom, to be printed and kept. Throws `notFound` where nothing was sent yet. */
export async function reportReceiptPage(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  const { instance } = call.view;
  const { submittedOn, submittedBy, source, late } = instance.context;
  const hand = await reportAtHand(call.edge.app.deps, instance);
  if (typeof submittedOn !== 'string') throw new TrinhkyError('notFound', { instance: instance.id });
  const line = (name: string, value: string) => ({ label: word(call.language, name), value });
  const view = {
    ...signedFrame(call, assets, word(call.language, 'reportReceipt')),
    heading: typeof instance.context.title === 'string' ? instance.context.title : '',
    report: `/instances/${encodeURIComponent(instance.id)}/report`,
    lines: [
      ...reportHead(call, hand),
      line('reportSubmittedOn', dayInWords(submittedOn)),
      line('reportSubmittedBy', typeof submittedBy === 'string' ? personName(call, submittedBy) : ''),
      ...(typeof source === 'string' ? [line('reportSource', source)] : []),
      line('reportTiming', word(call.language, late === true ? 'reportIsLate' : 'reportInTime')),
      line('reportContentHash', instance.content ?? ''),
    ],
  };
  return { kind: 'page', status: 200, template: 'reportReceipt', view };
}
