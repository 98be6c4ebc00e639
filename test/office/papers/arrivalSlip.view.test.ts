import { expect } from 'chai';
import { arrivalSlip } from '../../../src/commands/papers/arrivalSlip.js';
import { TrinhkyError } from '../../../src/errors.js';
import { contexts, directory } from '../../support/builders.js';
import { given } from '../../support/given.js';

describe('the slip of an incoming paper', () => {
  const registered = given('incoming', [{ do: 'REGISTER', by: 'clerk' }]).instance;

  it('bears the stamp, and leaves open what nobody has said yet', () => {
    const { view, day, mustShow } = arrivalSlip(registered, directory);
    expect(view).to.include({ number: '41', day: '09/02/2010', to: '', direction: '', directedOn: '', handler: '' });
    expect(view).to.include({ paper: '15/SNV-VP, 05/02/2010, Sở Nội vụ Ví Dụ', title: 'Về việc ví dụ' });
    expect([day, mustShow[1]]).to.deep.equal(['2010-02-09', 'Về việc ví dụ']);
  });

  it('prints the direction with the lead unit, the others and their due date', () => {
    const context = {
      ...registered.context,
      direction: 'Giao tham mưu',
      leadUnit: 'finance',
      cooperating: ['culture', 'ward1'],
      dueOn: '2010-02-12',
      directedBy: 'deputy',
      directedOn: '2010-02-10',
      handler: 'financeOfficer',
    };
    const { view } = arrivalSlip({ ...registered, context }, directory);
    expect(view).to.deep.include({
      to: 'Phòng Tài chính - Kế hoạch',
      due: '12/02/2010',
      cooperating: ['Phòng Văn hóa và Thông tin', 'Phường 1'],
      cooperatingDue: '12/02/2010',
      directedBy: 'Người ví dụ 02',
      directedOn: '10/02/2010',
      handler: 'Người ví dụ 13',
    });
    const own = { ...context, cooperatingDueOn: '2010-02-11' };
    expect(arrivalSlip({ ...registered, context: own }, directory).view).to.include({ cooperatingDue: '11/02/2010' });
  });

  it('is for a registered incoming paper only', () => {
    for (const instance of [
      given('incoming').instance,
      given('document').instance,
      { ...registered, context: contexts.incoming ?? {} },
    ])
      expect(() => arrivalSlip(instance, directory))
        .to.throw(TrinhkyError)
        .and.include({ code: 'notFound' });
  });
});
