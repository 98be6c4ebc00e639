import { expect } from 'chai';
import { makePump, type Pump } from '../../src/effects/pump.js';

/** Longer than any test may take: whoever waits it out fails. */
const batchGapMs = 600_000;
const batchMax = 3;

describe('pump: the gap between batches', () => {
  let batches: (readonly number[])[];
  let worked: () => void;
  let pump: Pump<number>;
  beforeEach(() => {
    batches = [];
    worked = () => undefined;
    pump = makePump<number>({
      batchMax,
      batchGapMs,
      queuedMax: 100,
      work: (batch) => {
        batches.push(batch);
        worked();
        return Promise.resolve();
      },
      onError: () => undefined,
      isPatient: () => false,
      onGivenUp: () => undefined,
    });
  });
  const nextBatch = (): Promise<void> => new Promise((resolve) => (worked = resolve));

  it('does not hold up what comes after a rest; what follows shares one batch, which begins at once when it is full', async () => {
    const first = nextBatch();
    pump.add(1);
    await first;
    // when less than a batch comes, then the rest of it
    pump.add(2);
    pump.add(3);
    await new Promise((resolve) => setImmediate(resolve));
    expect(batches).to.deep.equal([[1]]);
    const second = nextBatch();
    pump.add(4);
    await second;
    expect(batches).to.deep.equal([[1], [2, 3, 4]]);
  });

  it('is no wait for whoever asks that all be worked off', async () => {
    for (let item = 1; item <= 8; item += 1) pump.add(item);
    await pump.flush();
    pump.add(9);
    await pump.flush();
    expect(batches.flat()).to.deep.equal([1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(pump.idle()).to.equal(true);
  });
});
