import { expect } from 'chai';
import type { Instance } from '../../src/engine/instance.js';
import type { JsonObject } from '../../src/engine/json.js';
import type { Scope } from '../../src/engine/rules.js';
import type { GivenRollup } from '../../src/office/catalogue/consolidating.js';
import { officeCatalogue } from '../../src/office/catalogue/index.js';
import { buildRollup } from '../../src/office/reporting/buildRollup.js';
import { draftPaper } from '../../src/office/reporting/draftPaper.js';
import { contentOf } from '../support/builders.js';
import { factsOf, given } from '../support/given.js';
import { draftInput, form, readReport, unitReport } from '../support/reports.js';

const hash = contentOf('rollup');
const reports = [readReport('p1', unitReport({ hoi: '1' })), readReport('p2', null)];
const rollup = buildRollup({
  plan: 'plan-1',
  of: 'period-1',
  period: '2010-Q1',
  formHash: contentOf('form'),
  form,
  takenAt: '2010-03-31T02:00:00.000Z',
  reports,
  duties: [],
  before: null,
});
const accepted = reports[0]?.standing.accepted ?? null;
const standing: GivenRollup = {
  hash,
  rollup,
  reports: [
    { report: 'r-p1', accepted },
    { report: 'r-p2', accepted: null },
  ],
};
const paper = { ...draftPaper(draftInput(rollup, reports)), rollup: hash };
const content = { ...paper.content, sources: paper.sources, rollup: hash };

interface Around {
  readonly context?: JsonObject;
  readonly input?: JsonObject;
  readonly given?: Record<string, unknown>;
  readonly parent?: Instance['parent'];
}

function scope({ context = {}, input = {}, given: facts = {}, parent = null }: Around): Scope {
  const { instance } = given('document');
  const command = { name: 'ANY', actor: 'consolidator', input, key: 'k', requestHash: contentOf('k') };
  const claim = { role: 'drafter', by: null, onBehalfOf: null, capacity: null };
  return {
    instance: { ...instance, context: { ...instance.context, ...context }, parent },
    command,
    claim: claim as never,
    facts: factsOf({ given: { children: [], ...facts } }),
  };
}
const judged = (name: string, around: Around, arg?: unknown) =>
  officeCatalogue.requirements[name]?.check(arg, scope(around))?.code ?? null;
const changed = (name: string, around: Around) => officeCatalogue.updates[name]?.apply(undefined, scope(around), 2).context;

