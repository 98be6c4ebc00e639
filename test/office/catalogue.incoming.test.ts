import { expect } from 'chai';
import type { Claim } from '../../src/engine/command.js';
import type { JsonObject } from '../../src/engine/json.js';
import type { Scope } from '../../src/engine/rules.js';
import { incomingEffects, incomingRequirements, incomingUpdates } from '../../src/office/catalogue/incoming.js';
import { contexts, wednesdayEarly } from '../support/builders.js';
import { commandOf, factsOf, given, type Told } from '../support/given.js';

const claim: Claim = { role: 'clerk', onBehalfOf: null, by: 'x', capacity: null };
const start = given('incoming').instance;

interface Around extends Partial<Told> {
  readonly context?: JsonObject;
}

function scope({ context = {}, ...told }: Around = {}): Scope {
  const instance = { ...start, context: { ...start.context, ...context } };
  return { instance, command: commandOf({ do: 'REGISTER', by: 'clerk', ...told }), claim, facts: factsOf(told) };
}

function judged(name: string, arg: unknown, around: Around): string {
  return incomingRequirements[name]?.check(arg, scope(around))?.code ?? 'met';
}

const direction = { lead: 'leadUnit', cooperating: 'cooperating', due: 'dueOn' };
const earlier = (context: JsonObject): Around => ({
  given: {
    sameIncoming: [{ id: 'other', arrivalNumber: 7, arrivalDay: '2010-02-01', context: { ...contexts.incoming, ...context } }],
  },
});
const post = { person: 'handler', unit: 'leadUnit' };
const laying = { input: 'to', field: 'laidBefore' };
const replies = ['replySymbol', 'noReply'];

