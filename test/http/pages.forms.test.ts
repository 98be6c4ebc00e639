import { expect } from 'chai';
import { dueInWords, instantInWords } from '../../src/http/pages/dates.js';
import { fieldsOf, inputOf, typedOf } from '../../src/http/pages/forms.js';
import { paperTextOf } from '../../src/http/pages/paper.js';
import { town } from '../support/town.js';

const directory = { ...town('forms'), revision: 1 };
const drawing = { language: 'vi', directory, now: '2026-03-02T02:00:00.000Z', form: 'X', typed: {} } as const;
const schema = {
  type: 'object',
  required: ['units', 'reason'],
  additionalProperties: false,
  properties: {
    units: { type: 'array', items: { type: 'string' } },
    notes: { type: 'array', items: { type: 'string' } },
    reason: { type: 'string', maxLength: 4000 },
    clause: { type: 'string', maxLength: 60 },
    dueOn: { type: 'string', format: 'date' },
    grade: { enum: ['good', 'poor'] },
    count: { type: 'integer' },
    late: { type: 'boolean' },
  },
} as const;

describe('forms drawn from a schema', () => {
  it('offer as leader the posts that are held, then who holds them', () => {
    const to = { type: 'object', properties: { to: { type: 'string', maxLength: 120 } } } as const;
    const optionsOf = (one: typeof directory) =>
      fieldsOf(to, { ...drawing, directory: one })[0]?.options.map(({ value, label }) => [value, label]);
    const [chair, deputy] = ['chair', 'deputy'].map((id) => directory.people.find((person) => person.id === id)?.name);
    expect(optionsOf(directory)).to.deep.equal([
      ['chair', 'Chủ tịch'],
      ['deputyChair', 'Phó Chủ tịch'],
      ['chair', `Chủ tịch ${chair}`],
      ['deputy', `Phó Chủ tịch ${deputy}`],
    ]);
    const without = { ...directory, appointments: directory.appointments.filter(({ person }) => person !== 'deputy') };
    expect(optionsOf(without)?.map(([value]) => value)).to.deep.equal(['chair', 'chair']);
    expect(fieldsOf(to, drawing)[0]).to.include({ choice: true, required: false, label: 'Người được trình' });
  });

  it('give each field the control of its kind, its name in words, and the units that exist today', () => {
    const closed = {
      ...directory,
      units: directory.units.map((unit) => (unit.id === 'p8' ? { ...unit, validTo: '2025-06-30' } : unit)),
    };
    const fields = fieldsOf(schema, { ...drawing, directory: closed });
    const kinds = fields.map((field) =>
      (['text', 'area', 'lines', 'date', 'number', 'yesNo', 'choice', 'checks'] as const).filter((kind) => field[kind]),
    );
    expect(kinds).to.deep.equal([['checks'], ['lines'], ['area'], ['text'], ['date'], ['choice'], ['number'], ['yesNo']]);
    expect(fields[0]?.options.map(({ value }) => value))
      .to.include('p7')
      .and.not.to.include('p8');
    expect(fields.map(({ required }) => required)).to.deep.equal([true, false, true, false, false, false, false, false]);
    expect(fields[2]?.label).to.equal('Lý do');
    expect(new Set(fields.map(({ id }) => id)).size).to.equal(fields.length);
  });

  it('take back what was drawn: lists from boxes and lines, numbers, nothing for what was left empty', () => {
    const typed = typedOf({
      'input.units': ['p1', 'p2'],
      'input.notes': 'một\r\n\r\n hai ',
      'input.reason': ' Thiếu\nphụ lục',
      'input.clause': '',
      'input.count': '12',
      'input.late': 'false',
      _key: 'k',
    });
    expect(inputOf(schema, typed)).to.deep.equal({
      units: ['p1', 'p2'],
      notes: ['một', 'hai'],
      reason: ' Thiếu\nphụ lục',
      count: 12,
      late: false,
    });
    expect(inputOf(schema, typedOf({ 'input.units': 'p1' }))).to.deep.equal({ units: ['p1'] });
  });

  it('drop nothing in silence', () => {
    const input = inputOf(
      schema,
      typedOf(
        JSON.parse('{"input.role":"chair","input.__proto__":"x","input.count":"many","input.reason":["a","b"]}') as Record<
          string,
          string
        >,
      ),
    );
    expect(Object.keys(input)).to.deep.equal(['role', '__proto__', 'count', 'reason']);
    expect(input['count']).to.equal('many');
    expect(input['reason']).to.deep.equal(['a', 'b']);
  });
});

