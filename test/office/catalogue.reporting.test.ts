import { expect } from 'chai';
import { type Json, type JsonObject, textAt } from '../../src/engine/json.js';
import type { Scope } from '../../src/engine/rules.js';
import { reportingEffects, reportingRequirements, reportingUpdates } from '../../src/office/catalogue/reporting.js';
import type { UnitReport } from '../../src/office/reporting/report.js';
import { contexts, directoryOf } from '../support/builders.js';
import { commandOf, factsOf, given } from '../support/given.js';
import { soundReport } from '../support/soundReport.js';

interface Around {
  readonly of?: string;
  readonly context?: JsonObject;
  readonly input?: JsonObject;
  readonly at?: string;
  readonly name?: string;
  readonly children?: readonly object[];
  readonly form?: string | null;
  readonly report?: unknown;
  readonly content?: string;
}

const hash = textAt(contexts.period ?? {}, 'form');
function scope({
  of = 'obligation',
  context = {},
  input = {},
  at,
  name = 'TEST',
  ...more
}: Around): Scope & { next: Scope['instance'] } {
  const story = given(of);
  const instance = {
    ...story.instance,
    content: more.content ?? story.instance.content,
    context: { ...story.instance.context, ...context },
  };
  const { form = 'thuc-hien-ke-hoach', children = [], report = soundReport } = more;
  return {
    instance,
    next: instance,
    command: commandOf({ do: name, by: 'consolidator', input }),
    claim: { role: 'consolidator', onBehalfOf: null, by: 'a', capacity: null },
    facts: factsOf({
      ...(at === undefined ? {} : { at }),
      given: { children, report, reportForm: form === null ? null : { id: form, version: 3, hash } },
    }),
  };
}

const period = (key: string, state: Json = 'collecting') => ({ kind: 'period', key, id: `p ${key}`, open: true, state });
const report = (state: Json) => ({ kind: 'report', key: 'x', id: 'r', open: true, state });
const faulty: UnitReport = { kind: 'report', form: hash, sections: [], answers: { khac: 'x' } };

describe('the requirements of reporting', () => {
  const cases: readonly [string, unknown, Around, string][] = [
    ['obligationSound@1', undefined, { input: { frequency: 'quarter', first: '2010-Q2' } }, 'met'],
    ['obligationSound@1', undefined, { input: { frequency: 'quarter', first: '2010-M02' } }, 'periodUnknown'],
    ['obligationSound@1', undefined, { input: { frequency: 'quarter', until: '2010-02-08' } }, 'duePassed'],
    ['obligationSound@1', undefined, { input: { frequency: 'quarter', consolidateDays: 1, consolidateDay: 25 } }, 'inputOther'],
    ['formKnown@1', 'form', { input: { form: 'thuc-hien-ke-hoach' } }, 'met'],
    ['formKnown@1', 'form', { input: {} }, 'met'],
    ['formKnown@1', 'form', { input: { form: 'khac' } }, 'formUnknown'],
    ['formKnown@1', 'form', { input: { form: 'khac' }, form: null }, 'formUnknown'],
    ['periodFits@1', undefined, { input: { period: '2010-Q2' } }, 'met'],
    ['periodFits@1', undefined, {}, 'met'],
    ['periodFits@1', undefined, { children: [period('2010-Q1')] }, 'alreadyOpened'],
    ['periodFits@1', undefined, { input: { period: '2010-H1' } }, 'periodUnknown'],
    ['periodFits@1', undefined, { form: null }, 'formUnknown'],
    ['notLocked@1', undefined, { of: 'report' }, 'met'],
    ['notLocked@1', undefined, { of: 'report', context: { locked: true } }, 'reportLocked'],
    ['dayPassed@1', 'dueOn', { of: 'report', at: '2010-03-25T16:59:59.999Z' }, 'tooEarly'],
    ['dayPassed@1', 'dueOn', { of: 'report', at: '2010-03-25T17:00:00.000Z' }, 'met'],
    [
      'contentDiffers@1',
      'acceptedContent',
      { of: 'report', content: hash, context: { acceptedContent: hash } },
      'nothingCorrected',
    ],
    ['contentDiffers@1', 'acceptedContent', { of: 'report', context: { acceptedContent: hash } }, 'met'],
    ['reportSound@1', undefined, { of: 'report' }, 'met'],
    ['reportSound@1', undefined, { of: 'report', report: null }, 'reportUnsound'],
    ['reportSound@1', undefined, { of: 'report', report: { ...soundReport, content: { text: 'x' } } }, 'reportUnsound'],
    ['reportSound@1', undefined, { of: 'report', report: { ...soundReport, content: faulty } }, 'reportUnsound'],
    ['reportSound@1', undefined, { of: 'report', report: { ...soundReport, hash: 'f'.repeat(64) } }, 'reportUnsound'],
    ['childrenIn@1', { kind: 'report', states: ['accepted'] }, { children: [report('accepted')] }, 'met'],
    [
      'childrenIn@1',
      { kind: 'report', states: ['accepted'] },
      { children: [report('accepted'), report('submitted')] },
      'childrenOpen',
    ],
    ['childrenIn@1', { kind: 'report', states: ['accepted'] }, { children: [report({ preparing: 'open' })] }, 'childrenOpen'],
  ];
  for (const [name, arg, around, wanted] of cases)
    it(`${name} is ${wanted === 'met' ? 'met' : `not met (${wanted})`}: ${JSON.stringify(around).slice(0, 80)}`, () => {
      expect(reportingRequirements[name]?.check(arg, scope(around))?.code ?? 'met').to.equal(wanted);
    });

  it('have a case each, met and not met', () => {
    for (const name of Object.keys(reportingRequirements)) {
      const own = cases.filter(([of]) => of === name).map(([, , , wanted]) => wanted === 'met');
      expect(new Set(own), name).to.deep.equal(new Set([true, false]));
    }
  });
});

