import { cleanText } from '../../commands/cleanInput.js';
import type { FormItem, ReportForm } from '../../office/reporting/form.js';
import { reportSectionsMax, type TypedAnswers, type TypedReport } from '../../office/reporting/reportContent.js';
import { type Form, fieldOf } from '../body.js';

/** What a browser sent for a form of a report: `s.N` names the duty of a section, `s.N.code` and `a.code` are answers. */
export function typedReportOf(sent: Form, form: ReportForm): TypedReport {
  const sections: { assignment: string; answers: TypedAnswers }[] = [];
  for (let index = 0; index < reportSectionsMax && Object.hasOwn(sent, `s.${index}`); index += 1)
    sections.push({ assignment: fieldOf(sent, `s.${index}`), answers: answersOf(sent, form.perDuty, `s.${index}`) });
  return { sections, answers: answersOf(sent, form.once, 'a') };
}

function answersOf(sent: Form, items: readonly FormItem[], prefix: string): TypedAnswers {
  return Object.fromEntries(
    items.flatMap((item): readonly (readonly [string, TypedAnswers[string]])[] => {
      const name = `${prefix}.${item.code}`;
      if (item.kind === 'table') return [[item.code, rowsOf(sent, item, name)]];
      if (!Object.hasOwn(sent, name)) return [];
      const text = cleanText(fieldOf(sent, name), `/${name}`);
      if (item.kind !== 'yesNo') return [[item.code, text]];
      return text === 'yes' || text === 'no' ? [[item.code, text === 'yes']] : [];
    }),
  );
}

function rowsOf(
  sent: Form,
  { columns, rowsMax }: Extract<FormItem, { kind: 'table' }>,
  name: string,
): readonly Readonly<Record<string, string>>[] {
  const rows: Record<string, string>[] = [];
  for (let row = 0; row < rowsMax; row += 1) {
    const cells = columns.map(({ code }) => [code, fieldOf(sent, `${name}.${row}.${code}`)] as const);
    rows.push(Object.fromEntries(cells.map(([code, text]) => [code, cleanText(text, `/${name}.${row}.${code}`)])));
  }
  return rows;
}
