import type { Appendix, Block, Paper } from '../../src/office/papers/paper.js';
import * as forms from './sampleForms.js';
import { letter, plan, report } from './samplePapers.js';
import * as parts from './sampleParts.js';

/** What every issued paper bears beside its content. */
const marks: Partial<Paper> = { pictures: forms.pictures, test: true, code: 'KH8M-2345-PQRS-6789' };

const sentence = 'Các cơ quan, đơn vị nghiêm túc thực hiện, định kỳ báo cáo Ủy ban nhân dân quận qua phòng Nội vụ. ';

/** Too long for a page, with empty cells, and a head that has one too. */
const longTable: Block = {
  kind: 'table',
  caption: 'Phân công thực hiện',
  head: ['STT', 'Nội dung', 'Chủ trì', 'Phối hợp', 'Thời hạn', ''],
  numeric: [],
  rows: Array.from({ length: 24 }, (_, index) => [
    String(index + 1),
    sentence.repeat(1 + (index % 3)).trim(),
    'Phòng Nội vụ',
    index % 2 === 0 ? '' : 'Các phường',
    'Quý II',
  ]),
};
const bareTable: Block = { kind: 'table', caption: null, head: [], numeric: [1], rows: [['Tổng cộng', '12']] };

const appendices: readonly Appendix[] = [
  { marker: 'Phụ lục I', title: 'Phân công thực hiện', orientation: 'landscape', body: [longTable] },
  {
    marker: 'Phụ lục II',
    title: 'Mẫu báo cáo',
    orientation: 'portrait',
    body: [{ kind: 'paragraph', marker: '1.', level: 1, text: sentence.repeat(40).trim() }, bareTable],
  },
];

/** One final paper of every kind and with every part that the form knows, by name. */
export function archivePapers(): Readonly<Record<string, Paper>> {
  const marked = (paper: Paper): Paper => ({ ...paper, ...marks });
  return {
    plan: marked(plan()),
    letter: marked(forms.officialLetter()),
    report: marked(report(16, 2)),
    decision: marked(forms.decision()),
    submission: marked(forms.submission()),
    notice: marked(forms.notice()),
    minutes: marked(forms.minutes()),
    invitation: marked(forms.invitation()),
    regulation: marked(parts.regulation()),
    withAppendices: marked(parts.withAppendices()),
    saoY: marked(parts.copy('SY')),
    saoLuc: marked(parts.copy('SL')),
    trichSao: marked(parts.copy('TrS')),
    withStamps: plan(marks, {
      urgency: 'hoaToc',
      circulation: 'XEM XONG TRẢ LẠI',
      contact: 'Số 332 Quang Trung; điện thoại: 028 0000 0000',
      drafterMark: { initials: 'PL', copies: 30 },
      appendices,
    }),
    of2010: plan({ ...marks, issuedOn: '2010-02-09', numberYear: 2010 }, { appendices }),
    of2012: plan({ ...marks, issuedOn: '2012-05-31' }, { appendices }),
    withoutPictures: letter(),
    plainest: plan(
      { signature: { authority: null, capacity: null, title: 'CHỦ TỊCH', name: 'Người ví dụ 01' } },
      {
        issuer: { superior: null, name: 'ỦY BAN NHÂN DÂN QUẬN GÒ VẤP' },
        title: 'Thử “A&B” <x> ]]> </rdf:li> \'"',
        bases: [],
        body: [bareTable],
        recipients: [],
        archive: null,
      },
    ),
  };
}
