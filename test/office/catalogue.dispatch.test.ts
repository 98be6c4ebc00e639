import { expect } from 'chai';
import type { JsonObject } from '../../src/engine/json.js';
import { dispatchEffects, dispatchRequirements, dispatchUpdates, type LinkedPaper } from '../../src/office/catalogue/dispatch.js';
import { commandOf, factsOf, given } from '../support/given.js';

const story = given('document');

function scope(context: JsonObject, linked: readonly LinkedPaper[] = [], input: JsonObject = {}) {
  const instance = { ...story.instance, context: { ...story.instance.context, ...context } };
  const claim = { role: 'drafter', onBehalfOf: null, by: 'field:drafter', capacity: null };
  return {
    instance,
    next: instance,
    command: commandOf({ do: 'SUBMIT', by: 'drafter', input }),
    claim,
    facts: factsOf({ given: { linked } }),
  };
}

const old = (more: Partial<LinkedPaper> = {}): LinkedPaper => ({
  field: 'replaces',
  id: 'old',
  found: true,
  type: 'KH',
  inForce: true,
  openDuties: 0,
  ...more,
});

describe('a paper that is linked to an earlier one', () => {
  const cases: readonly [string, JsonObject, readonly LinkedPaper[], string][] = [
    ['no link at all', {}, [], 'met'],
    ['replaces one of its type in force', { replaces: 'old' }, [old()], 'met'],
    ['replaces one that is not there', { replaces: 'old' }, [old({ found: false })], 'linkNotInForce'],
    ['replaces one that was not looked up', { replaces: 'old' }, [], 'linkNotInForce'],
    ['replaces one that is not in force', { replaces: 'old' }, [old({ inForce: false })], 'linkNotInForce'],
    ['replaces one of another type', { replaces: 'old' }, [old({ type: 'QĐ' })], 'linkTypeWrong'],
    ['replaces one with open duties', { replaces: 'old' }, [old({ openDuties: 3 })], 'linkedHasDuties'],
    ['amends one with open duties', { amends: 'old' }, [old({ field: 'amends', openDuties: 3 })], 'met'],
    ['amends one of another type', { amends: 'old' }, [old({ field: 'amends', type: 'BC' })], 'linkTypeWrong'],
    ['corrects by a plan', { corrects: 'old' }, [old({ field: 'corrects' })], 'linkTypeWrong'],
    ['corrects by an official letter', { corrects: 'old', type: 'CV' }, [old({ field: 'corrects' })], 'met'],
    ['one sound link and one that is not', { amends: 'a', replaces: 'b' }, [old({ field: 'amends', id: 'a' })], 'linkNotInForce'],
  ];
  for (const [told, context, linked, answer] of cases) {
    it(`${told}: ${answer}`, () => {
      expect(dispatchRequirements['linkSound@1']?.check(undefined, scope(context, linked))?.code ?? 'met').to.equal(answer);
    });
  }
});

describe('the distribution of a paper', () => {
  it('adds the units among the recipients, once each, and leaves others to their deliveries', () => {
    const recipients = [{ name: 'Phường 1', unit: 'ward1' }, { name: 'Sở Ví dụ' }, { name: 'Phường 2', unit: 'ward2' }];
    const change = dispatchUpdates['takeRecipients@1']?.apply(undefined, scope({ sentTo: ['ward2'] }, [], { recipients }), 2);
    expect(change?.context).to.deep.equal({ sentTo: ['ward2', 'ward1'] });
  });

  it('holds as many units as it says, and drops none in silence', () => {
    const units = (count: number) => Array.from({ length: count }, (_, index) => ({ name: 'Phường', unit: `w${index}` }));
    const fits = (before: readonly string[], count: number) =>
      dispatchRequirements['recipientsFit@1']?.check(undefined, scope({ sentTo: before }, [], { recipients: units(count) }));
    expect(fits([], 500)).to.equal(null);
    expect(fits(['w7', 'w8'], 500)).to.equal(null);
    expect(fits(['other'], 500)).to.deep.equal({ code: 'recipientsTooMany', params: { count: 501, max: 500 } });
    // recipients without a unit are deliveries alone; and what is only shown has no input yet
    const strangers = { recipients: [...units(500), { name: 'Sở Ví dụ' }] };
    expect(dispatchRequirements['recipientsFit@1']?.check(undefined, scope({}, [], strangers))).to.equal(null);
    expect(dispatchRequirements['recipientsFit@1']?.check(undefined, scope({}))).to.equal(null);
  });

  it('keeps an input under another name', () => {
    const change = dispatchUpdates['keepInput@1']?.apply({ from: 'by', to: 'replacedBy' }, scope({}, [], { by: 'new' }), 2);
    expect(change?.context).to.deep.equal({ replacedBy: 'new' });
  });

  it('tells children of one kind, and the linked paper only where there is one', () => {
    const children = { kind: 'delivery', command: 'RECALL' };
    expect(dispatchEffects['tellChildren@1']?.plan(children, scope({}))).to.deep.equal([{ params: children }]);
    const linked = { field: 'amends', command: 'AMENDED' };
    expect(dispatchEffects['tellLinked@1']?.plan(linked, scope({}))).to.deep.equal([]);
    const why = { amends: 'old', linkReason: 'Bổ sung kinh phí', reason: 'một lý do khác' };
    expect(dispatchEffects['tellLinked@1']?.plan(linked, scope(why))).to.deep.equal([
      { params: { target: 'old', command: 'AMENDED', input: { by: story.instance.id, reason: 'Bổ sung kinh phí' } } },
    ]);
  });
});
