import { textAt } from '../../src/engine/json.js';
import type { GivenReport } from '../../src/office/reporting/reportFindings.js';
import { contexts } from './builders.js';

const hash = textAt(contexts.report ?? {}, 'form');

/** A report against which nothing stands: its form asks for nothing, and the unit has no duty in the period. */
export const soundReport: GivenReport = {
  content: { kind: 'report', form: hash, sections: [], answers: {} },
  form: {
    kind: 'reportForm',
    id: 'thuc-hien-ke-hoach',
    version: 1,
    label: { vi: 'Mẫu ví dụ', en: 'Example form' },
    perDuty: [],
    once: [{ kind: 'yesNo', code: 'coQuyChe', label: { vi: 'Có quy chế', en: 'Has rules' }, required: false }],
  },
  hash,
  duties: [],
};
