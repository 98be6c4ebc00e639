import { expect } from 'chai';
import type { Claim } from '../../src/engine/command.js';
import type { Instance } from '../../src/engine/instance.js';
import type { Json, JsonObject } from '../../src/engine/json.js';
import type { Scope } from '../../src/engine/rules.js';
import { childrenPerCommandMax, effects } from '../../src/office/catalogue/effects.js';
import { officeCatalogue } from '../../src/office/catalogue/index.js';
import { requirements } from '../../src/office/catalogue/requirements.js';
import { listItemsMax, updates } from '../../src/office/catalogue/updates.js';
import {
  deputyBlock,
  directory,
  directoryOf,
  firstDraft,
  preparation,
  secondDraft,
  wednesdayEarly,
} from '../support/builders.js';
import { commandOf, factsOf, given, type Told } from '../support/given.js';

const story = given('document');
const ownClaim: Claim = { role: 'drafter', onBehalfOf: null, by: 'field:drafter', capacity: null };

interface Around extends Partial<Told> {
  readonly context?: JsonObject;
  readonly content?: string | null;
  readonly claim?: Partial<Claim>;
  readonly parent?: Instance['parent'];
}

function scope(around: Around = {}): Scope & { readonly next: Instance } {
  const { context = {}, content = story.instance.content, claim = {}, parent = null, ...told } = around;
  const instance = { ...story.instance, content, parent, context: { ...story.instance.context, ...context } };
  const command = commandOf({ do: 'SUBMIT', by: 'drafter', ...told });
  return { instance, next: instance, command, claim: { ...ownClaim, ...claim }, facts: factsOf(told) };
}

/** The code with which a requirement is not met, or `met`. */
function judged(name: string, arg: unknown, around: Around = {}): string {
  const requirement = requirements[name];
  if (requirement === undefined) throw new Error(`no requirement ${name}`);
  return requirement.check(arg, scope(around))?.code ?? 'met';
}

function changed(name: string, arg: unknown, around: Around = {}) {
  const update = updates[name];
  if (update === undefined) throw new Error(`no update ${name}`);
  return update.apply(arg, scope(around), 2);
}

function planned(name: string, arg: unknown, around: Around = {}): readonly JsonObject[] {
  const effect = effects[name];
  if (effect === undefined) throw new Error(`no effect ${name}`);
  return effect.plan(arg, scope(around)).map(({ params }) => params);
}

const child = (more: object = {}): Json => ({ id: 'c-1', kind: 'report', key: 'k', open: true, state: 's', ...more });
const children = (...list: readonly Json[]): Around => ({ given: { children: list } });

describe('the catalogue', () => {
  it('gives every name a version and a meaning of one line', () => {
    for (const rules of [requirements, updates, effects]) {
      for (const [name, rule] of Object.entries(rules)) {
        expect(name).to.match(/^[a-z][A-Za-z]*@[1-9]\d*$/);
        expect(rule.meaning, name).to.match(/^[A-Z][^\n]{10,}[.]$/);
      }
    }
  });

  it('reads facts only where it says that it needs them', () => {
    const needing = Object.entries(requirements).filter(([, { needs }]) => (needs ?? []).length > 0);
    expect(needing.map(([name]) => name)).to.have.members(['prepared@1', 'childrenEnded@1', 'hasChildren@1', 'childNew@1']);
    expect(officeCatalogue.posts.size).to.be.greaterThan(8);
  });
});

