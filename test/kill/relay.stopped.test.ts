import { expect } from 'chai';
import { startApplication } from '../support/application.js';
import { expectWhole, outcomeOf, spawnChild, untilStopped } from './support.js';

/**
 * A relay is halted in the middle of its work (SIGSTOP), another process does the work, and the halted one goes on later (SIGCONT).
 * Its late writes must find themselves done, or fenced off.
 */
describe('a relay that was stopped and goes on late', function () {
  this.timeout(120_000);
  for (const point of ['after-entries:3', 'after-outbox:4', 'after-claim:2', 'after-effect:3']) {
    it(`doubles nothing: ${point}`, async () => {
      const name = `stop-${point.replaceAll(':', '-')}`;
      const app = await startApplication(name);
      try {
        // given a process that stops by itself
        const stopped = spawnChild(name, app.authority, `stop:${point}`);
        const end = outcomeOf(stopped);
        await untilStopped(stopped.pid ?? 0);
        // and whose leases have run out meanwhile
        await app.connection
          .collection('outbox')
          .updateMany({ authority: app.authority, state: 'leased' }, { $set: { readyAt: new Date(0) } });
        // when another one does all the work, and the first goes on
        const other = await outcomeOf(spawnChild(name, app.authority));
        expect(other.settled).to.equal(true);
        const before = await app.connection
          .collection('outbox')
          .find({ authority: app.authority, state: 'done' })
          .sort({ _id: 1 })
          .toArray();
        process.kill(stopped.pid ?? 0, 'SIGCONT');
        const late = await end;
        // then
        expect(late.settled, late.acks.join('\n')).to.equal(true);
        await app.relay.settle();
        await expectWhole(app);
        const after = await app.connection
          .collection('outbox')
          .find({ authority: app.authority, state: 'done' })
          .sort({ _id: 1 })
          .toArray();
        expect(after).to.deep.equal(before);
      } finally {
        await app.connection.db.dropDatabase();
        await app.close();
      }
    });
  }
});