describe('the rules of incoming papers', () => {
  const cases: readonly [string, unknown, Around, string][] = [
    ['numbered@1', undefined, { given: {} }, 'numberNeeded'],
    ['numbered@1', undefined, {}, 'met'],
    ['notDuplicate@1', undefined, {}, 'met'],
    ['notDuplicate@1', undefined, earlier({}), 'duplicatePaper'],
    ['notDuplicate@1', undefined, { ...earlier({}), input: { confirmDuplicate: true } }, 'met'],
    ['notDuplicate@1', undefined, { ...earlier({}), input: { confirmDuplicate: false } }, 'duplicatePaper'],
    // zeros, case, spaces and the place of a tone do not make another paper
    ['notDuplicate@1', undefined, earlier({ codeNumber: '0015', issuer: ' sở  NỘI VỤ Ví Dụ' }), 'duplicatePaper'],
    ['notDuplicate@1', undefined, { ...earlier({ issuer: 'Sở Văn hoá' }), context: { issuer: 'Sở Văn hóa' } }, 'duplicatePaper'],
    // nor do blanks around a sign, another dash, an eth for a Đ, a full stop at the end
    [
      'notDuplicate@1',
      undefined,
      { ...earlier({ codeNotation: 'QÐ – UBND' }), context: { codeNotation: 'QĐ-UBND' } },
      'duplicatePaper',
    ],
    ['notDuplicate@1', undefined, earlier({ issuer: 'Sở Nội vụ Ví Dụ.' }), 'duplicatePaper'],
    ['notDuplicate@1', undefined, earlier({ codeNumber: '150' }), 'met'],
    ['notDuplicate@1', undefined, earlier({ codeNotation: 'SNV-TĐ' }), 'met'],
    ['notDuplicate@1', undefined, earlier({ issuer: 'Sở Nội vụ Ví Dụ Hai' }), 'met'],
    // numbers begin again each year
    ['notDuplicate@1', undefined, earlier({ issuedOn: '2009-02-05' }), 'met'],
    ['directionSound@1', direction, { input: { leadUnit: 'ward1' } }, 'met'],
    ['directionSound@1', direction, { input: { leadUnit: 'ward1', cooperating: [] } }, 'met'],
    ['directionSound@1', direction, { input: { leadUnit: 'ward1', cooperating: ['ward2'] } }, 'dueNeeded'],
    ['directionSound@1', direction, { input: { leadUnit: 'ward1', cooperating: ['ward2'], dueOn: '2010-02-09' } }, 'met'],
    [
      'directionSound@1',
      direction,
      { input: { leadUnit: 'ward1', cooperating: ['ward2', 'ward1'], dueOn: '2010-03-01' } },
      'leadUnclear',
    ],
    ['directionSound@1', direction, { input: { leadUnit: 'ward1', dueOn: '2010-02-08' } }, 'duePassed'],
    // in UTC it is still the ninth
    ['directionSound@1', direction, { input: { leadUnit: 'ward1', dueOn: '2010-02-09' }, at: wednesdayEarly }, 'duePassed'],
    ['notPast@1', ['cooperatingDueOn', 'dueOn'], { input: { dueOn: '2010-02-09' } }, 'met'],
    ['notPast@1', ['cooperatingDueOn', 'dueOn'], { input: { cooperatingDueOn: '2010-03-01', dueOn: '2010-02-08' } }, 'duePassed'],
    ['holdsPostIn@1', post, { context: { leadUnit: 'finance' }, input: { handler: 'financeOfficer' } }, 'met'],
    ['holdsPostIn@1', post, { context: { leadUnit: 'finance' }, input: { handler: 'drafter' } }, 'notOfUnit'],
    ['holdsPostIn@1', post, { input: { handler: 'drafter' } }, 'notOfUnit'],
    ['holdsPostIn@1', post, {}, 'met'],
    ['leaderKnown@1', laying, {}, 'met'],
    ['leaderKnown@1', laying, { input: { to: 'deputy' } }, 'met'],
    ['leaderKnown@1', laying, { input: { to: 'cultureDeputy' } }, 'leaderUnknown'],
    ['leaderOther@1', laying, { input: { to: 'deputy' }, context: { laidBefore: ['person:deputy'] } }, 'leaderSame'],
    ['leaderOther@1', laying, { input: { to: 'deputy' }, context: { laidBefore: ['post:committee/deputyChair'] } }, 'met'],
    ['replyNamed@1', replies, {}, 'replyMissing'],
    ['replyNamed@1', replies, { input: { noReply: 'Chỉ để biết' } }, 'met'],
  ];
  for (const [name, arg, around, expected] of cases) {
    it(`${name} ${JSON.stringify(around).slice(0, 90)}: ${expected}`, () => {
      expect(judged(name, arg, around)).to.equal(expected);
    });
  }

  it('have a case above for every name, met and not met', () => {
    for (const name of Object.keys(incomingRequirements)) {
      const answers = cases.filter(([one]) => one === name).map(([, , , expected]) => expected === 'met');
      expect(new Set(answers), name).to.deep.equal(new Set([true, false]));
    }
  });

  it('have a version and a meaning of one line', () => {
    for (const [name, { meaning }] of Object.entries({ ...incomingRequirements, ...incomingUpdates, ...incomingEffects })) {
      expect(name).to.match(/^[a-z][A-Za-z]*@1$/);
      expect(meaning, name).to.match(/^[A-Z][^\n]{10,}[.]$/);
    }
  });

  it('take the number and its day, and mark it as used in the year of that day', () => {
    const given = { number: { number: 1, day: '2011-01-04' } };
    const { context = {} } = incomingUpdates['takeNumber@1']?.apply(undefined, scope({ given }), 2) ?? {};
    expect(context).to.deep.equal({ arrivalNumber: 1, arrivalDay: '2011-01-04' });
    const around = scope({ context: context as JsonObject });
    const [planned] = incomingEffects['useArrival@1']?.plan(undefined, { ...around, next: around.instance }) ?? [];
    expect(planned?.params).to.include({ series: 'den', number: 1, year: 2011, status: 'used', reason: 'REGISTER' });
    const bare = scope();
    expect(incomingEffects['useArrival@1']?.plan(undefined, { ...bare, next: bare.instance })).to.deep.equal([]);
  });

  it('replace what stood there: a direction without cooperating units leaves none behind', () => {
    const change = incomingUpdates['replaceInput@1']?.apply(
      ['leadUnit', 'cooperating'],
      scope({ context: { leadUnit: 'ward1', cooperating: ['ward2'] }, input: { leadUnit: 'finance' } }),
      2,
    );
    expect(change).to.deep.equal({ context: { leadUnit: 'finance', cooperating: undefined } });
  });
});