describe('a requirement', () => {
  const cases: readonly [string, unknown, Around, string][] = [
    ['contentPresent@1', undefined, {}, 'met'],
    ['contentPresent@1', undefined, { content: null }, 'contentMissing'],
    ['sawContent@1', undefined, { saw: firstDraft }, 'met'],
    ['sawContent@1', undefined, { saw: secondDraft }, 'contentMoved'],
    ['sawContent@1', undefined, { content: null }, 'contentMissing'],
    ['sawPrepared@1', undefined, {}, 'contentMissing'],
    ['sawPrepared@1', undefined, { context: { prepared: secondDraft }, saw: secondDraft }, 'met'],
    ['sawPrepared@1', undefined, { context: { prepared: secondDraft }, saw: firstDraft }, 'contentMoved'],
    ['prepared@1', undefined, { given: {} }, 'preparationNeeded'],
    ['prepared@1', undefined, { given: { preparation: preparation() } }, 'met'],
    [
      'preparedToday@1',
      undefined,
      { context: { preparedContent: secondDraft, issuedOn: '2010-02-09' } },
      'preparedForOtherContent',
    ],
    ['preparedToday@1', undefined, { context: { preparedContent: firstDraft, issuedOn: '2010-02-08' } }, 'preparedOnEarlierDay'],
    ['preparedToday@1', undefined, { context: { preparedContent: firstDraft, issuedOn: '2010-02-10' } }, 'preparedOnEarlierDay'],
    ['preparedToday@1', undefined, { context: { preparedContent: firstDraft, issuedOn: '2010-02-09' } }, 'met'],
    [
      'preparedBySigner@1',
      undefined,
      { context: { preparedBy: 'drafter', signature: deputyBlock }, claim: { capacity: deputyBlock } },
      'met',
    ],
    ['preparedBySigner@1', undefined, { context: { preparedBy: 'drafter', signature: deputyBlock } }, 'preparedByOther'],
    [
      'preparedBySigner@1',
      undefined,
      { context: { preparedBy: 'namesake', signature: deputyBlock }, claim: { capacity: deputyBlock } },
      'preparedByOther',
    ],
    ['capacity@1', undefined, {}, 'capacityMissing'],
    ['capacity@1', undefined, { claim: { capacity: deputyBlock } }, 'met'],
    ['distinctFrom@1', 'drafter', {}, 'mustDiffer'],
    ['distinctFrom@1', 'drafter', { by: 'colleague' }, 'met'],
    ['distinctFrom@1', 'drafter', { by: 'colleague', claim: { onBehalfOf: 'drafter' } }, 'mustDiffer'],
    ['distinctFrom@1', ['title', 'editors'], { context: { editors: ['x', 'drafter'] } }, 'mustDiffer'],
    ['belongsTo@1', { person: 'drafter', unit: 'draftingUnit' }, {}, 'met'],
    ['belongsTo@1', { person: 'drafter', unit: 'draftingUnit' }, { context: { draftingUnit: 'finance' } }, 'notOfUnit'],
    ['belongsTo@1', { person: 'drafter', unit: 'draftingUnit' }, { context: { drafter: 'stranger' } }, 'notOfUnit'],
    ['actorOf@1', 'unit', { input: { unit: 'culture' } }, 'met'],
    ['actorOf@1', 'unit', { input: { unit: 'finance' } }, 'notOfUnit'],
    ['unitsKnown@1', 'unit', { input: { unit: 'ward1' } }, 'met'],
    ['unitsKnown@1', 'unit', { input: { unit: 'ward9' } }, 'notAddressed'],
    ['unitsKnown@1', ['a', 'b'], { input: { a: ['ward1'], b: [{ unit: 'ward2' }, { unit: 'ward9' }] } }, 'notAddressed'],
    ['unitsKnown@1', ['a', 'b'], { input: { a: ['ward1'], b: [{ unit: 'ward2' }] } }, 'met'],
    ['unitsKnown@1', 'absent', {}, 'met'],
    ['fieldPresent@1', ['drafter', 'plan'], {}, 'fieldMissing'],
    ['fieldPresent@1', ['drafter', 'title'], {}, 'met'],
    ['fieldAbsent@1', 'plan', {}, 'met'],
    ['fieldAbsent@1', ['plan', 'title'], {}, 'fieldPresent'],
    ['fieldIs@1', { field: 'type', in: ['QĐ', 'KH'] }, {}, 'met'],
    ['fieldIs@1', { field: 'type', in: ['QĐ'] }, {}, 'fieldMissing'],
    ['fieldIs@1', { field: 'late', in: [null, 'true'] }, { context: { late: true } }, 'fieldMissing'],
    ['fieldIs@1', { field: 'late', in: [null] }, {}, 'met'],
    ['notBefore@1', 'sentOn', { context: { sentOn: '2010-02-10' } }, 'tooEarly'],
    ['notBefore@1', 'sentOn', { context: { sentOn: '2010-02-10' }, at: wednesdayEarly }, 'met'],
    ['notBefore@1', 'sentOn', {}, 'tooEarly'],
    ['childrenEnded@1', 'report', children(), 'met'],
    ['childrenEnded@1', 'report', children(child({ open: false }), child({ kind: 'directive' })), 'met'],
    ['childrenEnded@1', 'report', children(child({ open: false }), child()), 'childrenOpen'],
    ['hasChildren@1', 'report', children(child({ kind: 'directive' })), 'noChildren'],
    ['hasChildren@1', 'report', children(child({ open: false })), 'met'],
    ['childNew@1', { kind: 'report', key: 'x' }, { ...children(child()), input: { x: 'k' } }, 'alreadyOpened'],
    ['childNew@1', { kind: 'report', key: 'x' }, { ...children(child()), input: { x: 'other' } }, 'met'],
    ['childNew@1', { kind: 'directive', key: 'x' }, { ...children(child()), input: { x: 'k' } }, 'met'],
  ];
  for (const [name, arg, around, expected] of cases) {
    it(`${name} ${JSON.stringify(arg ?? '')} ${JSON.stringify(around).slice(0, 60)}: ${expected}`, () => {
      expect(judged(name, arg, around)).to.equal(expected);
    });
  }

  it('has a case above for every name, met and not met', () => {
    for (const name of Object.keys(requirements)) {
      const answers = cases.filter(([one]) => one === name).map(([, , , expected]) => expected === 'met');
      expect(new Set(answers), name).to.deep.equal(new Set([true, false]));
    }
  });

  it('that asks for the hash says so when none was named, which is not a moved content', () => {
    const { saw: _, ...command } = scope().command;
    expect(requirements['sawContent@1']?.check(undefined, { ...scope(), command })?.code).to.equal('contentNotNamed');
  });

  it('that knows units takes one that has ended for unknown', () => {
    const units = directory.units.map((unit) => (unit.id === 'ward1' ? { ...unit, validTo: '2010-02-08' } : unit));
    const where = directoryOf({ units });
    expect(judged('unitsKnown@1', 'unit', { input: { unit: 'ward1' }, directory: where })).to.equal('notAddressed');
  });
});

