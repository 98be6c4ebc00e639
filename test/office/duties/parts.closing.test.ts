import { expect } from 'chai';
import fc from 'fast-check';
import type { ChildStanding } from '../../../src/engine/command.js';
import type { JsonObject } from '../../../src/engine/json.js';
import { partsFrom, partsStanding, splitFault } from '../../../src/office/duties/parts.js';

const part = (key: string, unit: string, lead = false) => ({ key, title: `Phần ${key}`, unit, lead });
const child = (key: string, state: string): ChildStanding => ({
  id: `id-${key}`,
  kind: 'part',
  key,
  open: !['confirmed', 'released'].includes(state),
  state,
});
const standing = (context: JsonObject, ...children: ChildStanding[]) => partsStanding({ context }, children);

describe('the closing rule of a split duty', () => {
  const parts = [part('p1', 'p1', true), part('p2', 'p2'), part('p3', 'p3')];

  it('all: every part that was not released is confirmed', () => {
    const context = { parts, closing: 'all' };
    expect(standing(context, child('p1', 'confirmed'), child('p2', 'completed'), child('p3', 'released'))).to.deep.include({
      met: false,
      confirmed: 1,
      wanted: 2,
      open: ['id-p2'],
    });
    expect(standing(context, child('p1', 'confirmed'), child('p2', 'confirmed'), child('p3', 'released')).met).to.equal(true);
  });

  it('a contested part is open; a part that is not opened yet is open too', () => {
    expect(standing({ parts, closing: 'all' }, child('p1', 'confirmed'), child('p2', 'contested')).open).to.deep.equal([
      'id-p2',
      'p3',
    ]);
  });

  it('lead: the parts of the own unit alone; the others may go on', () => {
    expect(standing({ parts, closing: 'lead' }, child('p1', 'confirmed'), child('p2', 'executing')).met).to.equal(true);
    expect(standing({ parts, closing: 'lead' }, child('p2', 'confirmed'), child('p3', 'confirmed')).met).to.equal(false);
  });

  it('at least: so many, and never more than there are left', () => {
    const context = { parts, closing: 'atLeast', closingCount: 2 };
    expect(standing(context, child('p2', 'confirmed')).met).to.equal(false);
    expect(standing(context, child('p2', 'confirmed'), child('p3', 'confirmed')).met).to.equal(true);
    expect(standing(context, child('p1', 'released'), child('p2', 'released'), child('p3', 'confirmed')).met).to.equal(true);
  });

  it('a duty that was never split is bound by nothing; children of another kind are no parts', () => {
    expect(standing({}).met).to.equal(true);
    expect(
      standing({ parts: [part('p1', 'p1')], closing: 'all' }, { ...child('p1', 'confirmed'), kind: 'assignment' }).met,
    ).to.equal(false);
  });

  it('what is met stays met when another part is confirmed (fast-check)', () => {
    const states = fc.constantFrom('offered', 'executing', 'contested', 'completed', 'confirmed', 'released');
    const rule = fc.constantFrom({ closing: 'all' }, { closing: 'lead' }, { closing: 'atLeast', closingCount: 2 });
    fc.assert(
      fc.property(fc.array(states, { minLength: 1, maxLength: 8 }), rule, fc.nat(), (list, declared, at) => {
        const context = { parts: list.map((_, index) => part(`p${index + 1}`, `u${index}`, index === 0)), ...declared };
        const children = list.map((state, index) => child(`p${index + 1}`, state));
        const chosen = at % list.length;
        const after = children.map((one, index) => (index === chosen ? child(one.key, 'confirmed') : one));
        const [before, then] = [standing(context, ...children), standing(context, ...after)];
        // A part that comes back from its release is work again: only what was not released can be compared.
        return list[chosen] === 'released' || !before.met || then.met;
      }),
    );
  });
});

describe('a split', () => {
  const context = { unit: 'p1', dueOn: '2026-06-30' };
  const asked = (more: JsonObject = {}): JsonObject => ({
    parts: [
      { title: 'Khảo sát', unit: 'p1', dueOn: '2026-04-15' },
      { title: 'Tuyên truyền', unit: 'p2' },
    ],
    closing: 'all',
    ...more,
  });
  const fault = (input: JsonObject, parentKind = 'assignment', more: JsonObject = {}) =>
    splitFault({ context: { ...context, ...more }, parent: { id: 'x', kind: parentKind, key: 'p1' } }, input)?.fault ?? null;

  it('keys go on after those that are there, so that no child is found instead of a new one', () => {
    const before = { ...context, parts: [part('p1', 'p1'), part('p2', 'p2')] };
    expect(partsFrom({ context: before }, asked().parts).map(({ key, lead }) => [key, lead])).to.deep.equal([
      ['p3', true],
      ['p4', false],
    ]);
  });

  it('is refused for a part, for a part due after the whole, and for a rule that cannot be met', () => {
    expect(fault(asked())).to.equal(null);
    expect(fault(asked(), 'part')).to.equal('depth');
    expect(fault(asked({ parts: [{ title: 'Muộn', unit: 'p2', dueOn: '2026-07-01' }] }))).to.equal('late');
    expect(fault(asked({ closing: 'lead', parts: [{ title: 'Khác', unit: 'p2' }] }))).to.equal('rule');
    expect(fault(asked({ closing: 'atLeast', closingCount: 3 }))).to.equal('rule');
    expect(fault(asked({ closing: 'atLeast' }))).to.equal('rule');
    expect(fault(asked({ closing: 'atLeast', closingCount: 2 }))).to.equal(null);
    const many = Array.from({ length: 39 }, (_, index) => part(`p${index + 1}`, 'p2'));
    expect(fault(asked(), 'assignment', { parts: many })).to.equal('tooMany');
  });
});
