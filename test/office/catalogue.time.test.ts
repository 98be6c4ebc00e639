import { expect } from 'chai';
import type { Instance, Visit } from '../../src/engine/instance.js';
import type { JsonObject } from '../../src/engine/json.js';
import type { Scope } from '../../src/engine/rules.js';
import { suspendingRequirements, suspendingUpdates } from '../../src/office/catalogue/suspending.js';
import {
  extensionsMax,
  timeRequirements as ofTime,
  timeEffects,
  timeUpdates as updatesOfTime,
  urgesPerDayMax,
} from '../../src/office/catalogue/time.js';
import { suspensionsMax } from '../../src/office/time/suspensions.js';
import { commandOf, factsOf, given, modelOf } from '../support/given.js';

const timeRequirements = { ...suspendingRequirements, ...ofTime };
const timeUpdates = { ...suspendingUpdates, ...updatesOfTime };
const story = given('assignment');
// Friday noon in Asia/Ho_Chi_Minh
const friday = '2010-03-05T05:00:00.000Z';

interface Around {
  readonly context?: JsonObject;
  readonly input?: JsonObject;
  readonly by?: string;
  readonly at?: string;
  readonly due?: string;
  readonly awaited?: readonly string[];
}

function scope({
  context = {},
  input = {},
  by = 'consolidator',
  at = friday,
  due,
  awaited,
}: Around = {}): Scope & { readonly next: Instance } {
  const visits: Readonly<Record<string, Visit>> = due === undefined ? {} : { '/executing': { revision: 1, due, dueRevision: 1 } };
  const instance = { ...story.instance, visits, context: { ...story.instance.context, ...context } };
  return {
    instance,
    next: instance,
    command: commandOf({ do: 'TEST', by, input }),
    claim: { role: 'consolidator', onBehalfOf: null, by: 'a', capacity: null },
    facts: factsOf({ at }),
    ...(awaited === undefined ? {} : { awaited: () => awaited }),
  };
}

const line = (more: object = {}): JsonObject => ({ from: '2010-03-01T02:00:00.000Z', to: null, reason: 'Chờ', by: 'x', ...more });
const closed = line({ to: '2010-03-03T02:00:00.000Z' });
const full = Array.from({ length: suspensionsMax }, () => closed);
const urge = (by: string, on: string): JsonObject => ({ by, on });
const directive = { ledger: 'suspensions', source: 'directive' };
const extends_ = { input: 'dueOn', due: 'dueOn' };

describe('the requirements of time', () => {
  const cases: readonly [string, unknown, Around, string][] = [
    ['notSuspended@1', 'suspensions', {}, 'met'],
    ['notSuspended@1', 'suspensions', { context: { suspensions: [closed] } }, 'met'],
    ['notSuspended@1', 'suspensions', { context: { suspensions: [closed, line()] } }, 'suspended'],
    ['suspendable@1', 'suspensions', {}, 'met'],
    ['suspendable@1', 'suspensions', { context: { suspensions: [line()] } }, 'suspended'],
    ['suspendable@1', 'suspensions', { context: { suspensions: full.slice(1) } }, 'met'],
    ['suspendable@1', 'suspensions', { context: { suspensions: full } }, 'suspensionsTooMany'],
    ['suspendable@1', directive, { context: { suspensions: [line()] } }, 'met'],
    ['suspendable@1', directive, { context: { suspensions: [line({ source: 'directive' })] } }, 'suspended'],
    ['suspended@1', 'suspensions', { context: { suspensions: [line()] } }, 'met'],
    ['suspended@1', 'suspensions', { context: { suspensions: [line({ source: 'directive' })] } }, 'suspended'],
    ['suspended@1', directive, { context: { suspensions: [closed, line({ source: 'directive' })] } }, 'met'],
    ['notSuspendedOtherwise@1', directive, { context: { suspensions: [line({ source: 'directive' })] } }, 'met'],
    ['notSuspendedOtherwise@1', directive, { context: { suspensions: [line()] } }, 'suspended'],
    ['notSuspendedOtherwise@1', 'suspensions', { context: { suspensions: [line({ source: 'directive' })] } }, 'suspended'],
    ['calendarInForce@1', 'calendar', {}, 'met'],
    ['calendarInForce@1', 'calendar', { input: { calendar: 'older' } }, 'calendarReplaced'],
    ['suspended@1', 'suspensions', { context: { suspensions: [closed] } }, 'notSuspended'],
    ['extendsDue@1', extends_, {}, 'met'],
    ['extendsDue@1', extends_, { input: { dueOn: '2010-04-01' } }, 'met'],
    ['extendsDue@1', extends_, { input: { dueOn: '2010-03-31' } }, 'extensionTooEarly'],
    ['extendsDue@1', extends_, { input: { dueOn: '2010-04-01' }, due: '2010-04-01T16:59:59.999Z' }, 'extensionTooEarly'],
    ['extendsDue@1', extends_, { input: { dueOn: '2010-03-05' }, context: { dueOn: '2010-03-01' } }, 'extensionTooEarly'],
    ['extendsDue@1', extends_, { input: { dueOn: '2010-03-06' }, context: { dueOn: '2010-03-01' } }, 'met'],
    // 18:00 UTC of the 5th is already the 6th there
    [
      'extendsDue@1',
      extends_,
      { input: { dueOn: '2010-03-06' }, context: { dueOn: '2010-03-01' }, at: '2010-03-05T18:00:00.000Z' },
      'extensionTooEarly',
    ],
    ['othersAwaited@1', undefined, {}, 'nobodyAwaited'],
    ['othersAwaited@1', undefined, { awaited: [] }, 'nobodyAwaited'],
    ['othersAwaited@1', undefined, { awaited: ['person:consolidator'] }, 'nobodyAwaited'],
    ['othersAwaited@1', undefined, { awaited: ['person:consolidator', 'post:ward1/head'] }, 'met'],
    // a post that the actor holds alone, and one that is vacant
    ['othersAwaited@1', undefined, { awaited: ['post:committee/consolidator'] }, 'nobodyAwaited'],
    ['othersAwaited@1', undefined, { awaited: ['post:nowhere/head'] }, 'nobodyAwaited'],
    ['notUrgedToday@1', 'urged', {}, 'met'],
    ['notUrgedToday@1', 'urged', { context: { urged: [urge('consolidator', '2010-03-05')] } }, 'urgedToday'],
    ['notUrgedToday@1', 'urged', { context: { urged: [urge('clerk', '2010-03-05')] } }, 'met'],
    ['notUrgedToday@1', 'urged', { context: { urged: [urge('consolidator', '2010-03-04')] } }, 'met'],
    [
      'notUrgedToday@1',
      'urged',
      { context: { urged: Array.from({ length: urgesPerDayMax }, (_, n) => urge(`p${n}`, '2010-03-05')) } },
      'urgedToday',
    ],
  ];
  for (const [name, arg, around, expected] of cases) {
    it(`${name} of ${JSON.stringify(around).slice(0, 90)}: ${expected}`, () => {
      expect(timeRequirements[name]?.check(arg, scope(around))?.code ?? 'met').to.equal(expected);
    });
  }

  it('are all tried here, met and not met', () => {
    for (const name of Object.keys(timeRequirements)) {
      const tried = cases.filter(([one]) => one === name).map(([, , , expected]) => expected === 'met');
      expect([...new Set(tried)], name).to.have.members([true, false]);
    }
  });
});

