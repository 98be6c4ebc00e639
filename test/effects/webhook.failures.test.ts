import { expect } from 'chai';
import { createWebhook, type WebhookMade } from '../../src/commands/webhooks/manage.js';
import { failingMsMax, webhookFreshMs } from '../../src/commands/webhooks/ports.js';
import { replayDelivery, replaySince } from '../../src/commands/webhooks/replay.js';
import { deliveryAttemptsMax, deliveryRetryMs, deliveryRetryMsFirst, deliveryRetryMsMax } from '../../src/effects/webhook.js';
import { deliveriesAtOnce } from '../../src/effects/webhookLanes.js';
import { must, openPlan, startApplication, type TestApplication } from '../support/application.js';
import { type Receiver, startReceiver, until } from '../support/webhookReceiver.js';

interface Row {
  readonly _id: string;
  readonly state: string;
  readonly attempts: number;
  readonly readyAt: Date;
  readonly outcome: { readonly reason?: unknown } | null;
}

describe('webhooks: receivers that fail', () => {
  let app: TestApplication;
  let receiver: Receiver;
  const by = () => ({ authority: app.authority, actor: 'admin' });
  before(async () => {
    const limits = { connectMs: 300, answerMs: 400 };
    app = await startApplication('webhookfailures', { webhooks: { allow: [], loopbackHttp: true, limits } });
  });
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(async () => {
    for (const one of await app.deps.store.webhooks.list(app.authority))
      await app.deps.store.webhooks.disable(app.authority, one.id, app.clock.now(), 'administrator');
    await app.connection.collection('outbox').updateMany({ kind: 'webhook' }, { $set: { readyAt: new Date(0) } });
    await receiver.close();
  });
  after(() => app.close());

  async function subscribe(url = receiver.url): Promise<WebhookMade> {
    const ask = { url, label: 'Ví dụ', definitions: ['document'], commands: ['OPEN'] };
    const made = await createWebhook(app.deps, by(), ask);
    app.clock.advance(webhookFreshMs);
    return made;
  }
  const rowOf = async (id: string): Promise<Row> => {
    const row = await app.connection.collection<Row>('outbox').findOne({ _id: id });
    if (row === null) throw new Error(`no row ${id}`);
    return row;
  };
  /** One entry; answers the id of its delivery once it was tried. */
  async function tried({ subscription }: WebhookMade): Promise<string> {
    const plan = await openPlan(app);
    const id = `${plan.id}/1/webhook/${subscription.id}`;
    await until('it was tried', async () => {
      const row = await app.connection.collection<Row>('outbox').findOne({ _id: id });
      return row !== null && (row.attempts > 0 || ['done', 'parked'].includes(row.state));
    });
    return id;
  }
  /** Lets the next try come now. */
  async function again(id: string, attempts: number): Promise<void> {
    await app.connection.collection<Row>('outbox').updateOne({ _id: id }, { $set: { readyAt: new Date(0) } });
    app.relay.wake();
    await until('it was tried again', async () => {
      const row = await rowOf(id);
      return row.attempts >= attempts || ['done', 'parked'].includes(row.state);
    });
  }

  it('tries again, later and later, under the same id, and follows no redirect', async () => {
    const made = await subscribe();
    receiver.answer((response) => response.writeHead(500).end());
    const id = await tried(made);
    const first = await rowOf(id);
    expect(first).to.include({ state: 'waiting', attempts: 1 });
    expect(first.outcome?.reason).to.equal('status 500');
    const wait = first.readyAt.getTime() - Date.now();
    expect(wait)
      .to.be.greaterThan(deliveryRetryMsFirst * 0.8 - 3_000)
      .and.at.most(deliveryRetryMsFirst);
    expect((await app.deps.store.webhooks.find(app.authority, made.subscription.id))?.failingSince).to.equal(app.clock.now());
    // a redirect is a failure like others
    receiver.answer((response, { path }) => {
      if (path === '/in') response.writeHead(302, { location: `${receiver.origin}/elsewhere` }).end();
      else response.writeHead(204).end();
    });
    await again(id, 2);
    expect((await rowOf(id)).outcome?.reason).to.equal('status 302');
    receiver.answer((response) => response.writeHead(200).end('ok'));
    await again(id, 3);
    expect((await rowOf(id)).state).to.equal('done');
    expect(receiver.got.map((one) => [one.path, one.headers['webhook-id']])).to.deep.equal([
      ['/in', id],
      ['/in', id],
      ['/in', id],
    ]);
    expect((await app.deps.store.webhooks.find(app.authority, made.subscription.id))?.failingSince).to.equal(null);
  });

  it('waits as long as the receiver asks, within the bound', async () => {
    const made = await subscribe();
    for (const [asked, expectedMs] of [
      ['3600', 3_600_000],
      ['864000', deliveryRetryMsMax],
      [new Date(Date.now() + 7_200_000).toUTCString(), 7_200_000],
    ] as const) {
      receiver.answer((response) => response.writeHead(429, { 'retry-after': asked }).end());
      const wait = (await rowOf(await tried(made))).readyAt.getTime() - Date.now();
      expect(wait, asked).to.be.within(expectedMs - 5_000, expectedMs + 1_000);
    }
  });

  it('gives about three days to a receiver, with no delay above the bound', () => {
    const total = (chance: number): number =>
      Array.from({ length: deliveryAttemptsMax - 1 }, (_, index) => deliveryRetryMs(index + 1, chance)).reduce((a, b) => a + b);
    expect(total(0.5) / 86_400_000).to.be.within(2.8, 3.2);
    expect(total(0.999) / 86_400_000).to.be.greaterThan(2.5);
    expect(deliveryRetryMs(19, 0)).to.equal(6 * 3_600_000);
    expect(deliveryRetryMs(1, 0)).to.equal(5_000);
    expect(deliveryRetryMs(2, 1)).to.equal(16_000);
  });

  it('parks the last failure as a dead letter that is replayed by id, under the same id', async () => {
    const made = await subscribe();
    receiver.answer((response) => response.writeHead(503).end());
    const id = await tried(made);
    await app.connection
      .collection<Row>('outbox')
      .updateOne({ _id: id }, { $set: { attempts: deliveryAttemptsMax - 1, readyAt: new Date(0) } });
    app.relay.wake();
    await until('it is parked', async () => (await rowOf(id)).state === 'parked');
    const parked = await app.deps.store.outbox.list(app.authority, 'parked', 100, null);
    const shown = parked.find((row) => row.id === id);
    expect(shown?.outcome).to.deep.include({
      reason: { code: 'deliveryFailed', reason: 'status 503', attempts: deliveryAttemptsMax },
    });
    receiver.answer((response) => response.writeHead(204).end());
    await replayDelivery(app.deps, by(), id);
    app.relay.wake();
    await until('it arrived', async () => (await rowOf(id)).state === 'done');
    expect(new Set(receiver.got.map((one) => one.headers['webhook-id']))).to.deep.equal(new Set([id]));
    // and once more, although it had arrived, and although its row had expired
    for (const expired of [false, true]) {
      const before = receiver.got.length;
      if (expired) await app.connection.collection<Row>('outbox').deleteOne({ _id: id });
      await replayDelivery(app.deps, by(), id);
      app.relay.wake();
      await until('it came again', () => receiver.got.length === before + 1);
      expect(receiver.got.at(-1)?.body).to.equal(receiver.got[0]?.body);
    }
  });

  it('replays what happened since an instant, and nothing of before, of others, or on its way', async () => {
    const made = await subscribe();
    await tried(made);
    app.clock.advance(60_000);
    const since = app.clock.now();
    const ids = [await tried(made), await tried(made)];
    const answer = await replaySince(app.deps, by(), made.subscription.id, since);
    expect(answer).to.deep.equal({ replayed: 2, next: null });
    app.relay.wake();
    await until('both came again', () => receiver.got.length === 5);
    await until('both are done', async () => (await Promise.all(ids.map(rowOf))).every((row) => row.state === 'done'));
    expect(receiver.got.slice(3).map((one) => one.headers['webhook-id'])).to.have.members(ids);
    for (const [subscription, instant] of [
      [made.subscription.id, 'yesterday'],
      ['000000000000', since],
    ] as const) {
      const code = await replaySince(app.deps, by(), subscription, instant).catch((error: { code: string }) => error.code);
      expect(code).to.equal(instant === since ? 'notFound' : 'inputInvalid');
    }
    for (const wrong of [`${ids[0] ?? ''}0`, (ids[0] ?? '').replace('/1/', '/99/'), 'x']) {
      const code = await replayDelivery(app.deps, by(), wrong).catch((error: { code: string }) => error.code);
      expect(code, wrong).to.equal('notFound');
    }
  });

  it('lets a receiver that never answers hold up nobody else', async () => {
    const quick = await startReceiver();
    const slow = await subscribe();
    receiver.answer(() => undefined);
    await subscribe(quick.url);
    const plans = await Promise.all(Array.from({ length: 30 }, () => openPlan(app)));
    await until('the quick one has all', () => quick.got.length === plans.length);
    expect(receiver.mostAtOnce()).to.be.at.most(deliveriesAtOnce);
    // other effects run meanwhile
    const [plan] = plans;
    await must(app, plan?.id ?? '', 'off-nv', 'SUBMIT');
    await until('the head of the division is told', async () =>
      (await app.deps.store.notices.listFor(app.authority, 'head-nv', 50)).some((notice) => notice.instance === plan?.id),
    );
    const rows = app.connection.collection<Row>('outbox');
    const pattern = { $regex: `/webhook/${slow.subscription.id}$` };
    await until('one was too slow', async () => (await rows.countDocuments({ _id: pattern, attempts: 1 })) > 0);
    const reasons = await rows.distinct('outcome.reason', { _id: pattern, attempts: 1 });
    expect(reasons).to.deep.equal(['tooSlow']);
    await quick.close();
  });

  it('reads little of a long answer, and takes its status', async () => {
    const made = await subscribe();
    let written = 0;
    let closed = false;
    receiver.answer((response) => {
      response.writeHead(200);
      response.on('close', () => {
        closed = true;
      });
      const more = (): void => {
        if (closed) return;
        written += 65_536;
        if (response.write(Buffer.alloc(65_536))) setImmediate(more);
        else response.once('drain', more);
      };
      more();
    });
    const id = await tried(made);
    expect((await rowOf(id)).state).to.equal('done');
    await until('the connection is cut', () => closed);
    // what the kernel's buffers on loopback take, and no stream without end
    expect(written).to.be.lessThan(20_000_000);
  });

  it('ends a webhook whose receiver says 410, and sends it nothing more', async () => {
    const made = await subscribe();
    receiver.answer((response) => response.writeHead(410).end());
    const id = await tried(made);
    expect((await rowOf(id)).state).to.equal('done');
    const ended = await app.deps.store.webhooks.find(app.authority, made.subscription.id);
    expect(ended).to.include({ disabledBy: 'gone', disabledAt: app.clock.now() });
    const plan = await openPlan(app);
    await app.relay.settle();
    expect(
      await app.connection.collection<Row>('outbox').findOne({ _id: `${plan.id}/1/webhook/${made.subscription.id}` }),
    ).to.equal(null);
    expect(receiver.got).to.have.length(1);
    const audit = await app.deps.store.audit.list(app.authority, 50);
    expect(audit.filter((one) => one.kind === 'webhookDisabled' && one.subject === made.subscription.id)).to.have.length(1);
    // what waits for it is not sent either, and a replay finds no webhook in force
    const code = await replayDelivery(app.deps, by(), id).catch((error: { code: string }) => error.code);
    expect(code).to.equal('notFound');
  });

  it('ends a webhook that has taken nothing for a week', async () => {
    const made = await subscribe();
    receiver.answer((response) => response.writeHead(500).end());
    const id = await tried(made);
    app.clock.advance(failingMsMax - 1);
    await again(id, 2);
    expect((await app.deps.store.webhooks.find(app.authority, made.subscription.id))?.disabledAt).to.equal(null);
    app.clock.advance(1);
    await again(id, 3);
    expect((await app.deps.store.webhooks.find(app.authority, made.subscription.id))?.disabledBy).to.equal('failing');
  });

  it('does not count a try that the stopping process broke off', async () => {
    const other = await startApplication('webhookfailures', {
      clock: app.clock,
      authority: 'webhookstopping',
      webhooks: { allow: [], loopbackHttp: true },
    });
    const ask = { url: receiver.url, label: 'Ví dụ', definitions: null, commands: null };
    const made = await createWebhook(other.deps, { authority: other.authority, actor: 'admin' }, ask);
    other.clock.advance(webhookFreshMs);
    receiver.answer(() => undefined);
    const plan = await openPlan(other);
    await until('it is on its way', () => receiver.got.length === 1);
    const started = Date.now();
    await other.close();
    expect(Date.now() - started).to.be.lessThan(4_000);
    const row = await rowOf(`${plan.id}/1/webhook/${made.subscription.id}`);
    expect(row).to.include({ state: 'waiting', attempts: 0 });
  });
});
