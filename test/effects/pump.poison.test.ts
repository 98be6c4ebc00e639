import { expect } from 'chai';
import { failuresMax, makePump } from '../../src/effects/pump.js';

describe('pump', () => {
  it('gives up the one item that cannot be worked off, and works off all others', async () => {
    const done: number[] = [];
    const given: number[] = [];
    let failures = 0;
    const pump = makePump<number>({
      batchMax: 10,
      queuedMax: 100,
      work: (batch) => {
        if (batch.includes(7)) return Promise.reject(new Error('seven'));
        done.push(...batch);
        return Promise.resolve();
      },
      onError: () => {
        failures += 1;
      },
      isPatient: () => false,
      onGivenUp: (item) => given.push(item),
    });
    for (let item = 1; item <= 25; item += 1) pump.add(item);
    await pump.flush();
    expect(given).to.deep.equal([7]);
    expect([...done].sort((a, b) => a - b)).to.deep.equal(
      Array.from({ length: 25 }, (_, index) => index + 1).filter((item) => item !== 7),
    );
    expect(failures).to.equal(2 * failuresMax);
  });

  it('waits out what says nothing about the items, however long', async () => {
    let left = failuresMax * 2;
    const given: number[] = [];
    const pump = makePump<number>({
      batchMax: 10,
      queuedMax: 100,
      work: () => {
        left -= 1;
        return left >= 0 ? Promise.reject(new Error('away')) : Promise.resolve();
      },
      onError: () => undefined,
      isPatient: () => true,
      onGivenUp: (item) => given.push(item),
      backOffMsMax: 1,
    });
    pump.add(1);
    await pump.flush();
    expect(given).to.deep.equal([]);
    expect(left).to.be.lessThan(0);
  });
});