describe('an update', () => {
  const cases: readonly [string, unknown, Around, object][] = [
    ['count@1', 'returned', {}, { context: { returned: 1 } }],
    ['count@1', 'returned', { context: { returned: 4 } }, { context: { returned: 5 } }],
    ['set@1', { urgency: 2 }, {}, { context: { urgency: 2 } }],
    ['clear@1', ['title', 'plan'], {}, { context: { title: undefined, plan: undefined } }],
    ['takeInput@1', ['title', 'plan'], { input: { title: 'Y' } }, { context: { title: 'Y' } }],
    ['takeContent@1', undefined, { input: { content: secondDraft } }, { content: secondDraft }],
    ['takeContent@1', undefined, {}, { content: firstDraft }],
    ['keepContent@1', 'prepared', {}, { context: { prepared: firstDraft } }],
    ['keepContent@1', 'prepared', { content: null }, {}],
    ['restoreContent@1', 'prepared', { context: { prepared: secondDraft } }, { content: secondDraft }],
    ['restoreContent@1', 'prepared', {}, {}],
    ['setActor@1', 'signedBy', { by: 'deputy' }, { context: { signedBy: 'deputy' } }],
    ['addActor@1', 'editors', { context: { editors: ['a'] } }, { context: { editors: ['a', 'drafter'] } }],
    ['addActor@1', 'editors', { context: { editors: ['drafter'] } }, { context: { editors: ['drafter'] } }],
    ['addActor@1', 'editors', { by: 'x', claim: { onBehalfOf: 'y' } }, { context: { editors: ['x', 'y'] } }],
    ['addInput@1', { from: 'a', to: 'clauses' }, { input: { a: '1' } }, { context: { clauses: ['1'] } }],
    ['addInput@1', { from: 'a', to: 'clauses' }, { input: { a: '1' }, context: { clauses: ['1'] } }, {}],
    ['addInput@1', { from: 'a', to: 'clauses' }, {}, {}],
    ['setToday@1', 'sentOn', { at: wednesdayEarly }, { context: { sentOn: '2010-02-10' } }],
    ['setOutcomeDay@1', 'sentOn', { at: wednesdayEarly }, { context: { sentOn: '2010-02-10' } }],
    [
      'takePreparation@1',
      undefined,
      { given: { preparation: preparation() } },
      { context: { ...preparation(), preparedBy: 'drafter' } },
    ],
  ];
  for (const [name, arg, around, expected] of cases) {
    it(`${name} ${JSON.stringify(arg ?? '')}: ${JSON.stringify(expected).slice(0, 70)}`, () => {
      expect(changed(name, arg, around)).to.deep.equal(expected);
    });
  }

  it('has a case above for every name', () => {
    expect(Object.keys(updates)).to.have.members([...new Set(cases.map(([name]) => name))]);
  });

  it('drops nothing from a list to make room: its bound is a requirement', () => {
    const full = Array.from({ length: listItemsMax }, (_, index) => `clause ${index}`);
    const { context } = changed('addInput@1', { from: 'a', to: 'clauses' }, { input: { a: 'new' }, context: { clauses: full } });
    expect(context?.clauses).to.deep.equal([...full, 'new']);
  });
});

