import { expect } from 'chai';
import type { JsonObject } from '../../src/engine/json.js';
import { faultsNamedMax, tracingEffects, tracingRequirements, tracingUpdates } from '../../src/office/catalogue/tracing.js';
import { commandOf, factsOf, given } from '../support/given.js';

const story = given('document');

function scope(context: JsonObject, input: JsonObject = {}, facts: Readonly<Record<string, unknown>> = {}) {
  return {
    instance: { ...story.instance, context },
    command: commandOf({ do: 'CLOSE', by: 'consolidator', input }),
    claim: { role: 'consolidator', onBehalfOf: null, by: 'post', capacity: null },
    facts: factsOf({ given: facts }),
  };
}
const judged = (name: string, arg: unknown, ...around: Parameters<typeof scope>) =>
  tracingRequirements[name]?.check(arg, scope(...around)) ?? null;
const types = { types: ['KH'] };

describe('the catalogue of traceability', () => {
  it('covered: names fifty faults and counts the others; passes over papers from which nothing was opened', () => {
    const faults = Array.from({ length: faultsNamedMax + 7 }, (_, at) => ({
      code: 'clauseUnaccounted' as const,
      at: 'p',
      params: { clause: `II.${at}` },
    }));
    const coverage = { faults, count: faults.length, later: false };
    const blocker = judged('covered@1', types, { type: 'KH' }, {}, { coverage });
    expect(blocker?.code).to.equal('planNotCovered');
    expect(blocker?.params).to.deep.include({ count: 57, more: 7 });
    expect(blocker?.params.named).to.have.length(faultsNamedMax);
    expect(judged('covered@1', types, { type: 'QĐ' }, {}, { coverage })).to.equal(null);
    expect(judged('covered@1', types, { type: 'QĐ', clauses: ['1'] }, {}, { coverage })?.code).to.equal('planNotCovered');
    expect(judged('covered@1', types, { type: 'KH' }, {}, { coverage: { faults: [], count: 0, later: false } })).to.equal(null);
    expect(judged('covered@1', types, { type: 'KH' }, {}, { coverage: { faults: [], count: 0, later: true } })).to.equal(null);
    // What was never looked at is not whole.
    expect(judged('covered@1', types, { type: 'KH' })?.code).to.equal('planNotCovered');
  });

  it('reviewAwaited: until there is a review, and only of papers that give orders', () => {
    const rests = (context: JsonObject) => tracingRequirements['reviewAwaited@1']?.rests?.(types, { ...story.instance, context });
    expect(rests({ type: 'KH' })).to.equal(false);
    expect(rests({ type: 'BC' })).to.equal(true);
    expect(rests({ type: 'KH', clauseReview: 'a' })).to.equal(true);
    expect(judged('reviewAwaited@1', types, { type: 'KH' })).to.equal(null);
  });

  it('roomIn: refuses the one beyond the bound', () => {
    const arg = { field: 'clauses', max: 2 };
    expect(judged('roomIn@1', arg, { clauses: ['1'] })).to.equal(null);
    expect(judged('roomIn@1', arg, { clauses: ['1', '2'] })?.params).to.deep.equal({ field: 'clauses', max: 2 });
  });

  it('continuable: an open directive of the earlier plan, once', () => {
    const input = { clause: 'II.1', directive: 'd' };
    const directive = { id: 'd', plan: 'old', open: true, continuedIn: [] };
    const code = (context: JsonObject, continued: unknown = directive) =>
      judged('continuable@1', undefined, context, input, { continued })?.code ?? 'met';
    expect(code({ amends: 'old' })).to.equal('met');
    expect(code({ replaces: 'old' })).to.equal('met');
    expect(code({ amends: 'middle' }, { ...directive, continuedIn: ['middle'] })).to.equal('met');
    expect(code({})).to.equal('fieldMissing');
    expect(code({ amends: 'other' })).to.equal('directiveNotContinuable');
    expect(code({ amends: 'old' }, { ...directive, open: false })).to.equal('directiveNotContinuable');
    expect(code({ amends: 'old' }, null)).to.equal('directiveNotContinuable');
    expect(code({ amends: 'old', continued: [input] })).to.equal('alreadyOpened');
  });

  it('records a continuation on both sides, and a period once', () => {
    const apply = (name: string, context: JsonObject, input: JsonObject) =>
      tracingUpdates[name]?.apply(undefined, scope(context, input), 2).context;
    expect(apply('noteContinued@1', {}, { clause: '1', directive: 'd', note: 'x' })).to.deep.equal({
      continued: [{ clause: '1', directive: 'd' }],
    });
    expect(apply('noteContinuedIn@1', { continuedIn: [{ plan: 'a', clause: '1' }] }, { plan: 'b', clause: '2' })).to.deep.equal({
      continuedIn: [
        { plan: 'a', clause: '1' },
        { plan: 'b', clause: '2' },
      ],
    });
    expect(apply('notePeriod@1', { nextPeriod: '2026-Q2' }, {})).to.deep.equal({ periods: ['2026-Q2'] });
    expect(apply('notePeriod@1', { periods: ['2026-Q1'] }, { period: '2026-Q1' })).to.equal(undefined);
    const around = scope({}, { clause: '1', directive: 'd' });
    expect(tracingEffects['tellContinued@1']?.plan(undefined, { ...around, next: around.instance })).to.deep.equal([
      { params: { target: 'd', command: 'CONTINUED', input: { plan: around.instance.id, clause: '1' } } },
    ]);
  });
});