describe('the updates of time', () => {
  const changed = (name: string, arg: unknown, around: Around = {}) => timeUpdates[name]?.apply(arg, scope(around), 2).context;

  it('open and close a line of the ledger, and never close it before it began', () => {
    expect(changed('suspend@1', 'suspensions', { input: { reason: 'Chờ' }, context: { suspensions: [closed] } })).to.deep.equal({
      suspensions: [closed, { from: friday, to: null, reason: 'Chờ', by: 'consolidator' }],
    });
    expect(changed('resume@1', 'suspensions', { context: { suspensions: [closed, line()] } })).to.deep.equal({
      suspensions: [closed, line({ to: friday })],
    });
    const later = line({ from: '2010-03-05T06:00:00.000Z' });
    expect(changed('resume@1', 'suspensions', { context: { suspensions: [later] } })).to.deep.equal({
      suspensions: [{ ...later, to: later.from ?? null }],
    });
  });

  it('settle what was suspended before a new day', () => {
    expect(changed('settleSuspensions@1', 'suspensions')).to.equal(undefined);
    expect(changed('settleSuspensions@1', 'suspensions', { context: { suspensions: [closed] } })).to.deep.equal({
      suspensions: [{ ...closed, settled: true }],
    });
  });

  it('keep who extended what, and no more lines than there may be', () => {
    const arg = { input: 'dueOn', due: 'dueOn', to: 'extensions' };
    const kept = changed('keepExtension@1', arg, {
      input: { dueOn: '2010-04-10' },
      context: {
        askers: ['ward1Head'],
        askedReason: 'Chờ kinh phí',
        extensions: Array.from({ length: extensionsMax }, () => 'x'),
      },
    })?.extensions as unknown[];
    expect(kept.length).to.equal(extensionsMax);
    expect(kept.at(-1)).to.deep.equal({
      from: '2010-03-31',
      to: '2010-04-10',
      reason: 'Chờ kinh phí',
      askedBy: 'ward1Head',
      by: 'consolidator',
      at: friday,
    });
  });

  it('keep the urgings of this working day alone', () => {
    const urged = [urge('clerk', '2010-03-04'), urge('clerk', '2010-03-05')];
    expect(changed('noteUrge@1', 'urged', { context: { urged } })).to.deep.equal({
      urged: [urge('clerk', '2010-03-05'), urge('consolidator', '2010-03-05')],
    });
    // on a Saturday it is Monday's
    expect(changed('noteUrge@1', 'urged', { at: '2010-03-06T05:00:00.000Z' })).to.deep.equal({
      urged: [urge('consolidator', '2010-03-08')],
    });
  });
});

describe('the arguments of the rules of time', () => {
  it('name fields and inputs that there are', () => {
    const { definition } = modelOf('assignment');
    const place = { definition, state: {}, transition: null };
    expect(timeRequirements['suspendable@1']?.checkArg?.('nowhere', place)).to.deep.equal(['the context has no field "nowhere"']);
    expect(timeRequirements['extendsDue@1']?.checkArg?.({ input: 'day', due: 'nowhere' }, place)).to.have.length(2);
    expect(timeUpdates['keepExtension@1']?.checkArg?.({ input: 'day', due: 'dueOn', to: 'extensions' }, place)).to.deep.equal([
      'the input has no field "day"',
    ]);
  });

  it('plan one urging with its note, cut where it is long', () => {
    const [planned, ...more] = timeEffects['notifyAwaited@1']?.plan(undefined, scope({ input: { note: 'x'.repeat(900) } })) ?? [];
    expect(more).to.deep.equal([]);
    expect(planned?.params).to.deep.equal({
      awaited: true,
      moment: 'urged',
      command: 'TEST',
      actor: 'consolidator',
      revision: story.instance.revision,
      reason: 'x'.repeat(500),
    });
    const [plain] = timeEffects['notifyAwaited@1']?.plan(undefined, scope()) ?? [];
    expect(plain?.params).not.to.have.property('reason');
  });
});
