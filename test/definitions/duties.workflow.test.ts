import { expect } from 'chai';
import type { JsonObject } from '../../src/engine/json.js';
import { evidenceOf } from '../../src/office/duties/evidence.js';
import { directory, directoryOf } from '../support/builders.js';
import { given, type Told } from '../support/given.js';

const hash = 'a'.repeat(64);
const stored = { mediaType: 'application/pdf', state: 'clean' };
const files = [{ hash, name: 'Bien ban.pdf' }];
const accept: Told = { do: 'ACCEPT', by: 'ward1Head' };
const complete = (input: JsonObject, more: Partial<Told> = {}): Told => ({
  do: 'COMPLETE',
  by: 'ward1Head',
  input: { result: 'Đã xong', ...input },
  given: { children: [], namedFiles: { [hash]: stored } },
  ...more,
});
/** The ward has no account of its own: its head is not in the system, and the clerk serves it. */
const served = directoryOf({
  units: directory.units.map((unit) => (unit.id === 'ward1' ? { ...unit, servedBy: 'clerk' as const } : unit)),
  appointments: directory.appointments.filter(({ unit }) => unit !== 'ward1'),
});

describe('ASSIGN', () => {
  const assign = (input: JsonObject): Told => ({ do: 'ASSIGN', by: 'consolidator', input });

  it('takes one lead and any number of co-operating units', () => {
    given('directive')
      .when(assign({ lead: ['ward1'], cooperating: ['ward2', 'finance'] }))
      .leadsTo({ active: { work: { execution: 'carrying', reporting: 'collecting' } } });
  });

  it('refuses two leads unless each carries it on its own, and a unit that leads and co-operates', () => {
    given('directive')
      .when(assign({ lead: ['ward1', 'ward2'] }))
      .isRefused('leadNotOne');
    given('directive')
      .when(assign({ lead: ['ward1'], cooperating: ['ward1'] }))
      .isRefused('unitTwice');
    given('directive')
      .when(assign({ lead: ['ward1'], cooperating: ['ward2', 'ward2'] }))
      .isRefused('unitTwice');
    const { next } = given('directive')
      .when(assign({ lead: ['ward1', 'ward2'], each: true }))
      .leadsTo({ active: { work: { execution: 'carrying', reporting: 'collecting' } } });
    expect(next.context.each).to.equal(true);
  });
});

describe('evidence of completion', () => {
  it('keeps words, files and figures, and those of earlier rounds with the reason for which they came back', () => {
    const story = given('assignment', [
      accept,
      complete({ files, figures: [{ name: 'Lượt người dự', value: '1.234,5', measure: 'lượt' }] }),
      { do: 'RETURN', by: 'consolidator', input: { reason: 'Thiếu danh sách' } },
      complete({ result: 'Đã bổ sung' }),
    ]);
    expect(
      evidenceOf(story.instance).map(({ round, result, figures, returned }) => [round, result, figures, returned?.reason]),
    ).to.deep.equal([
      [1, 'Đã xong', [{ name: 'Lượt người dự', value: '1234.5', measure: 'lượt' }], 'Thiếu danh sách'],
      [2, 'Đã bổ sung', [], undefined],
    ]);
    // its files can be read where the duty can, and cannot be taken off any more
    expect(story.instance.context.attachments).to.deep.equal(files);
    story.when({ do: 'DETACH', by: 'ward1Head', input: { hash } }).isRefused('evidenceKept');
  });

  it('refuses figures that are none, files that are not stored, in quarantine, or named as what they are not', () => {
    const story = given('assignment', [accept]);
    const figure = (value: string) => [{ name: 'Số hộ', value, measure: 'hộ' }];
    for (const value of ['khoảng 12', '1.2.3', '12 hộ', '9'.repeat(40)])
      story.when(complete({ figures: figure(value) })).isRefused('figuresUnsound');
    const withFile = (file: object | null) => complete({ files }, { given: { children: [], namedFiles: { [hash]: file } } });
    story.when(withFile(null)).isRefused('attachmentUnknown');
    story.when(withFile({ ...stored, state: 'quarantined' })).isRefused('fileQuarantined');
    story.when(withFile({ ...stored, mediaType: 'image/png' })).isRefused('attachmentMisnamed');
    story.when(complete({ figures: figure('-3') })).leadsTo('completed');
  });
});

