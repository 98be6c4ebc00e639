import { expect } from 'chai';
import type { Instance } from '../../src/engine/instance.js';
import type { JsonObject } from '../../src/engine/json.js';
import { dutyRequirements } from '../../src/office/catalogue/duties.js';
import { evidenceRequirements } from '../../src/office/catalogue/dutyEvidence.js';
import { officeCatalogue } from '../../src/office/catalogue/index.js';
import { recurringRequirements } from '../../src/office/catalogue/recurring.js';
import { contexts, directory, directoryOf } from '../support/builders.js';
import { commandOf, factsOf, given } from '../support/given.js';

interface Around {
  readonly context?: JsonObject;
  readonly parent?: Instance['parent'];
  readonly input?: JsonObject;
  readonly given?: Record<string, unknown>;
  readonly served?: boolean;
}

const hash = 'b'.repeat(64);
const served = directoryOf({
  units: directory.units.map((unit) => (unit.id === 'ward1' ? { ...unit, servedBy: 'clerk' as const } : unit)),
  appointments: directory.appointments.filter(({ unit }) => unit !== 'ward1'),
});
const kept = { hash, name: 'Bien ban.pdf' };
const rule = { every: 'quarter', from: '2010-01-01', until: '2010-12-31' };
const parts = [{ key: 'p1', title: 'Phần', unit: 'ward2', lead: false }];
const child = (state: string) => ({ children: [{ id: 'c', kind: 'part', key: 'p1', open: state !== 'confirmed', state }] });

function judged(name: string, arg: unknown, around: Around): string {
  const { instance } = given('assignment');
  const blocker = officeCatalogue.requirements[name]?.check(arg, {
    instance: { ...instance, context: { ...contexts.assignment, ...around.context }, parent: around.parent ?? instance.parent },
    command: commandOf({ do: 'X', by: 'clerk', input: around.input ?? {} }),
    claim: { role: 'x', onBehalfOf: null, by: 'x', capacity: null },
    facts: factsOf({ given: around.given ?? {}, directory: around.served === true ? served : directory }),
  });
  return blocker == null ? 'met' : blocker.code;
}

describe('a requirement of duties', () => {
  const cases: readonly [string, unknown, Around, string][] = [
    ['oneLead@1', undefined, { input: { lead: ['ward1'], cooperating: ['ward2'] } }, 'met'],
    ['oneLead@1', undefined, { input: { lead: ['ward1', 'ward2'] } }, 'leadNotOne'],
    ['unitServed@1', 'unit', { served: true, input: { source: 'Công văn 5' } }, 'met'],
    ['unitServed@1', 'unit', {}, 'unitNotServed'],
    ['splitSound@1', undefined, { input: { parts: [{ title: 'A', unit: 'ward1' }], closing: 'lead' } }, 'met'],
    ['splitSound@1', undefined, { input: { parts: [{ title: 'A', unit: 'ward2' }], closing: 'lead' } }, 'splitUnsound'],
    ['splitSound@1', undefined, { parent: { id: 'x', kind: 'part', key: 'p1' } }, 'splitUnsound'],
    ['partsClosed@1', undefined, { context: { parts, closing: 'all' }, given: child('confirmed') }, 'met'],
    ['partsClosed@1', undefined, { context: { parts, closing: 'all' }, given: child('opening') }, 'partsOpen'],
    ['reassignable@1', undefined, { input: { unit: 'ward2' }, given: { parent: { context: { lead: ['ward1'] } } } }, 'met'],
    ['reassignable@1', undefined, { input: { unit: 'ward1' } }, 'unitHasDuty'],
    [
      'followsReassign@1',
      ['parts'],
      { context: { parts }, input: { child: 'c', from: 'ward2', to: 'ward1', was: 0, now: 2 } },
      'met',
    ],
    [
      'followsReassign@1',
      ['parts'],
      { context: { parts }, input: { child: 'c', from: 'ward2', to: 'ward1', was: 3, now: 5 } },
      'reassignmentAhead',
    ],
    ['notCarried@1', undefined, { context: { carried: [{ period: '2010-Q1' }] }, input: { period: '2010-Q2' } }, 'met'],
    [
      'notCarried@1',
      undefined,
      { context: { carried: [{ period: '2010-Q1' }] }, input: { period: '2010-Q1' } },
      'carriedAlready',
    ],
    ['evidenceSound@1', undefined, { input: { result: 'Xong', figures: [{ name: 'Số', value: '-1.250,5' }] } }, 'met'],
    ['evidenceSound@1', undefined, { input: { result: 'Xong', figures: [{ name: 'Số', value: 'hai' }] } }, 'figuresUnsound'],
    ['ownPlanSound@1', undefined, { input: { paper: 'x' }, given: { namedPaper: { id: 'x', found: true, title: '' } } }, 'met'],
    ['ownPlanSound@1', undefined, { input: { paper: 'x', hash, name: 'a.pdf' } }, 'ownPlanUnclear'],
    ['ownPlanSound@1', undefined, { input: {} }, 'ownPlanUnclear'],
    ['notRestedOn@1', 'attachments', { context: { attachments: [kept] }, input: { hash } }, 'met'],
    [
      'notRestedOn@1',
      'attachments',
      { context: { attachments: [kept, { ...kept, hash: 'c'.repeat(64) }], ownPlan: [kept] } },
      'met',
    ],
    ['notRestedOn@1', 'attachments', { context: { attachments: [kept], ownPlan: [kept] } }, 'evidenceKept'],
    ['notRestedOn@1', 'attachments', { context: { attachments: [kept], ownPlan: [kept] }, input: { hash } }, 'evidenceKept'],
    ['recurrenceSound@1', undefined, { input: rule }, 'met'],
    ['recurrenceSound@1', undefined, { input: { ...rule, until: '2009-12-31' } }, 'recurrenceUnsound'],
    ['lastOccurrence@1', undefined, { context: { ...rule, next: '2010-Q4' } }, 'met'],
    ['lastOccurrence@1', undefined, { context: { ...rule, next: '2010-Q3' } }, 'occurrencesLeft'],
    ['occurrencesDone@1', undefined, { context: { ...rule, until: '2009-12-31', from: '2009-10-01', next: '2009-Q4' } }, 'met'],
    ['occurrencesDone@1', undefined, { context: { ...rule, next: '2010-Q1' } }, 'occurrencesLeft'],
  ];
  for (const [name, arg, around, expected] of cases) {
    it(`${name} ${JSON.stringify(around).slice(0, 70)}: ${expected}`, () => {
      expect(judged(name, arg, around)).to.equal(expected);
    });
  }

  it('has a case above for every name, met and not met', () => {
    for (const name of Object.keys({ ...dutyRequirements, ...evidenceRequirements, ...recurringRequirements })) {
      const answers = cases.filter(([one]) => one === name).map(([, , , expected]) => expected === 'met');
      expect(new Set(answers), name).to.deep.equal(new Set([true, false]));
    }
  });
});
