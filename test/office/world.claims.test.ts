import { expect } from 'chai';
import type { Claim } from '../../src/engine/command.js';
import type { Role } from '../../src/engine/definition.js';
import type { Instance } from '../../src/engine/instance.js';
import type { Delegation, Directory } from '../../src/office/organisation/directory.js';
import { worldAt } from '../../src/office/world.js';
import {
  appointment,
  delegation,
  directory,
  directoryOf,
  tuesday,
  tuesdayLate,
  wednesdayEarly,
  withAppointments,
  withDelegations,
} from '../support/builders.js';
import { given } from '../support/given.js';

const head: Role = { post: 'head', of: { field: 'draftingUnit' } };
const clerk: Role = { post: 'clerk', of: 'authority' };
const drafter: Role = { field: 'drafter' };
const { instance } = given('document');

function claims(where: Directory, actor: string, role: Role = head, now = tuesday, on: Instance = instance): readonly Claim[] {
  return worldAt(where, now).claims({ name: 'role', role, command: 'APPROVE' }, on, actor);
}

const lent = (more: Partial<Delegation> = {}): Directory => withDelegations(delegation('cultureHead', 'colleague', more));
const holds = (where: Directory, now = tuesday): boolean => claims(where, 'colleague', head, now).length > 0;

describe('who may act in a role', () => {
  it('is whoever holds the post of the unit that the instance names', () => {
    expect(claims(directory, 'cultureHead').map(({ by }) => by)).to.deep.equal(['cultureHead@culture/head']);
    for (const other of ['financeHead', 'cultureDeputy', 'drafter', 'chair', 'nobody']) {
      expect(claims(directory, other), other).to.deep.equal([]);
    }
  });

  it('is whoever a field of the context names, one or several', () => {
    expect(claims(directory, 'drafter', drafter)[0]?.by).to.equal('field:drafter');
    const several = { ...instance, context: { ...instance.context, drafter: ['colleague', 'drafter'] } };
    expect(claims(directory, 'colleague', drafter, tuesday, several)).to.have.length(1);
    expect(claims(directory, 'chair', drafter, tuesday, several)).to.deep.equal([]);
  });

  it('is nobody where the field is empty or holds no name', () => {
    const empty = { ...instance, context: { draftingUnit: 7, drafter: { id: 'drafter' } } };
    expect(claims(directory, 'cultureHead', head, tuesday, empty)).to.deep.equal([]);
    expect(claims(directory, 'drafter', drafter, tuesday, empty)).to.deep.equal([]);
    expect(worldAt(directory, tuesday).principals(head, empty)).to.deep.equal([]);
  });

  it('is nobody who has no account, or a disabled one, whatever he holds', () => {
    const disabled = directoryOf({ people: directory.people.map((one) => ({ ...one, disabled: one.id === 'cultureHead' })) });
    expect(claims(disabled, 'cultureHead')).to.deep.equal([]);
    const unknown = directoryOf({ people: directory.people.filter(({ id }) => id !== 'cultureHead') });
    expect(claims(unknown, 'cultureHead')).to.deep.equal([]);
  });

  it('follows the dates of the appointment, in days of Asia/Ho_Chi_Minh, both included', () => {
    const until = withAppointments(appointment('stranger', 'culture', 'head', { from: '2010-02-09', to: '2010-02-09' }));
    expect(claims(until, 'stranger', head, '2010-02-08T16:59:59.999Z')).to.deep.equal([]);
    expect(claims(until, 'stranger', head, '2010-02-08T17:00:00.000Z')).to.have.length(1);
    expect(claims(until, 'stranger', head, tuesdayLate)).to.have.length(1);
    expect(claims(until, 'stranger', head, wednesdayEarly)).to.deep.equal([]);
  });

  it('ends with the unit itself', () => {
    const units = directory.units.map((unit) => (unit.id === 'culture' ? { ...unit, validTo: '2010-02-08' } : unit));
    expect(claims(directoryOf({ units }), 'cultureHead')).to.deep.equal([]);
    const gone = directoryOf({ units: directory.units.filter(({ id }) => id !== 'culture') });
    expect(claims(gone, 'cultureHead')).to.deep.equal([]);
  });

  it('takes a post of the authority only in the unit that is the authority', () => {
    const misplaced = withAppointments(appointment('stranger', 'culture', 'clerk'));
    expect(claims(misplaced, 'stranger', clerk)).to.deep.equal([]);
    expect(claims(misplaced, 'clerk', clerk)).to.have.length(1);
  });

  it('names posts as principals, and persons only for fields', () => {
    const world = worldAt(directory, tuesday);
    expect(world.principals(head, instance)).to.deep.equal(['post:culture/head']);
    expect(world.principals(drafter, instance)).to.deep.equal(['person:drafter']);
  });
});

