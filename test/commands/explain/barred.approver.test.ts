import { expect } from 'chai';
import { explainTo, soughtBy } from '../../../src/commands/explain/explain.js';
import { worldAt } from '../../../src/office/world.js';
import { appointment, directory, root, tuesday, withAppointments } from '../../support/builders.js';
import { given, modelOf, type Told } from '../../support/given.js';

const laid: readonly Told[] = [
  { do: 'SUBMIT', by: 'drafter' },
  { do: 'APPROVE_CONTENT', by: 'cultureHead' },
  { do: 'APPROVE_FORM', by: 'formChecker' },
];

describe('an approver who wants to sign', () => {
  it('is told that separation of duties bars him, and who could, whether or not he holds a post that signs', () => {
    const { instance } = given('document', laid);
    for (const where of [directory, withAppointments(appointment('cultureHead', root, 'deputyChair'))]) {
      const facts = { now: tuesday, world: worldAt(where, tuesday), given: {} };
      const [told] = explainTo(modelOf('document'), instance, [soughtBy('cultureHead', 'PREPARE')], facts);
      expect(told?.barredBy).to.deep.equal(['approvers']);
      expect(told?.wayOut.kind).not.to.equal('found');
      expect(told?.whoCould.map(({ person }) => person)).to.deep.equal(['deputy', 'chair']);
    }
  });

  it('and so is the drafter, for good', () => {
    const { instance } = given('document', laid);
    const facts = { now: tuesday, world: worldAt(directory, tuesday), given: {} };
    const [told] = explainTo(modelOf('document'), instance, [soughtBy('drafter', 'PREPARE')], facts);
    expect(told).to.deep.include({ wayOut: { kind: 'none' }, barredBy: ['drafter', 'editors'] });
  });
});
