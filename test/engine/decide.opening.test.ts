import { expect } from 'chai';
import type { Decision } from '../../src/engine/command.js';
import { originOf } from '../../src/engine/entry.js';
import { hashOf } from '../../src/engine/json.js';
import { contexts, delegation, withDelegations } from '../support/builders.js';
import { given, modelOf, openingOf, type Start, startOf } from '../support/given.js';

const open = (id: string, change: Partial<Start>): Decision => openingOf(modelOf(id), { ...startOf(id), ...change });
const codes = (decision: Decision): readonly string[] =>
  decision.kind === 'accepted' ? ['accepted'] : decision.blockers.map(({ code }) => code);

describe('opening an instance', () => {
  it('is revision 1, entry OPEN, and the first link of the chain', () => {
    const { instance, last } = given('document');
    expect([instance.revision, last?.entry.command, last?.entry.before]).to.deep.equal([1, 'OPEN', null]);
    expect(last?.entry.prev).to.equal(originOf(instance));
    expect(last?.entry.contextHash).to.equal(hashOf(contexts.document));
    expect(instance.definition).to.deep.equal(modelOf('document').ref);
  });

  it('is for the drafter himself, or for his delegate; nobody opens in the name of another', () => {
    expect(codes(open('document', { by: 'drafter' }))).to.deep.equal(['accepted']);
    expect(codes(open('document', { by: 'colleague' }))).to.deep.equal(['notYours']);
    expect(codes(open('document', { by: 'chair' }))).to.deep.equal(['notYours']);
    const directory = withDelegations(delegation('drafter', 'colleague'));
    const lent = open('document', { by: 'colleague', directory });
    expect(lent.kind === 'accepted' && [lent.entry.actor, lent.entry.onBehalfOf, lent.next.originator]).to.deep.equal([
      'colleague',
      'drafter',
      'colleague',
    ]);
  });

  it('of a child is for the system alone', () => {
    for (const id of ['directive', 'assignment', 'report']) {
      expect(codes(open(id, { by: 'system' })), id).to.deep.equal(['accepted']);
      for (const by of ['chair', 'consolidator', 'ward1Head', 'administrator']) {
        expect(codes(open(id, { by })), `${id} by ${by}`).to.deep.equal(['notYours']);
      }
    }
  });

  it('without `openBy` is for those who can act first', () => {
    expect(codes(open('note', { by: 'drafter' }))).to.deep.equal(['accepted']);
    expect(codes(open('note', { by: 'cultureHead' }))).to.deep.equal(['notYours']);
    expect(codes(open('note', { by: 'system' }))).to.deep.equal(['notYours']);
  });

  it('refuses a context that does not fit, with the place of the fault', () => {
    const context = { drafter: 'drafter', draftingUnit: 'culture', type: 'KH', title: 'X', number: 0, state: 'signed' };
    const decision = open('document', { context });
    expect(codes(decision)).to.deep.equal(['contextInvalid']);
    expect(codes(open('document', { context: {} }))).to.deep.equal(['contextInvalid']);
  });

  it('takes no field along that only commands write, so that nobody opens a paper as signed, numbered or barred to others', () => {
    const brought = {
      signedBy: 'chair',
      number: 8,
      issuedOn: '2010-02-09',
      approvers: ['deputy'],
      editors: ['deputy'],
      ballot: { members: ['chair'], votes: [{ person: 'chair', by: 'x', choice: 'approve', at: '2010-02-09', seq: 1 }] },
      votedContent: 'a'.repeat(64),
      voters: ['chair'],
      consulted: ['person:chair'],
      consultations: 3,
    };
    for (const [field, value] of Object.entries(brought)) {
      const decision = open('document', { context: { ...contexts.document, [field]: value } });
      expect(codes(decision), field).to.deep.equal(['contextInvalid']);
      expect(decision.kind === 'refused' && decision.blockers[0]?.params.faults).to.deep.equal([
        { path: `/${field}`, message: 'is written by commands alone' },
      ]);
    }
    const known = { ...contexts.document, plan: 'plan-1', period: '2010-Q1', urgency: 2 };
    expect(codes(open('document', { context: known }))).to.deep.equal(['accepted']);
  });

  it('makes children of one command with keys and contexts of their own', () => {
    const input = { lead: ['ward1', 'ward2'], each: true, cooperating: ['finance'], dueOn: '2010-05-31' };
    const { last } = given('directive', [{ do: 'ASSIGN', by: 'consolidator', input }]);
    const opened = last?.effects.filter(({ kind }) => kind === 'open').map(({ params }) => params.children as unknown) as {
      key: string;
      context: Record<string, unknown>;
    }[][];
    expect(opened.map((children) => children.map(({ key }) => key))).to.deep.equal([['ward1', 'ward2'], ['finance']]);
    expect(opened[0]?.[1]?.context).to.deep.equal({
      directive: 'directive-1',
      plan: 'plan-1',
      clause: '2.1',
      title: 'Tuyên truyền',
      unit: 'ward2',
      part: 'lead',
      dueOn: '2010-05-31',
      assignedOn: '2010-02-09',
    });
  });
});
