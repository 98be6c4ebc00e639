import { expect } from 'chai';
import fc from 'fast-check';
import { byKind, fitting } from '../../../src/commands/organisation/brought.js';
import { columns } from '../../../src/commands/organisation/csvColumns.js';
import { csvOf } from '../../../src/commands/organisation/exportOrganisation.js';
import { readCsv } from '../../../src/commands/organisation/readCsv.js';
import { recordShapes } from '../../../src/commands/organisation/shapes.js';
import type { Directory } from '../../../src/office/organisation/directory.js';
import { changesOf, recordKinds, recordsOf } from '../../../src/office/organisation/records.js';
import { directoryOf } from '../../support/builders.js';

const bytes = (text: string) => new TextEncoder().encode(text);

function readAll(directory: Directory) {
  const read = recordKinds.map((kind) => readCsv({ name: `${kind}.csv`, bytes: bytes(csvOf(directory, kind)) }));
  const { records, faults } = fitting(read.flatMap(({ brought }) => brought));
  return { records: byKind(records), faults: [...read.flatMap((one) => one.faults), ...faults] };
}

const id = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9_-]{0,10}$/);
/** Words as they are, and everything that a spreadsheet, a separator or a formula could make of them. */
const text = fc.oneof(
  fc.constantFrom(
    'Phường 1',
    '=1+1',
    "'=x",
    "'x",
    '+84 28',
    '-',
    '@a',
    'a;b,c\td',
    'nói "thẳng"',
    'hai\ndòng',
    ' lề ',
    '0012',
    '1/2/2010',
    'TRUE',
    '*',
    '|',
    'a|b',
    '\\',
  ),
  fc.string({ minLength: 1, maxLength: 12, unit: fc.constantFrom('a', 'ệ', '"', ';', ',', '|', '\\', "'", '=', ' ', 'Đ') }),
);
const item = text.map((one) => one.trim()).filter((one) => one !== '');
const texts = fc.uniqueArray(item, { maxLength: 4 });
const scope = fc.option(texts, { nil: null });
const day = fc.integer({ min: 0, max: 20_000 }).map((days) => new Date(days * 86_400_000).toISOString().slice(0, 10));
const end = fc.option(day, { nil: null });
const ids = fc.uniqueArray(id, { maxLength: 3 });
const post = fc.constantFrom('head', 'officer', 'deputyHead');
const revokedAt = fc.option(fc.constant('2010-02-09T02:00:00.000Z'), { nil: null });

const directories = fc.record({
  units: fc.array(
    fc.record({
      id,
      name: text,
      abbreviation: text,
      kind: id,
      parent: fc.option(id, { nil: null }),
      validFrom: day,
      validTo: end,
    }),
  ),
  people: fc.array(fc.record({ id, name: text, login: text, disabled: fc.boolean() })),
  appointments: fc.array(
    fc.record({
      id,
      person: id,
      unit: id,
      post,
      title: fc.option(text, { nil: null }),
      acting: fc.boolean(),
      from: day,
      to: end,
    }),
  ),
  delegations: fc.array(
    fc.record({
      id,
      delegator: id,
      delegate: id,
      definitions: scope,
      types: scope,
      commands: scope,
      from: day,
      to: day,
      revokedAt,
      reason: text,
    }),
  ),
  grants: fc.array(
    fc.record({
      id,
      kind: fc.constantFrom('KT' as const, 'TL' as const, 'TUQ' as const),
      grantor: fc.record({ unit: id, post }),
      grantee: fc.record({ unit: id, post }),
      types: scope,
      units: scope,
      subject: text,
      from: day,
      to: end,
      revokedAt,
      passable: fc.boolean(),
      decision: text,
    }),
  ),
  divisions: fc.array(
    fc.record({ id, appointment: id, fields: texts, units: scope, types: scope, from: day, to: end, decision: text }),
  ),
  successions: fc.array(
    fc.record({
      id,
      kind: fc.constantFrom('merge' as const, 'split' as const, 'rename' as const, 'abolish' as const),
      from: texts,
      to: texts,
      on: day,
      shares: fc.array(fc.record({ definition: item, to: id }), { maxLength: 3 }),
      decision: text,
    }),
  ),
  lists: fc.array(fc.record({ id, name: text, units: ids })),
});