describe('an effect', () => {
  it('notify names roles, who acted and when', () => {
    expect(planned('notify@1', 'unitHead')).to.deep.equal([
      { roles: ['unitHead'], command: 'SUBMIT', actor: 'drafter', at: '2010-02-09T02:00:00.000Z', revision: 1 },
    ]);
  });

  it('render prints what there is, and nothing where there is nothing', () => {
    expect(planned('render@1', 'draft')).to.deep.equal([{ content: firstDraft, mode: 'draft' }]);
    expect(planned('render@1', 'draft', { content: null })).to.deep.equal([]);
  });

  it('tellParent needs a parent', () => {
    const arg = { command: 'ASSIGNMENT_ENDED' };
    expect(planned('tellParent@1', arg)).to.deep.equal([]);
    expect(planned('tellParent@1', arg, { parent: { id: 'p-1', kind: 'k', key: 'x' } })).to.deep.equal([
      { parent: 'p-1', command: 'ASSIGNMENT_ENDED', childRevision: 1 },
    ]);
  });

  it('settleNumber needs a number to call it used; what is cancelled is every number of the paper that was not', () => {
    expect(planned('settleNumber@1', 'used')).to.deep.equal([]);
    const context = { series: 'KH', number: 8, year: 2010 };
    const said = { reason: 'SUBMIT', at: '2010-02-09T02:00:00.000Z' };
    expect(planned('settleNumber@1', 'used', { context })).to.deep.equal([{ ...context, status: 'used', ...said }]);
    for (const known of [context, {}])
      expect(planned('settleNumber@1', 'cancelled', { context: known })).to.deep.equal([{ status: 'cancelled', ...said }]);
    // the person's own words where there are any, as one line that fits the register
    const because = (reason: string) =>
      planned('settleNumber@1', 'cancelled', { input: { reason } }).map((params) => params.reason);
    expect(because(' Trùng với\n Kế hoạch số 05 ')).to.deep.equal(['Trùng với Kế hoạch số 05']);
    expect(because(' \n')).to.deep.equal(['SUBMIT']);
    expect(because('x'.repeat(4_000))).to.deep.equal(['x'.repeat(500)]);
  });

  it('open takes values from each source, joins keys and leaves out what is not there', () => {
    const arg = {
      definition: 'report',
      kind: 'report',
      each: 'input.units',
      key: ['input.period', 'each.unit'],
      context: {
        a: 'each.unit',
        b: 'input.absent',
        c: 'context.type',
        d: { value: [7] },
        e: 'id',
        f: 'actor',
        g: 'today',
        h: 'content',
        i: 'each',
      },
      content: 'content',
    };
    const input = { period: '2010-Q1', units: [{ unit: 'ward1' }] };
    expect(planned('open@1', arg, { input })).to.deep.equal([
      {
        definition: 'report',
        kind: 'report',
        content: firstDraft,
        children: [
          {
            key: '2010-Q1/ward1',
            context: {
              a: 'ward1',
              c: 'KH',
              d: [7],
              e: 'document-1',
              f: 'drafter',
              g: '2010-02-09',
              h: firstDraft,
              i: { unit: 'ward1' },
            },
          },
        ],
      },
    ]);
  });

  it('open opens none for an empty or absent list, and never more than its bound', () => {
    const arg = { definition: 'report', kind: 'report', each: 'input.units', key: 'each', context: {} };
    expect(planned('open@1', arg)).to.deep.equal([]);
    expect(planned('open@1', arg, { input: { units: [] } })[0]?.children).to.deep.equal([]);
    const units = Array.from({ length: childrenPerCommandMax + 1 }, (_, index) => `u${index}`);
    expect(planned('open@1', arg, { input: { units } })[0]?.children).to.have.length(childrenPerCommandMax);
  });
});
