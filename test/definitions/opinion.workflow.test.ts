import { expect } from 'chai';
import type { JsonObject } from '../../src/engine/json.js';
import { contexts, delegation, directoryOf, withDelegations } from '../support/builders.js';
import { given, type Told } from '../support/given.js';

const asks = (input: JsonObject): Told => ({
  do: 'CONSULT',
  by: 'drafter',
  input: { question: 'Kinh phí đã phù hợp chưa?', dueOn: '2010-02-12', ...input },
});
const answers = (by: string, more: Partial<Told> = {}): Told => ({
  do: 'ANSWER',
  by,
  input: { stance: 'agree', opinion: 'Nhất trí.' },
  ...more,
});
const opens = ({ last }: ReturnType<typeof given>): readonly JsonObject[] =>
  (last?.entry.effects ?? []).filter(({ kind }) => kind === 'open').map(({ params }) => params);

describe('asking for opinions on a paper', () => {
  it('side by side opens one question each, on the content as it is now', () => {
    const story = given('document', [asks({ units: ['finance', 'office'], people: ['clerk'] })]);
    const [open] = opens(story);
    const children = open?.children as readonly { readonly key: string; readonly context: JsonObject }[];
    expect(children.map(({ key, context }) => [key, context.asked, context.line ?? null])).to.deep.equal([
      ['1/post:finance/head', 'post:finance/head', null],
      ['1/post:office/head', 'post:office/head', null],
      ['1/person:clerk', 'person:clerk', null],
    ]);
    expect(open?.content).to.equal(story.instance.content);
    expect(children[0]?.context).to.deep.include({ asker: 'drafter', drafter: 'drafter', draftingUnit: 'culture', type: 'KH' });
    // asked again, the questions are new ones
    const again = opens(given('document', [asks({ units: ['finance'] }), asks({ units: ['finance'] })]));
    expect(again[0]).to.deep.nested.include({ 'children[0].key': '2/post:finance/head' });
  });

  it('in turn opens one question that goes along the line', () => {
    const [open] = opens(given('document', [asks({ units: ['finance'], people: ['clerk'], order: 'sequential' })]));
    expect(open).to.deep.nested.include({
      'children[0].key': '1',
      'children[0].context.asked': 'post:finance/head',
      'children[0].context.line': ['post:finance/head', 'person:clerk'],
    });
  });

  it('keeps the bounds that the definition declares, and asks nobody who is not there', () => {
    const eleven = [
      'chair',
      'deputy',
      'clerk',
      'formChecker',
      'consolidator',
      'auditor',
      'cultureHead',
      'financeHead',
      'ward1Head',
      'ward2Head',
    ];
    const refused: readonly [JsonObject, string][] = [
      [{}, 'consultedNumber'],
      [{ units: ['finance'], people: eleven }, 'consultedNumber'],
      [{ units: ['nowhere'] }, 'notAddressed'],
      [{ people: ['stranger'] }, 'personUnknown'],
      [{ units: ['finance'], dueOn: '2010-02-08' }, 'duePassed'],
    ];
    for (const [input, code] of refused) given('document').when(asks(input)).isRefused(code);
    given('document')
      .when(asks({ units: ['finance', 'finance'] }))
      .isRefused('inputInvalid');
    const twenty = Array.from({ length: 20 }, () => asks({ units: ['finance'] }));
    given('document', twenty)
      .when(asks({ units: ['finance'] }))
      .isRefused('boundReached');
  });

  it('is for the drafter, his head and the signatories, in review and before the signature too, and moves nothing', () => {
    const submitted: readonly Told[] = [{ do: 'SUBMIT', by: 'drafter' }];
    const { next } = given('document', submitted)
      .when({ ...asks({ units: ['finance'] }), by: 'cultureHead' })
      .leadsTo({
        reviewing: { content: 'waiting', form: 'waiting' },
      });
    expect(next.context.consulted).to.deep.equal(['post:finance/head']);
    given('document', submitted)
      .when({ ...asks({ units: ['finance'] }), by: 'financeHead' })
      .isRefused('notYours');
  });
});

