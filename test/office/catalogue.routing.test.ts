import { expect } from 'chai';
import type { Claim } from '../../src/engine/command.js';
import type { JsonObject } from '../../src/engine/json.js';
import type { Scope } from '../../src/engine/rules.js';
import { dispatchEffects } from '../../src/office/catalogue/dispatch.js';
import { routingRequirements, routingUpdates } from '../../src/office/catalogue/routing.js';
import { appointment, directoryOf, directory as exampleDirectory } from '../support/builders.js';
import { commandOf, factsOf, given, type Told } from '../support/given.js';
import { plan } from '../support/papers.js';

interface Around extends Partial<Told> {
  readonly context?: JsonObject;
  readonly onBehalf?: string;
}

function scope({ context = {}, onBehalf, ...told }: Around): Scope & { readonly next: Scope['instance'] } {
  const { instance: story } = given('document');
  const instance = { ...story, context: { ...story.context, ...context } };
  const claim: Claim = { role: 'drafter', onBehalfOf: onBehalf ?? null, by: 'field:drafter', capacity: null };
  return { instance, next: instance, command: commandOf({ do: 'X', by: 'drafter', ...told }), claim, facts: factsOf(told) };
}

const judged = (name: string, arg: unknown, around: Around = {}): string =>
  routingRequirements[name]?.check(arg, scope(around))?.code ?? 'met';
const changed = (name: string, arg: unknown, around: Around = {}) => routingUpdates[name]?.apply(arg, scope(around), 2).context;
const input = (values: JsonObject): Around => ({ input: values });