describe('what a paper built from a roll-up must meet', () => {
  it('is current while no report behind it moved, or what moved was answered for', () => {
    const moved = { ...standing, reports: [{ report: 'r-p1', accepted: contentOf('corrected') }] };
    expect(judged('rollupCurrent@1', {})).to.equal(null);
    expect(judged('rollupCurrent@1', { context: { rollup: hash }, given: { rollup: standing } })).to.equal(null);
    expect(judged('rollupCurrent@1', { context: { rollup: hash }, given: { rollup: moved } })).to.equal('rollupOutdated');
    expect(judged('rollupMoved@1', { context: { rollup: hash }, given: { rollup: moved } })).to.equal(null);
    expect(judged('rollupMoved@1', { context: { rollup: hash }, given: { rollup: standing } })).to.equal('fieldMissing');
    // kept with a reason: what stands in the entry is what moved, though nothing had been told
    const answered = changed('keepRollup@1', {
      context: { rollup: hash },
      given: { rollup: moved },
      input: { reason: 'Đã chốt.' },
    });
    expect(
      judged('rollupCurrent@1', { context: { rollup: hash, ...(answered as JsonObject) }, given: { rollup: moved } }),
    ).to.equal(null);
    expect(
      judged('rollupMoved@1', { context: { rollup: hash, ...(answered as JsonObject) }, given: { rollup: moved } }),
    ).to.equal('fieldMissing');
    // one that was told and is not seen in what stands: a silent unit that was reopened
    const outdated = [{ report: 'r-p2', was: null, now: null, at: '2010-04-01T00:00:00.000Z' }];
    expect(judged('rollupCurrent@1', { context: { rollup: hash, outdated }, given: { rollup: standing } })).to.equal(
      'rollupOutdated',
    );
    const kept = (now: string) => ({ sources: [{ report: 'r-p1', was: accepted, now, at: '' }] });
    const around = (now: string) => ({ context: { rollup: hash, rollupKept: kept(now) }, given: { rollup: moved } });
    expect(judged('rollupCurrent@1', around(contentOf('corrected')))).to.equal(null);
    expect(judged('rollupCurrent@1', around(contentOf('an earlier correction')))).to.equal('rollupOutdated');
  });

  it('has a source for everything', () => {
    const around = (stored: unknown) => ({ context: { rollup: hash }, given: { rollup: standing, content: stored } });
    expect(judged('sourced@1', around(content))).to.equal(null);
    expect(judged('sourced@1', around({ ...content, sources: content.sources.slice(1) }))).to.equal('sourceMissing');
    expect(judged('sourced@1', around(paper.content))).to.equal('sourceMissing');
    expect(judged('sourced@1', { given: { content: paper.content } })).to.equal(null);
    expect(judged('sourced@1', { context: { rollup: hash }, given: { content } })).to.equal('contentMissing');
  });

  it('is brought with the roll-up of its own period', () => {
    const brought = (more: object = {}) => ({ rollup, paper: { ...content, ...more } });
    const input = { rollup: hash, content: contentOf('paper') };
    const parent = { id: 'period-1', kind: 'consolidation', key: '1' };
    const around = { context: { rollup: contentOf('earlier') }, input, parent };
    expect(judged('rollupBrought@1', { ...around, given: { rollupBrought: brought() } })).to.equal(null);
    expect(judged('rollupBrought@1', { ...around, given: { rollupBrought: brought({ rollup: contentOf('x') }) } })).to.equal(
      'rollupOther',
    );
    const elsewhere = { ...around, parent: { ...parent, id: 'period-2' } };
    expect(judged('rollupBrought@1', { ...elsewhere, given: { rollupBrought: brought() } })).to.equal('rollupOther');
    expect(judged('rollupBrought@1', { ...around, given: { rollupBrought: { rollup: null, paper: null } } })).to.equal(
      'contentMissing',
    );
  });

  it('is the only one under way, also while it is being opened', () => {
    const arg = { kind: 'consolidation', count: 'consolidations', ignoring: ['discarded'] };
    const child = (state: string) => ({ id: 'c-1', kind: 'consolidation', key: '1', open: true, state });
    const around = (consolidations: number, children: readonly unknown[]) => ({
      context: { consolidations },
      given: { children },
    });
    expect(judged('paperFree@1', around(0, []), arg)).to.equal(null);
    expect(judged('paperFree@1', around(1, [child('discarded')]), arg)).to.equal(null);
    expect(judged('paperFree@1', around(1, [child('closed')]), arg)).to.equal('alreadyOpened');
    expect(judged('paperFree@1', around(1, []), arg)).to.equal('alreadyOpened');
  });
});

describe('what a paper built from a roll-up keeps', () => {
  it('notes each report once, with the newest version, and takes it off when it is what it was', () => {
    const first = { report: 'r-p1', was: accepted, now: contentOf('a'), at: '2010-04-01T00:00:00.000Z' };
    const other = { ...first, report: 'r-p2' };
    const input = { report: 'r-p1', was: accepted, now: contentOf('b') };
    const noted = changed('noteOutdated@1', { context: { outdated: [first, other] }, input });
    expect((noted?.outdated as readonly { now: string }[] | undefined)?.map(({ now }) => now)).to.deep.equal([
      contentOf('a'),
      contentOf('b'),
    ]);
    const off = changed('noteOutdated@1', { context: { outdated: [first] }, input: { ...input, now: accepted, back: true } });
    expect(off).to.deep.equal({ outdated: undefined });
  });

  it('takes a new roll-up and forgets what was told of the old one; keeps the old one with who, when, why and what for', () => {
    expect(changed('takeRollup@1', { input: { rollup: hash } })).to.deep.equal({
      rollup: hash,
      outdated: undefined,
      rollupKept: undefined,
    });
    const outdated = [{ report: 'r-p1', was: accepted, now: null, at: '' }];
    expect(changed('keepRollup@1', { context: { outdated }, input: { reason: 'Đã chốt.' } })).to.deep.equal({
      rollupKept: { by: 'consolidator', on: '2010-02-09', reason: 'Đã chốt.', sources: outdated },
    });
  });

  it('is told by its report what is accepted now, and nothing where the report is not accepted', () => {
    const plan = (state: string) => {
      const around = scope({
        context: { acceptedContent: contentOf('a') },
        parent: { id: 'period-1', kind: 'report', key: 'p1' },
      });
      return officeCatalogue.effects['tellBuiltOn@1']?.plan(undefined, { ...around, next: { ...around.instance, state } });
    };
    expect(plan('accepted')).to.deep.equal([{ params: { period: 'period-1', now: contentOf('a') } }]);
    expect(plan('preparing')).to.deep.equal([{ params: { period: 'period-1', now: null } }]);
  });
});
