import { expect } from 'chai';
import type { HookPoint } from '../../src/commands/deps.js';
import { killAndResume } from './support.js';

const points: readonly HookPoint[] = [
  'before-reserve',
  'after-reserve',
  'after-print',
  'before-sign',
  'after-sign',
  'before-write',
  'after-write',
  'after-entries',
  'after-outbox',
  'after-clear',
  'after-claim',
  'after-effect',
  'after-complete',
];

describe('the whole kill loop', function () {
  this.timeout(120_000);
  for (const point of points) {
    for (const count of [1, 2, 3, 5, 8, 13]) {
      it(`${point}, time ${count}`, async () => {
        const first = await killAndResume(`loop-${point}-${count}`, `kill:${point}:${count}`);
        // A point that is passed less often lets the first run come to its end; the checks hold all the same.
        expect(first.signal === 'SIGKILL' || first.settled).to.equal(true);
      });
    }
  }
});
