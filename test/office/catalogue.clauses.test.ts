import { expect } from 'chai';
import type { Json, JsonObject } from '../../src/engine/json.js';
import { clauseRequirements, clauseUpdates } from '../../src/office/catalogue/clauses.js';
import { asRead } from '../../src/office/papers/clauseReview.js';
import { clauseSource } from '../../src/office/papers/clauseSource.js';
import { commandOf, factsOf, given } from '../support/given.js';
import { plan } from '../support/papers.js';

const story = given('document');
const content = plan as unknown as Json;
let sound: JsonObject;

function scope(input: JsonObject, review: Json | null = sound, context: JsonObject = {}) {
  return {
    instance: { ...story.instance, context: { ...story.instance.context, ...context } },
    command: commandOf({ do: 'REVIEW_CLAUSES', by: 'consolidator', input }),
    claim: { role: 'consolidator', onBehalfOf: null, by: 'post', capacity: null },
    facts: factsOf({ given: { clauseReview: { review, content } } }),
  };
}
const reviewed = (...around: Parameters<typeof scope>) =>
  clauseRequirements['clausesReviewed@1']?.check('review', scope(...around));
const listed = (...around: Parameters<typeof scope>) =>
  clauseRequirements['listed@1']?.check({ input: 'clause', field: 'clauseList' }, scope(...around))?.code ?? 'met';

describe('the catalogue of clauses', () => {
  before(() => {
    const source = clauseSource(story.instance, content);
    if (source === null) throw new Error('the plan is no paper');
    sound = asRead(source) as unknown as JsonObject;
  });

  const input = { review: 'a'.repeat(64) };

  it('judges a review by the content of the instance', () => {
    expect(reviewed(input)).to.equal(null);
    expect(reviewed({}, null)).to.equal(null);
    expect(reviewed(input, null)?.code).to.equal('contentMissing');
    expect(reviewed(input, { kind: 'clauseReview' })?.params).to.deep.equal({ problems: ['shape /source'] });
    const [clause] = sound.clauses as readonly JsonObject[];
    expect(reviewed(input, { ...sound, clauses: [] })?.params).to.deep.equal({
      problems: ['empty', `lost ${clause?.path as string}`],
    });
    expect(reviewed(input, sound, { clauses: ['IX'] })?.params).to.deep.equal({ problems: ['opened IX'] });
  });

  it('wants a clause to be among those that were confirmed', () => {
    expect(listed({ clause: 'II.1' })).to.equal('clauseNotReviewed');
    expect(listed({ clause: 'II.1' }, sound, { clauseList: ['II.2'] })).to.equal('clauseNotReviewed');
    expect(listed({ clause: 'II.2' }, sound, { clauseList: ['II.2'] })).to.equal('met');
    expect(listed({}, sound, { clauseList: ['II.2'] })).to.equal('met');
    expect(listed({})).to.equal('clauseNotReviewed');
  });

  it('records the review and the paths of its clauses', () => {
    const { context } = clauseUpdates['takeClauseReview@1']?.apply('review', scope(input), 2) ?? {};
    expect(context).to.deep.equal({ clauseReview: input.review, clauseList: ['1'] });
  });
});
