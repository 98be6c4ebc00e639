import { expect } from 'chai';
import type { Delegation, Directory, Grant } from '../../../src/office/organisation/directory.js';
import { delegation, directoryOf, grant, tuesday, withDelegations } from '../../support/builders.js';
import { given, type Told } from '../../support/given.js';

const submits: Told = { do: 'SUBMIT', by: 'drafter' };
const checks: readonly Told[] = [
  submits,
  { do: 'APPROVE_CONTENT', by: 'cultureHead' },
  { do: 'APPROVE_FORM', by: 'formChecker' },
];

describe('whoever may not act although something was given to him', () => {
  const asks = (more: Partial<Delegation>, others: readonly Delegation[] = []) =>
    given('document', [submits]).when({
      do: 'APPROVE_CONTENT',
      by: 'colleague',
      directory: withDelegations(delegation('cultureHead', 'colleague', more), ...others),
    });

  it('learns which delegation, and whether it is over, taken back, not yet begun, or for something else', () => {
    const told: readonly (readonly [Partial<Delegation>, object])[] = [
      [{ to: '2010-02-08' }, { reason: 'over', on: '2010-02-08' }],
      [{ revokedAt: tuesday }, { reason: 'revoked', on: '2010-02-09' }],
      [{ from: '2010-02-10' }, { reason: 'notBegun', on: '2010-02-10' }],
      [{ types: ['QĐ'] }, { reason: 'outsideScope' }],
      [{ commands: ['RETURN'] }, { reason: 'outsideScope' }],
    ];
    for (const [more, why] of told) {
      const [, params] = asks(more).isRefused('notYours', 'delegationLapsed');
      expect(params).to.deep.equal({ person: 'cultureHead', ...why });
    }
  });

  it('is told of the nearest where there are several, and of none that would never have given it', () => {
    const older = delegation('cultureHead', 'colleague', { id: 'older', from: '2010-01-01', to: '2010-01-31' });
    const [, params] = asks({ to: '2010-02-08' }, [older]).isRefused('notYours', 'delegationLapsed');
    expect(params).to.deep.equal({ person: 'cultureHead', reason: 'over', on: '2010-02-08' });
    given('document', [submits])
      .when({
        do: 'APPROVE_CONTENT',
        by: 'colleague',
        directory: withDelegations(delegation('financeHead', 'colleague', { to: '2010-02-08' })),
      })
      .isRefused('notYours');
  });

  it('learns that the paper is of the one who gave the delegation', () => {
    const context = { drafter: 'cultureHead', draftingUnit: 'culture', type: 'KH', title: 'X' };
    const [, params] = given('document', [{ ...submits, by: 'cultureHead' }], { context, by: 'cultureHead' })
      .when({ do: 'APPROVE_CONTENT', by: 'colleague', directory: withDelegations(delegation('cultureHead', 'colleague')) })
      .isRefused('notYours', 'delegationLapsed');
    expect(params).to.deep.equal({ person: 'cultureHead', reason: 'ownRequest' });
  });

  it('learns which grant, by its decision', () => {
    const signs = (more: Partial<Grant>): Directory =>
      directoryOf({
        grants: [grant({ kind: 'TUQ', grantee: { unit: 'finance', post: 'head' }, types: ['KH'], to: '2010-03-31', ...more })],
      });
    const decision = 'Quy chế làm việc kèm theo 01/QĐ-UBND ngày 02/01/2009';
    const told: readonly (readonly [Partial<Grant>, object])[] = [
      [{ to: '2010-02-08' }, { reason: 'over', on: '2010-02-08' }],
      [{ revokedAt: tuesday }, { reason: 'revoked', on: '2010-02-09' }],
      [{ types: ['GM'] }, { reason: 'outsideScope' }],
      [{ units: ['finance'] }, { reason: 'outsideScope' }],
    ];
    for (const [more, why] of told) {
      const [, params] = given('document', checks)
        .when({ do: 'PREPARE', by: 'financeHead', directory: signs(more) })
        .isRefused('notYours', 'grantLapsed');
      expect(params).to.deep.equal({ decision, ...why });
    }
    // and nothing of a grant that the law lets give nothing: a TUQ. without an end
    given('document', checks)
      .when({ do: 'PREPARE', by: 'financeHead', directory: signs({ to: null }) })
      .isRefused('notYours');
  });
});