describe('the rules of the ways beside the straight one', () => {
  it('inputIs@1 tells alternatives apart by a value, or by its absence', () => {
    const step = { input: 'step', in: ['content', 'form'] };
    expect(judged('inputIs@1', step, input({ step: 'form' }))).to.equal('met');
    expect(judged('inputIs@1', step, input({ step: 'drafting' }))).to.equal('inputOther');
    expect(judged('inputIs@1', step)).to.equal('inputOther');
    expect(judged('inputIs@1', { ...step, orAbsent: true })).to.equal('met');
    expect(judged('inputIs@1', { ...step, orAbsent: true }, input({ step: 'drafting' }))).to.equal('inputOther');
  });

  it('ownDecision@1 is met by who decided, himself or through who acts for him', () => {
    const decided = { context: { contentApprovedBy: 'cultureHead' } };
    expect(judged('ownDecision@1', 'contentApprovedBy', { ...decided, by: 'cultureHead' })).to.equal('met');
    expect(judged('ownDecision@1', 'contentApprovedBy', { ...decided, by: 'colleague', onBehalf: 'cultureHead' })).to.equal(
      'met',
    );
    expect(judged('ownDecision@1', 'contentApprovedBy', { ...decided, by: 'colleague' })).to.equal('notYourDecision');
    expect(judged('ownDecision@1', 'contentApprovedBy', { by: 'cultureHead' })).to.equal('fieldMissing');
  });

  it('inputApart@1 keeps those named in the context out of what the input names', () => {
    const apart = { input: 'voters', fields: ['drafter', 'editors'] };
    const around = { context: { editors: ['colleague'] } };
    expect(judged('inputApart@1', apart, { ...around, ...input({ voters: ['chair', 'deputy'] }) })).to.equal('met');
    expect(judged('inputApart@1', apart, { ...around, ...input({ voters: ['chair', 'colleague'] }) })).to.equal('mustDiffer');
    expect(judged('inputApart@1', apart, input({ voters: 'drafter' }))).to.equal('mustDiffer');
  });

  it('peopleKnown@1 wants a post that is held today and an account that is open', () => {
    const people = (...names: readonly string[]): Around => input({ people: names });
    expect(judged('peopleKnown@1', 'people', people('chair', 'clerk'))).to.equal('met');
    expect(judged('peopleKnown@1', 'people')).to.equal('met');
    for (const nobody of ['stranger', 'nobody', 'post:committee/chair', '__proto__'])
      expect(judged('peopleKnown@1', 'people', people('chair', nobody)), nobody).to.equal('personUnknown');
    const gone = directoryOf({ appointments: [appointment('clerk', 'committee', 'clerk', { to: '2010-02-08' })] });
    expect(judged('peopleKnown@1', 'people', { ...people('clerk'), directory: gone })).to.equal('personUnknown');
    const closed = directoryOf({ people: exampleDirectory.people.map((one) => ({ ...one, disabled: one.id === 'clerk' })) });
    expect(judged('peopleKnown@1', 'people', { ...people('clerk'), directory: closed })).to.equal('personUnknown');
  });

  it('consultedFit@1 and below@1 keep the declared bounds', () => {
    const fit = { units: 'units', people: 'people', max: 2 };
    expect(judged('consultedFit@1', fit, input({ units: ['a'], people: ['b'] }))).to.equal('met');
    expect(judged('consultedFit@1', fit, input({ units: ['a'], people: ['b', 'c'] }))).to.equal('consultedNumber');
    expect(judged('consultedFit@1', fit)).to.equal('consultedNumber');
    expect(judged('below@1', { field: 'consultations', max: 1 })).to.equal('met');
    expect(judged('below@1', { field: 'consultations', max: 1 }, { context: { consultations: 1 } })).to.equal('boundReached');
  });

  it('remarksPlaced@1 looks for each remark in the content that was read', () => {
    const remarks = (...quotes: readonly string[]): Around => ({
      ...input({ remarks: quotes.map((quote) => ({ quote, text: 'Sửa' })) }),
      given: { content: plan },
    });
    expect(judged('remarksPlaced@1', 'remarks', remarks('tổ chức thực hiện'))).to.equal('met');
    expect(judged('remarksPlaced@1', 'remarks', remarks('tổ chức thực hiện', 'không có'))).to.equal('remarkMisplaced');
    expect(judged('remarksPlaced@1', 'remarks')).to.equal('met');
    expect(judged('remarksPlaced@1', 'remarks', { ...remarks('tổ chức'), given: {} })).to.equal('remarkMisplaced');
  });

  it('lineGoesOn@1 and nextInLine@1 go from one to the next, and no further', () => {
    const arg = { line: 'line', at: 'asked' };
    const at = (asked: string): Around => ({ context: { line: ['person:a', 'person:b'], asked } });
    expect(judged('lineGoesOn@1', arg, at('person:a'))).to.equal('met');
    expect(judged('lineGoesOn@1', arg, at('person:b'))).to.equal('lineEnds');
    expect(judged('lineGoesOn@1', arg, { context: { asked: 'person:a' } })).to.equal('lineEnds');
    expect(changed('nextInLine@1', arg, at('person:a'))).to.deep.equal({ asked: 'person:b' });
    expect(changed('nextInLine@1', arg, at('person:b'))).to.equal(undefined);
  });

  it('handOver@1 keeps who stood there among the former, once', () => {
    const arg = { from: 'newDrafter', to: 'drafter', former: 'editors' };
    expect(changed('handOver@1', arg, input({ newDrafter: 'colleague' }))).to.deep.equal({
      drafter: 'colleague',
      editors: ['drafter'],
    });
    const edited = { context: { editors: ['drafter', 'other'] }, ...input({ newDrafter: 'colleague' }) };
    expect(changed('handOver@1', arg, edited)).to.deep.equal({ drafter: 'colleague', editors: ['drafter', 'other'] });
  });

  it('takeConsulted@1 names heads by post and people by name, each once', () => {
    const arg = { units: 'units', people: 'people', to: 'consulted' };
    expect(changed('takeConsulted@1', arg, input({ units: ['finance'], people: ['clerk', 'clerk'] }))).to.deep.equal({
      consulted: ['post:finance/head', 'person:clerk'],
    });
  });

  it('takeConsulted@1 puts those first whom the line orders, and consultedFit@1 wants nobody else in it', () => {
    const asked = { units: ['finance', 'culture'], people: ['clerk'], line: ['person:clerk', 'post:culture/head'] };
    const arg = { units: 'units', people: 'people', line: 'line' };
    expect(changed('takeConsulted@1', { ...arg, to: 'consulted' }, input(asked))).to.deep.equal({
      consulted: ['person:clerk', 'post:culture/head', 'post:finance/head'],
    });
    expect(judged('consultedFit@1', { ...arg, max: 3 }, input(asked))).to.equal('met');
    expect(judged('consultedFit@1', { ...arg, max: 3 }, input({ ...asked, line: ['person:chair'] }))).to.equal('inputOther');
  });

  it('notPutToVote@1 bars the text that was put to a vote, and no other', () => {
    const put = (votedContent: string): Around => ({ context: { votedContent } });
    const content = scope({}).instance.content ?? '';
    expect(judged('notPutToVote@1', 'votedContent')).to.equal('met');
    expect(judged('notPutToVote@1', 'votedContent', put('a'.repeat(64)))).to.equal('met');
    expect(judged('notPutToVote@1', 'votedContent', put(content))).to.equal('voteNeeded');
  });

  it('tellChildren@1 with `if` tells nobody where the field is empty', () => {
    const arg = { kind: 'opinion', command: 'WITHDRAW', if: 'consultations' };
    const plan = (context: JsonObject) => dispatchEffects['tellChildren@1']?.plan(arg, scope({ context }));
    expect(plan({})).to.deep.equal([]);
    expect(plan({ consultations: 1 })).to.deep.equal([{ params: { kind: 'opinion', command: 'WITHDRAW' } }]);
  });
});