describe('an organisation in CSV', () => {
  it('has a column for every field of a record, and none besides', () => {
    for (const kind of recordKinds) {
      const fields = Object.keys(recordShapes[kind].properties).sort();
      expect(
        [...new Set(columns[kind].map(({ path }) => path[0]))].sort((a = '', b = '') => (a < b ? -1 : 1)),
        kind,
      ).to.deep.equal(fields);
    }
  });

  it('comes back as it was, whatever it holds (property)', () => {
    fc.assert(
      fc.property(directories, (parts) => {
        const unique = Object.fromEntries(
          Object.entries(parts).map(([kind, list]) => [kind, [...new Map(list.map((one) => [one.id, one])).values()]]),
        );
        const directory = directoryOf(unique as Partial<Directory>);
        const { records, faults } = readAll(directory);
        expect(faults).to.deep.equal([]);
        for (const kind of recordKinds) expect(recordsOf(records, kind)).to.deep.equal(recordsOf(directory, kind));
        expect(changesOf(directory, records)).to.deep.equal([]);
      }),
      { numRuns: 200 },
    );
  });

  it('starts with a byte order mark, ends lines as spreadsheets do, and holds nothing they would calculate', () => {
    const csv = csvOf(directoryOf({ lists: [{ id: 'l', name: '=HYPERLINK("x")', units: ['-1', '+2'] }] }), 'lists');
    expect(csv).to.equal('\u{FEFF}id,name,units\r\nl,"\'=HYPERLINK(""x"")",\'-1 | +2\r\n');
  });
});

describe('a table as a spreadsheet saves it', () => {
  const read = (name: string, text_: string) => readCsv({ name, bytes: bytes(text_) });
  const head = 'id;person;unit;post;title;acting;from;to';

  it('is read with semicolons, tabs, days as they are written here, and columns in any order', () => {
    const expected = {
      id: 'a1',
      person: 'p1',
      unit: 'nv',
      post: 'head',
      title: null,
      acting: true,
      from: '2010-02-09',
      to: null,
    };
    const texts_ = [
      `\u{FEFF}${head}\r\na1;p1;nv;head;;x;9/2/2010;\r\n;;;;;;;\r\n`,
      'to\tfrom\tacting\ttitle\tpost\tunit\tperson\tID\n\t09-02-2010\tCó\t\thead\tnv\tp1\ta1\n',
      'id,person,unit,post,title,acting,from,to\na1,p1,nv,head,,TRUE,2010-02-09,',
    ];
    for (const one of texts_) {
      const { brought, faults } = read('appointments.csv', one);
      expect(faults).to.deep.equal([]);
      expect(brought.map(({ value }) => value)).to.deep.equal([expected]);
    }
  });

  it('has every fault named with its file, line and column', () => {
    const { brought, faults } = read(
      'Appointments.csv',
      `${head}\na1;p1;nv;head;"hai\ndòng";TRUE;2010-02-09;\na2;p1;nv;head;;TRUE;31/02/2010;9.2.10\na3;p1;nv;head;;maybe;2010-02-09;\na4;p1\n`,
    );
    expect(faults.map(({ file, line, column, code }) => [file, line, column, code])).to.deep.equal([
      ['Appointments.csv', 4, 'from', 'dayInvalid'],
      ['Appointments.csv', 4, 'to', 'dayInvalid'],
      ['Appointments.csv', 5, 'acting', 'flagInvalid'],
      ['Appointments.csv', 6, 'unit', 'cellsMissing'],
    ]);
    const shape = fitting([...brought, ...read('appointments.csv', `${head}\na1;p 1;;vua;;;2010-02-09;\n`).brought]);
    expect(shape.faults.map(({ line, column, code }) => [line, column, code])).to.deep.equal([
      [2, 'person', 'valueInvalid'],
      [2, 'unit', 'valueInvalid'],
      [2, 'post', 'valueInvalid'],
      [2, 'id', 'idDouble'],
    ]);
  });

  it('is refused as a whole where it cannot be told what it is', () => {
    const codes = (name: string, content: string | Uint8Array) =>
      readCsv({ name, bytes: typeof content === 'string' ? bytes(content) : content }).faults.map(({ code, column }) => [
        code,
        column,
      ]);
    expect(codes('nhan-su.csv', head)).to.deep.equal([['fileUnknown', '']]);
    expect(codes('units.csv', '')).to.deep.equal([['fileEmpty', '']]);
    expect(codes('units.csv', new Uint8Array([0xff, 0xfe, 0x69, 0x00]))).to.deep.equal([['notUtf8', '']]);
    expect(codes('lists.csv', 'id,name,units,ghi chú,id\n')).to.deep.equal([
      ['columnUnknown', 'ghi chú'],
      ['columnDouble', 'id'],
    ]);
    expect(codes('lists.csv', 'id,name\nl,x\n')).to.deep.equal([['columnMissing', 'units']]);
    expect(codes('lists.csv', 'id,name,units\nl,"x,y\n')).to.deep.equal([['csvBroken', '']]);
  });

  it('gives no power by an empty cell: everything is only what says so', () => {
    const line = (cell: string) =>
      `id,delegator,delegate,definitions,types,commands,from,to,revokedAt,reason\nd,a,b,${cell},*,*,2010-02-09,2010-02-10,,Nghỉ phép\n`;
    const definitions = (cell: string) => read('delegations.csv', line(cell)).brought[0]?.value.definitions;
    expect([definitions(''), definitions('*'), definitions('document | report')]).to.deep.equal([
      [],
      null,
      ['document', 'report'],
    ]);
  });
});