describe('an opinion that is asked for', () => {
  it('is given by the one who is asked, or his delegate, on the text that he has read', () => {
    given('opinion').when(answers('financeHead')).leadsTo('answered');
    given('opinion')
      .when(answers('financeHead', { saw: 'a'.repeat(64) }))
      .isRefused('contentMoved');
    given('opinion').when(answers('drafter')).isRefused('notYours');
    const directory = withDelegations(delegation('financeHead', 'financeOfficer'));
    const { entry } = given('opinion').when(answers('financeOfficer', { directory })).leadsTo('answered');
    expect([entry.onBehalfOf, entry.content]).to.deep.equal(['financeHead', given('opinion').instance.content]);
  });

  it('carries remarks on passages that stand in the text', () => {
    const remarked = (remark: JsonObject): Told =>
      answers('financeHead', { input: { stance: 'agreeWithRemarks', opinion: 'Cần sửa.', remarks: [remark] } });
    given('opinion')
      .when(remarked({ place: '1.', quote: 'tổ chức thực hiện', text: 'Ghi rõ kinh phí.' }))
      .leadsTo('answered');
    const [params] = given('opinion')
      .when(remarked({ quote: 'tổ chức nghiệm thu', text: 'Ghi rõ.' }))
      .isRefused('remarkMisplaced');
    expect(params).to.deep.equal({ remarks: [1] });
    given('opinion')
      .when(remarked({ text: 'Không rõ chỗ nào.' }))
      .isRefused('remarkMisplaced');
  });

  it('goes along a line: each after the one before, who answers or declines', () => {
    const line = ['post:finance/head', 'person:clerk', 'post:ward1/head'];
    const inLine = { context: { ...contexts.opinion, line } };
    given('opinion', [], inLine).when(answers('clerk')).isRefused('notYours');
    const declines: Told = { do: 'DECLINE', by: 'clerk', input: { reason: 'Không thuộc thẩm quyền' } };
    const story = given('opinion', [answers('financeHead'), declines], inLine);
    expect([story.instance.state, story.instance.context.asked]).to.deep.equal(['asked', 'post:ward1/head']);
    expect(story.last?.standing.principals).to.deep.equal(['post:ward1/head']);
    // who has answered has no second answer, and can still read
    story.when(answers('financeHead')).isRefused('notYours');
    expect(story.last?.standing.readers).to.include('post:finance/head');
    const { next } = story.when(answers('ward1Head')).leadsTo('answered');
    expect(next.context.answers).to.equal(2);
  });

  it('is withdrawn by who asked, with a reason; expires by the timer of its day', () => {
    given('opinion')
      .when({ do: 'WITHDRAW', by: 'drafter', input: { reason: 'Đã đổi phương án' } })
      .leadsTo('withdrawn');
    given('opinion').when({ do: 'WITHDRAW', by: 'drafter' }).isRefused('inputInvalid');
    given('opinion').when({ do: 'WITHDRAW', by: 'system' }).leadsTo('withdrawn');
    const story = given('opinion');
    const timer = story.last?.effects.find(({ kind }) => kind === 'timer');
    expect(timer?.params.command).to.equal('EXPIRE');
    expect(timer?.dueAt?.slice(0, 10)).to.equal('2010-02-12');
    story.when({ do: 'EXPIRE', by: 'system', timer: { path: '/asked', visit: 1, dueRevision: 1 } }).leadsTo('expired');
    story.when(answers('financeHead', { directory: directoryOf({ appointments: [] }) })).isRefused('notYours');
  });

  it('is read by the drafter and those who decide, and by no outsider', () => {
    expect(given('opinion').last?.standing.readers).to.deep.equal([
      'person:drafter',
      'person:system',
      'post:committee/chair',
      'post:committee/deputyChair',
      'post:culture/head',
      'post:finance/head',
    ]);
  });
});
