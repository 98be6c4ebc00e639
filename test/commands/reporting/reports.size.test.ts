import { performance } from 'node:perf_hooks';
import { expect } from 'chai';
import type { Unit } from '../../../src/office/organisation/directory.js';
import { must, startApplication, type TestApplication } from '../../support/application.js';
import { childOf, loaded, openObligation } from '../../support/reporting.js';
import { town } from '../../support/town.js';

const unitsCount = 480;
/** A generous bound: measured are 2 to 4 seconds on two cores. */
const openingMsMax = 30_000;
const heapBytesMax = 150_000_000;

describe('a period of a province', function () {
  this.timeout(90_000);
  let app: TestApplication;
  before(async () => {
    app = await startApplication('reportsize');
    const directory = town(app.authority);
    const more = Array.from(
      { length: unitsCount },
      (_, index): Unit => ({
        id: `x${index + 1}`,
        name: `Xã ví dụ ${index + 1}`,
        abbreviation: `X${index + 1}`,
        kind: 'commune',
        parent: 'ubnd',
        validFrom: '2000-01-01',
        validTo: null,
      }),
    );
    await app.deps.store.directory.save({ ...directory, units: [...directory.units, ...more] });
  });
  after(() => app.close());

  it('opens 480 reports by one command, in bounded time and memory, what they share written once', async () => {
    const units = Array.from({ length: unitsCount }, (_, index) => `x${index + 1}`);
    const { obligation } = await openObligation(app, { units });
    const heapBefore = process.memoryUsage().heapUsed;
    const began = performance.now();
    await must(app, obligation.id, 'cons', 'OPEN_PERIOD', { input: { period: '2026-Q1' } });
    await app.relay.settle();
    const tookMs = performance.now() - began;
    const period = childOf(app, obligation.id, 'period', '2026-Q1');
    const standings = await app.deps.store.instances.children(app.authority, period);
    expect(standings.filter(({ kind, open }) => kind === 'report' && open).length).to.equal(unitsCount);
    expect(new Set(standings.map(({ key }) => key))).to.deep.equal(new Set(units));
    expect((await loaded(app, period)).context.units).to.have.length(unitsCount);
    expect(tookMs).to.be.lessThan(openingMsMax);
    expect(process.memoryUsage().heapUsed - heapBefore).to.be.lessThan(heapBytesMax);
    const [opened] = await app.deps.store.instances.history(app.authority, period, 1, 1);
    // 480 whole contexts would be some 300 kB
    expect(opened?.bytes.length).to.be.lessThan(90_000);
    expect(await app.deps.store.outbox.list(app.authority, 'parked', 5, null)).to.deep.equal([]);
  });
});
