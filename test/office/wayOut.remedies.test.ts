import { expect } from 'chai';
import { officeCatalogue } from '../../src/office/catalogue/index.js';

/**
 * The requirements that no change of the vocabulary meets for the person who asks, and why. Whoever adds a requirement says what would
 * meet it (`office/wayOut/remedies.ts`), or why nothing does, here.
 */
const withoutRemedy: Readonly<Record<string, string>> = {
  'prepared@1': 'the machinery prints it for the command itself',
  'signed@1': 'the machinery signs for the command itself',
  'sealed@1': 'the machinery seals for the command itself',
  'numbered@1': 'the machinery takes the number for the command itself',
  'hasChildren@1': 'only the end of a child asks it, and it gives the other alternative otherwise',
  'linkSound@1': 'another paper must change, and which one it is was fixed at the opening',
  'below@1': 'a bound on how often something is done: nothing takes away what was done',
  'notPutToVote@1': 'others decide it: by a vote that agrees, which leads to another state',
  'lineGoesOn@1': 'tells alternatives apart: at the end of the line the other one is taken',
  'succeeded@1': 'only the system asks it, after a succession of units was recorded',
  'calendarInForce@1': 'only the system asks it, where due dates are counted anew',
  'othersAwaited@1': 'nobody else is awaited, so that there is nobody to urge',
};

describe('office/wayOut: what would meet a requirement', () => {
  it('is said of every requirement of the catalogue, or the reason why nothing would', () => {
    const without = Object.entries(officeCatalogue.requirements).filter(([, { remedies }]) => remedies === undefined);
    expect(without.map(([name]) => name)).to.have.members(Object.keys(withoutRemedy));
  });

  it('names nothing that the catalogue does not have', () => {
    for (const name of Object.keys(withoutRemedy)) expect(officeCatalogue.requirements).to.have.property(name);
  });
});
