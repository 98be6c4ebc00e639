import { expect } from 'chai';
import { killAndResume } from './support.js';

/** A sample of the kill loop for every run of the tests; `npm run test:kill` takes every point at several moments. */
describe('a process killed between two durable steps', function () {
  this.timeout(120_000);
  for (const fault of [
    'kill:after-write:4',
    'kill:after-reserve',
    // the number of an incoming paper
    'kill:after-reserve:2',
    'kill:after-sign',
    'kill:after-entries:3',
    'kill:after-outbox:4',
    'kill:after-effect:3',
  ]) {
    it(`loses and doubles nothing: ${fault}`, async () => {
      const first = await killAndResume(`kill-${fault.replaceAll(':', '-')}`, fault);
      expect(first.signal).to.equal('SIGKILL');
    });
  }
});