describe('the updates and effects of reporting', () => {
  const plan = (name: string, around: Around) => reportingEffects[name]?.plan(undefined, scope(around)) ?? [];

  it('advance to the first period that is not opened, and to none after the last day', () => {
    const apply = (around: Around) => reportingUpdates['advancePeriod@1']?.apply(undefined, scope(around), 2).context;
    expect(apply({})).to.deep.equal({ nextPeriod: '2010-Q2', opensOn: '2010-06-19T17:00:00.000Z' });
    expect(apply({ children: [period('2010-Q2')] })).to.deep.include({ nextPeriod: '2010-Q3' });
    expect(apply({ input: { period: '2010-Q3' } })).to.deep.include({ nextPeriod: '2010-Q1' });
    expect(apply({ context: { until: '2010-03-31' } })).to.deep.equal({ nextPeriod: undefined, opensOn: undefined });
  });

  it('find late what is first sent after its day, and nothing else', () => {
    const apply = (context: JsonObject) => reportingUpdates['noteLate@1']?.apply(undefined, scope({ context }), 2).context;
    expect(apply({ dueOn: '2000-01-01' })).to.deep.equal({ late: true });
    expect(apply({ dueOn: '2000-01-01', submittedOn: '1999-12-31' })).to.equal(undefined);
    expect(apply({ dueOn: '2999-01-01' })).to.equal(undefined);
    expect(apply({})).to.equal(undefined);
  });

  it('open an obligation with its first period, and a period with its days, its form and the successors of its units', () => {
    const [obligation] = plan('openObligation@1', {
      of: 'document',
      input: { code: 'quy', name: 'Báo cáo', units: ['ward1'], frequency: 'quarter', form: 'x' },
    });
    expect(obligation?.params).to.deep.include({ definition: 'obligation', kind: 'obligation' });
    const [child] = (obligation?.params.children ?? []) as unknown as { key: string; context: JsonObject }[];
    expect(child?.key).to.equal('quy');
    expect(child?.context).to.include({ plan: 'document-1', title: 'Báo cáo', nextPeriod: '2010-Q1' });
    const [opened] = plan('openPeriod@1', {});
    const [first] = (opened?.params.children ?? []) as unknown as { key: string; context: JsonObject }[];
    expect([first?.key, first?.context.formVersion, first?.context.dueOn, first?.context.form]).to.deep.equal([
      '2010-Q1',
      3,
      '2010-04-07',
      hash,
    ]);
    expect(directoryOf().units.length).to.be.greaterThan(2);
  });

  it('open one report for each unit when the period opens, what they share told once, and none later', () => {
    const around = { of: 'period', context: { units: ['ward1', 'culture'], through: 'culture' } };
    const [opened] = plan('openReports@1', { ...around, name: 'OPEN' });
    expect(opened?.params.children).to.deep.equal([
      { key: 'ward1', context: { unit: 'ward1', forUnit: 'ward1', through: 'culture' } },
      { key: 'culture', context: { unit: 'culture', forUnit: 'culture' } },
    ]);
    expect(opened?.params.shared).to.include({ period: '2010-Q1', form: hash, dueOn: '2010-04-07' });
    expect(plan('openReports@1', { ...around, name: 'UNLOCK' })).to.deep.equal([]);
  });
});
