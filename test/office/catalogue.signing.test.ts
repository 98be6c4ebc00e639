import { expect } from 'chai';
import { officeCatalogue } from '../../src/office/catalogue/index.js';
import { signingRequirements, signingUpdates } from '../../src/office/catalogue/signing.js';
import { contentOf, preparation, tuesday, wednesdayEarly } from '../support/builders.js';
import { commandOf, factsOf, given } from '../support/given.js';

const story = given('document');
const print = preparation().prepared;

function scope(facts: Record<string, unknown>, at = tuesday) {
  const instance = { ...story.instance, context: { ...story.instance.context, prepared: print } };
  const claim = { role: 'signatory', onBehalfOf: null, by: 'a', capacity: null };
  return { instance, command: commandOf({ do: 'SIGN', by: 'deputy' }), claim, facts: factsOf({ at, given: facts }) };
}

const code = (name: string, facts: Record<string, unknown>, at?: string) =>
  signingRequirements[name]?.check(undefined, scope(facts, at))?.code ?? 'met';

describe('the catalogue of signing', () => {
  const proof = { person: 'deputy', hashes: ['other', print], at: tuesday };
  const minutesAgo = (minutes: number) => new Date(Date.parse(tuesday) - minutes * 60_000).toISOString();

  for (const [told, given_, answer] of [
    ['no proof at all', {}, 'stepUpNeeded'],
    ['a proof of somebody else', { proof: { ...proof, person: 'chair' } }, 'stepUpNeeded'],
    ['a proof for other prints alone', { proof: { ...proof, hashes: ['other'] } }, 'proofForOther'],
    ['a proof among whose prints is this one', { proof }, 'met'],
    ['a proof of five minutes ago', { proof: { ...proof, at: minutesAgo(5) } }, 'met'],
    ['a proof of six minutes ago', { proof: { ...proof, at: minutesAgo(6) } }, 'stepUpNeeded'],
    ['a proof from the future', { proof: { ...proof, at: wednesdayEarly } }, 'stepUpNeeded'],
  ] as const) {
    it(`judges ${told}: ${answer}`, () => {
      expect(code('freshProof@1', given_)).to.equal(answer);
    });
  }

  it('asks for the signature and for the seal where they are not made yet', () => {
    const made = { file: 'f', certificate: 'c', signedAt: tuesday };
    expect(code('signed@1', {})).to.equal('signatureNeeded');
    expect(code('signed@1', { signature: made })).to.equal('met');
    expect(code('sealed@1', { signature: made })).to.equal('sealNeeded');
    expect(code('sealed@1', { seal: made })).to.equal('met');
  });

  it('records which file was made, by which certificate, and when', () => {
    const signature = { file: contentOf('signed'), certificate: contentOf('person'), signedAt: tuesday };
    const seal = { file: contentOf('sealed'), certificate: contentOf('agency'), signedAt: wednesdayEarly };
    const around = scope({ signature, seal });
    expect(signingUpdates['takeSignature@1']?.apply(undefined, around, 2).context).to.deep.equal({
      signedFile: signature.file,
      signedWith: signature.certificate,
      signedAt: tuesday,
    });
    expect(signingUpdates['takeSeal@1']?.apply(undefined, around, 2).context).to.deep.equal({
      sealedFile: seal.file,
      sealedWith: seal.certificate,
      sealedAt: wednesdayEarly,
    });
  });

  it('stands in the catalogue of what a definition may name, and nobody may bring its fields along at opening', () => {
    expect(officeCatalogue.requirements).to.include.keys(...Object.keys(signingRequirements));
    expect(officeCatalogue.updates).to.include.keys(...Object.keys(signingUpdates));
    expect(signingUpdates['takeSignature@1']?.writes?.(undefined)).to.deep.equal(['signedFile', 'signedWith', 'signedAt']);
  });
});
