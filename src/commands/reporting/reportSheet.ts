import type { Instance } from '../../engine/instance.js';
import { textAt } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { nameOn } from '../../office/organisation/lineage.js';
import { printedDay } from '../../office/papers/printedWords.js';
import { printedReport } from '../../office/reporting/printedReport.js';
import { unitReportOf } from '../../office/reporting/reportContent.js';
import { dayOf } from '../../office/time/clock.js';
import { period } from '../../office/time/periods.js';
import type { Deps } from '../deps.js';
import type { Sheet } from '../papers/printing.js';
import { formByHash } from './forms.js';

const headingCharsMax = 200;

/**
 * The report of a unit as a page to print, in the version that was accepted; the version of now where none was yet. Its day is that of the
 * sending, else of the cut-off, so that the same version has the same bytes. Throws `notFound` for what is no report or has no content yet.
 */
export async function reportSheet({ store }: Pick<Deps, 'store'>, instance: Instance): Promise<Sheet> {
  const { authority, context, content, definition, id } = instance;
  const hash = textAt(context, 'acceptedContent') || content;
  if (definition.id !== 'report' || hash === null) throw new TrinhkyError('notFound', { instance: id });
  const [stored, form, directory] = await Promise.all([
    store.contents.get(authority, hash),
    formByHash({ store }, authority, textAt(context, 'form')),
    store.directory.snapshot(authority),
  ]);
  const report = stored === null ? null : unitReportOf(stored);
  if (report === null || form === null) throw new TrinhkyError('notFound', { instance: id, content: hash });
  const cutOff = textAt(context, 'cutOff');
  const day = textAt(context, 'submittedOn') || dayOf(cutOff);
  const unit = nameOn(directory, textAt(context, 'unit'), day) ?? textAt(context, 'unit');
  const label = period(textAt(context, 'period'))?.label.vi ?? textAt(context, 'period');
  const title = textAt(context, 'title') || form.label.vi;
  const line = (name: string, value: string) => ({ name, value });
  const view = {
    title: `${title}: ${unit}`,
    superior: directory.authority.name,
    unit,
    heading: title,
    // Most titles name it already.
    period: title.toLowerCase().includes(label.toLowerCase()) ? '' : label,
    about: [
      line('Số liệu tính đến hết ngày', printedDay(dayOf(cutOff))),
      ...(context.submittedOn === undefined ? [] : [line('Gửi ngày', printedDay(day))]),
      ...(context.acceptedOn === undefined ? [] : [line('Tiếp nhận ngày', printedDay(textAt(context, 'acceptedOn')))]),
      line('Mẫu báo cáo', `${form.label.vi} (phiên bản ${form.version})`),
    ],
    ...printedReport(form, report),
    mark: hash,
  };
  return {
    template: 'unitReport',
    title: view.title,
    view,
    day,
    mustShow: [unit, title.slice(0, headingCharsMax)],
  };
}
