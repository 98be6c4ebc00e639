import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { createWebhook, rotateWebhook, type WebhookAsk, type WebhookMade } from '../../src/commands/webhooks/manage.js';
import { rotationOverlapMs, webhookFreshMs } from '../../src/commands/webhooks/ports.js';
import { sha256, textAt } from '../../src/engine/json.js';
import { must, openPlan, startApplication, type TestApplication } from '../support/application.js';
import { dayMs } from '../support/clock.js';
import { repository } from '../support/sources.js';
import { manualVerify, type Receiver, startReceiver } from '../support/webhookReceiver.js';

const places = { allow: [], loopbackHttp: true };

describe('webhooks: what is delivered', () => {
  let app: TestApplication;
  let receiver: Receiver;
  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, strictRequired: false, strictTypes: false });
  addFormats.default(ajv);
  const fits = ajv.compile(JSON.parse(readFileSync(join(repository, 'docs/webhook.v1.schema.json'), 'utf8')) as object);

  before(async () => {
    app = await startApplication('webhookdelivery', { webhooks: places });
    receiver = await startReceiver();
  });
  after(async () => {
    await app.close();
    await receiver.close();
  });

  async function subscribe(more: Partial<WebhookAsk> = {}): Promise<WebhookMade> {
    const ask = { url: `${receiver.origin}/${receiver.got.length}`, label: 'Ví dụ', definitions: null, commands: null, ...more };
    const made = await createWebhook(app.deps, { authority: app.authority, actor: 'admin' }, ask);
    app.clock.advance(webhookFreshMs);
    return made;
  }
  const at = (path: string) => receiver.got.filter((one) => one.path === path);
  const pathOf = ({ subscription }: WebhookMade): string => new URL(subscription.url).pathname;

  it('tells of every entry from its beginning on, once, signed as the manual verifies it, without the content', async () => {
    // given an entry from before
    const old = await openPlan(app);
    const made = await subscribe();
    // when
    const plan = await openPlan(app);
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    await must(app, old.id, 'off-nv', 'SUBMIT');
    await app.relay.settle();
    // then
    const got = at(pathOf(made));
    const isGenuine = await manualVerify(made.secret);
    const bodies = got.map((one) => JSON.parse(one.body) as Record<string, unknown>);
    expect(bodies.map(({ type, seq, instance }) => [type, seq, instance])).to.have.deep.members([
      ['document.OPEN', 1, plan.id],
      ['document.SUBMIT', 2, plan.id],
      ['document.SUBMIT', 2, old.id],
    ]);
    for (const [index, one] of got.entries()) {
      const body = bodies[index] ?? {};
      expect(fits(body), JSON.stringify(fits.errors)).to.equal(true);
      expect(one.headers['webhook-id']).to.equal(body['id']);
      expect(body['id']).to.equal(`${String(body['instance'])}/${String(body['seq'])}/webhook/${made.subscription.id}`);
      expect(one.method).to.equal('POST');
      expect(isGenuine(one.headers, one.body)).to.equal(true);
      // and neither another body, id nor time is taken for it
      expect(isGenuine(one.headers, `${one.body} `)).to.equal(false);
      expect(isGenuine({ ...one.headers, 'webhook-id': `${String(body['id'])}0` }, one.body)).to.equal(false);
      const early = String(Number(one.headers['webhook-timestamp']) - 1);
      expect(isGenuine({ ...one.headers, 'webhook-timestamp': early }, one.body)).to.equal(false);
      expect(one.body).not.to.contain('title').and.not.to.contain(textAt(plan.context, 'title'));
    }
    const submitted = bodies.find(({ type, instance }) => type === 'document.SUBMIT' && instance === plan.id) ?? {};
    const [, entry] = await app.deps.store.instances.history(app.authority, plan.id, 1, 10);
    expect(submitted).to.include({
      actor: 'off-nv',
      onBehalfOf: null,
      entry: sha256(entry?.bytes ?? ''),
      time: app.clock.now(),
      revision: 2,
    });
    expect(bodies.find(({ type }) => type === 'document.OPEN')).to.include({ content: plan.content });
  });

  it('sends only the definitions and commands that were asked for', async () => {
    const reports = await subscribe({ definitions: ['report'] });
    const submits = await subscribe({
      url: `${receiver.origin}/submits`,
      definitions: ['document', 'report'],
      commands: ['SUBMIT'],
    });
    const plan = await openPlan(app);
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    await app.relay.settle();
    expect(at('/submits').map((one) => (JSON.parse(one.body) as { type: string }).type)).to.deep.equal(['document.SUBMIT']);
    expect(at(pathOf(reports))).to.deep.equal([]);
    expect(submits.subscription.id).to.match(/^[0-9a-f]{12}$/);
  });

  it('knows the definition also of an instance that this process does not hold, and tells no other authority', async () => {
    const plan = await openPlan(app);
    const made = await subscribe({ url: `${receiver.origin}/cold`, definitions: ['document'] });
    await must(app, plan.id, 'off-nv', 'SUBMIT');
    app.deps.held.drop(plan.id);
    await app.relay.settle();
    expect(at(pathOf(made))).to.have.length(1);
    // another authority in the same database
    const other = await startApplication('webhookdelivery', { authority: 'webhookother', webhooks: places });
    const before = receiver.got.length;
    await openPlan(other);
    await other.relay.settle();
    expect(receiver.got.length).to.equal(before);
    expect(await other.deps.store.webhooks.find('webhookother', made.subscription.id)).to.equal(null);
    await other.close();
  });

  it('tells once where two processes carry the same entries', async () => {
    const made = await subscribe({ url: `${receiver.origin}/two` });
    const second = await startApplication('webhookdelivery', { clock: app.clock, authority: app.authority, webhooks: places });
    // given entries that nobody was handed
    const ids: string[] = [];
    for (let count = 0; count < 5; count += 1) ids.push((await openPlan(app)).id);
    await Promise.all(ids.flatMap((id) => [app, second].map((one) => one.deps.drain(app.authority, id))));
    await Promise.all([app.relay.settle(), second.relay.settle()]);
    const heard = at(pathOf(made)).map((one) => one.headers['webhook-id']);
    expect(heard).to.have.members(ids.map((id) => `${id}/1/webhook/${made.subscription.id}`));
    await second.close();
  });

  it('signs with the old and the new secret for a day after a rotation', async () => {
    const made = await subscribe({ url: `${receiver.origin}/rotated`, definitions: ['document'], commands: ['OPEN'] });
    const old = await manualVerify(made.secret);
    const rotated = await rotateWebhook(app.deps, { authority: app.authority, actor: 'admin' }, made.subscription.id);
    const fresh = await manualVerify(rotated.secret);
    const heard = async () => {
      await openPlan(app);
      await app.relay.settle();
      const one = at('/rotated').at(-1);
      if (one === undefined) throw new Error('nothing came');
      return { headers: one.headers, genuine: [old(one.headers, one.body), fresh(one.headers, one.body)] };
    };
    const both = await heard();
    expect(both.genuine).to.deep.equal([true, true]);
    expect(String(both.headers['webhook-signature']).split(' ')).to.have.length(2);
    app.clock.advance(rotationOverlapMs);
    expect((await heard()).genuine).to.deep.equal([false, true]);
    expect(rotationOverlapMs).to.equal(dayMs);
  });

  it('keeps no secret in plain sight', async () => {
    const made = await subscribe({ url: `${receiver.origin}/sealed` });
    const rows = await app.connection.collection('webhooks').find({}).toArray();
    const text = JSON.stringify(rows);
    expect(text).to.contain(made.subscription.id).and.not.to.contain(made.secret.slice('whsec_'.length));
    const audit = JSON.stringify(await app.deps.store.audit.list(app.authority, 100));
    expect(audit).to.contain('webhookMade').and.not.to.contain(made.secret);
  });
});