describe('a unit that does not use the system', () => {
  const source = 'Công văn 15/UBND ngày 08/02/2010';
  const clerk = (told: string, input: JsonObject = {}): Told => ({
    do: told,
    by: 'clerk',
    input: { source, ...input },
    directory: served,
  });

  it('speaks through the clerk, with the paper by which it spoke', () => {
    const { next, entry, standing } = given('assignment', [], { directory: served })
      .when(clerk('ACCEPT'))
      .leadsTo({ executing: 'working' });
    expect([entry.role, entry.input.source]).to.deep.equal(['servingClerk', source]);
    expect(next.context.spoken).to.deep.equal([{ command: 'ACCEPT', on: '2010-02-09', by: 'clerk', source }]);
    expect(standing.principals).to.include('post:committee/clerk');
    const done = given('assignment', [clerk('ACCEPT')], { directory: served })
      .when({ ...complete({ source }), by: 'clerk', directory: served })
      .leadsTo('completed');
    expect(evidenceOf(done.next)[0]?.source).to.equal(source);
    given('assignment', [], { directory: served })
      .when(clerk('CONTEST', { contested: 'Không thuộc địa bàn' }))
      .leadsTo('contested');
  });

  it('is not spoken for without a source, nor by a paper that the clerk cannot read', () => {
    const story = given('assignment', [], { directory: served });
    story.when({ ...clerk('ACCEPT'), input: {} }).isRefused('inputInvalid');
    story.when({ ...clerk('ACCEPT'), input: { source: 'example.0123456789abcdef01234567' } }).isRefused('paperNotNamed');
  });

  it('is never spoken for where it has somebody of its own, whatever its record says', () => {
    const own = directoryOf({ units: served.units });
    expect(given('assignment', [], { directory: own }).when({ ...clerk('ACCEPT'), directory: own }).decision.kind).to.equal(
      'refused',
    );
    expect(given('assignment').when({ ...clerk('ACCEPT'), directory }).decision.kind).to.equal('refused');
    // and nobody but the clerk speaks for a unit that has nobody
    expect(given('assignment', [], { directory: served }).when({ ...clerk('ACCEPT'), by: 'formChecker' }).decision.kind).to.equal(
      'refused',
    );
  });
});

describe('CARRY_OVER', () => {
  it('is kept once for each period, in every state that is open', () => {
    const carry = (period: string): Told => ({ do: 'CARRY_OVER', by: 'system', input: { period } });
    const story = given('assignment', [carry('2010-Q1'), accept, carry('2010-Q2')]);
    expect(story.instance.context.carried).to.deep.equal([
      { period: '2010-Q1', on: '2010-02-09', dueOn: '2010-03-31' },
      { period: '2010-Q2', on: '2010-02-09', dueOn: '2010-03-31' },
    ]);
    story.when(carry('2010-Q1')).isRefused('carriedAlready');
    story.when({ ...carry('2010-Q3'), by: 'consolidator' }).isRefused('notYours');
  });
});

describe('a plan of its own', () => {
  const own = (input: JsonObject, facts: Told['given'] = {}): Told => ({
    do: 'ATTACH_PLAN',
    by: 'ward1Head',
    input,
    given: { children: [], ...facts },
  });

  it('is a stored file or a paper that may be read, and exactly one of the two', () => {
    const story = given('assignment', [accept]);
    story.when(own({ hash, name: 'Ke hoach.pdf' })).isRefused('attachmentUnknown');
    const file = story
      .when(own({ hash, name: 'Ke hoach.pdf' }, { namedFiles: { [hash]: stored } }))
      .leadsTo({ executing: 'working' });
    expect(file.next.context.ownPlan).to.deep.equal([{ hash, name: 'Ke hoach.pdf', on: '2010-02-09', by: 'ward1Head' }]);
    const paper = 'example.0123456789abcdef01234567';
    story.when(own({ paper }, { namedPaper: { id: paper, found: false, title: '' } })).isRefused('paperNotNamed');
    const named = story
      .when(own({ paper }, { namedPaper: { id: paper, found: true, title: 'Kế hoạch của phường' } }))
      .leadsTo({ executing: 'working' });
    expect(named.next.context.ownPlan).to.deep.equal([
      { paper, title: 'Kế hoạch của phường', on: '2010-02-09', by: 'ward1Head' },
    ]);
    story.when(own({ paper, hash, name: 'Ke hoach.pdf' })).isRefused('ownPlanUnclear');
    story.when(own({})).isRefused('ownPlanUnclear');
    story.when(own({ hash }, { namedFiles: { [hash]: stored } })).isRefused('ownPlanUnclear');
  });
});