describe('times in words', () => {
  const due = (day: string, now: string) => dueInWords('vi', directory.calendar, `${day}T16:59:59.999Z`, now)?.text;

  it('count working days, and are of Vietnam', () => {
    // Thursday 5 March 2026, 23:30 in Hà Nội
    expect(instantInWords('2026-03-05T16:30:00.000Z')).to.equal('05/03/2026 23:30');
    expect(instantInWords('2026-03-05T17:30:00.000Z')).to.equal('06/03/2026 00:30');
    expect(due('2026-03-10', '2026-03-05T16:30:00.000Z')).to.equal('còn 3 ngày làm việc, 10/03/2026');
    expect(due('2026-03-10', '2026-03-05T17:30:00.000Z')).to.equal('còn 2 ngày làm việc, 10/03/2026');
    expect(due('2026-03-05', '2026-03-05T16:30:00.000Z')).to.equal('hôm nay, 05/03/2026');
    expect(due('2026-03-06', '2026-03-06T17:30:00.000Z')).to.equal('vừa quá hạn, 06/03/2026');
    expect(due('2026-03-05', '2026-03-09T03:00:00.000Z')).to.equal('quá hạn 2 ngày làm việc, 05/03/2026');
    // a Saturday ahead, with no working day left after the Friday
    expect(due('2026-03-07', '2026-03-06T03:00:00.000Z')).to.equal('sắp đến hạn, 07/03/2026');
    // years ahead the count goes on, and past the calendar's end it says what it does not know
    expect(due('2029-03-06', '2026-03-06T03:00:00.000Z')).to.match(/^còn 7[5-9]\d ngày làm việc, 06\/03\/2029/);
    const short = { ...directory.calendar, validTo: '2026-12-31' };
    const told = (language: 'vi' | 'en', day: string, now: string) =>
      dueInWords(language, short, `${day}T16:59:59.999Z`, now)?.text;
    expect(told('vi', '2027-01-04', '2026-12-31T03:00:00.000Z')).to.equal(
      'còn 2 ngày làm việc, 04/01/2027 (lịch chưa ghi đủ ngày nghỉ)',
    );
    expect(told('en', '2026-03-09', '2026-03-06T03:00:00.000Z')).to.equal('1 working day left, 09/03/2026');
    expect(told('en', '2026-03-06', '2026-03-09T03:00:00.000Z')).to.equal('1 working day late, 06/03/2026');
    expect(dueInWords('en', directory.calendar, null, '2026-03-09T03:00:00.000Z')).to.equal(null);
  });
});

describe('a stored text as something to read', () => {
  it('lays out any content, whatever it is, within bounds', () => {
    expect(paperTextOf(null, 'vi')).to.equal(null);
    expect(paperTextOf('text', 'vi')).to.equal(null);
    const odd = paperTextOf(
      {
        title: 'T',
        body: [7, null, { kind: 'heading', level: 99, marker: 5, text: {} }, { kind: 'table', rows: 'x', head: [1, {}] }],
        recipients: [{}, 'A'],
      },
      'vi',
    );
    const [sheet] = odd?.sheets ?? [];
    expect(
      sheet?.pieces.map(({ paragraph, heading, table }) => paragraph ?? heading ?? table?.head.map(({ text }) => text)),
    ).to.deep.equal(['7', '', '5', ['1', '']]);
    expect(sheet?.recipients?.items).to.deep.equal(['A']);
    const report = paperTextOf({ period: '2026-Q1', sections: [{ title: 'Việc một', result: 'Xong' }] }, 'vi');
    expect(report?.sheets[0]?.pieces.map(({ heading, paragraph }) => heading ?? paragraph)).to.include.members([
      'Kỳ báo cáo (ví dụ 2026-Q1): 2026-Q1',
      'Trích yếu: Việc một',
      'Kết quả thực hiện: Xong',
    ]);
    const large = paperTextOf({ list: Array.from({ length: 10_000 }, () => 'x') }, 'vi');
    expect([large?.sheets[0]?.pieces.length, large?.cut]).to.deep.equal([3_000, true]);
  });
});