describe('a delegation', () => {
  it('lets the delegate act, on record and without a signing capacity', () => {
    expect(claims(lent(), 'colleague')).to.deep.equal([
      { role: 'role', onBehalfOf: 'cultureHead', by: 'cultureHead>colleague', capacity: null },
    ]);
  });

  it('leaves the delegator what he has, and comes after what the delegate has himself', () => {
    expect(claims(lent(), 'cultureHead')).to.have.length(1);
    const both = directoryOf({
      appointments: [...directory.appointments, appointment('colleague', 'culture', 'head')],
      delegations: [delegation('cultureHead', 'colleague')],
    });
    expect(claims(both, 'colleague').map(({ onBehalfOf }) => onBehalfOf)).to.deep.equal([null, 'cultureHead']);
  });

  it('holds on its days, both included', () => {
    const day = { from: '2010-02-09', to: '2010-02-09' };
    expect(holds(lent(day), '2010-02-08T16:59:59.999Z')).to.equal(false);
    expect(holds(lent(day))).to.equal(true);
    expect(holds(lent(day), tuesdayLate)).to.equal(true);
    expect(holds(lent(day), wednesdayEarly)).to.equal(false);
  });

  it('ends at the instant at which it is revoked', () => {
    const revoked = lent({ revokedAt: '2010-02-09T03:00:00.000Z' });
    expect(holds(revoked, '2010-02-09T02:59:59.999Z')).to.equal(true);
    expect(holds(revoked, '2010-02-09T03:00:00.000Z')).to.equal(false);
  });

  it('covers the definitions it names and no other', () => {
    expect(holds(lent({ definitions: ['report', 'document'] }))).to.equal(true);
    expect(holds(lent({ definitions: ['report'] }))).to.equal(false);
    expect(holds(lent({ definitions: [] }))).to.equal(false);
  });

  it('reaches no further than one step', () => {
    const chain = withDelegations(delegation('cultureHead', 'drafter'), delegation('drafter', 'colleague'));
    expect(claims(chain, 'drafter')).to.have.length(1);
    expect(claims(chain, 'colleague')).to.deep.equal([]);
    // what the drafter has himself he can lend
    expect(claims(chain, 'colleague', drafter)).to.have.length(1);
  });

  it('to oneself gives nothing, not even a second way', () => {
    const self = withDelegations(delegation('cultureHead', 'cultureHead'));
    expect(claims(self, 'cultureHead').map(({ onBehalfOf }) => onBehalfOf)).to.deep.equal([null]);
  });

  it('lends only what the delegator holds today', () => {
    const ended = directoryOf({
      appointments: [appointment('cultureHead', 'culture', 'head', { to: '2010-02-08' })],
      delegations: [delegation('cultureHead', 'colleague')],
    });
    expect(holds(ended)).to.equal(false);
  });

  it('ends when either of the two is disabled', () => {
    for (const id of ['cultureHead', 'colleague']) {
      const people = directory.people.map((one) => ({ ...one, disabled: one.id === id }));
      expect(holds(directoryOf({ people, delegations: [delegation('cultureHead', 'colleague')] })), id).to.equal(false);
    }
  });
});
