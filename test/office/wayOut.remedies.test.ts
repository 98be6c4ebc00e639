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
  'unitServed@1':
    'whoever has somebody of his own in the system is never acted for; nothing that is done with the duty changes that',
  'followsReassign@1': 'only the system asks it: what comes too early is told again in its turn',
  'notCarried@1': 'only the system asks it, once for each period',
  'lastOccurrence@1': 'tells alternatives apart: before the last occurrence the other one is taken',
  'occurrencesDone@1': 'tells alternatives apart: while occurrences are left the other one is taken',
  'rollupMoved@1': 'nothing behind the paper moved: there is nothing to answer for',
  'paperFree@1': 'another paper on the same is under way, and only its own people end it',
  'covered@1':
    'each of the faults that it names has a way out of its own: a directive, a word why not, a sign-off, a record that is put back',
  'reviewAwaited@1': 'tells alternatives apart: once there is a review the other one is taken',
  'roomIn@1': 'a bound on what one paper records: nothing that was recorded makes way',
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
