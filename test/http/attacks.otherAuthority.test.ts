import { expect } from 'chai';
import { loadCalendar } from '../../src/commands/calendar/load.js';
import { exportOrganisation } from '../../src/commands/organisation/exportOrganisation.js';
import { importOrganisation } from '../../src/commands/organisation/importOrganisation.js';
import { succeed } from '../../src/commands/organisation/succeed.js';
import { createWebhook, disableWebhook, listWebhooks } from '../../src/commands/webhooks/manage.js';
import type { JsonObject } from '../../src/engine/json.js';
import { apiRoutes } from '../../src/http/api/routes.js';
import { dayOf } from '../../src/office/time/clock.js';
import { must, newKey, openPlan, startApplication } from '../support/application.js';
import { town } from '../support/town.js';
import { type Client, type Reply, type Web, webOn } from './support.js';

/** What belongs to the authority that is attacked, and what belongs to nobody: the answers must not differ. */
interface Targets {
  readonly succession: string;
  readonly delegation: string;
  readonly webhook: string;
  readonly delivery: string;
  readonly notice: string;
  readonly effect: string;
}

describe('an administrator of another authority, and people who administer nothing', () => {
  const mine = 'attack-other';
  const foreign = 'attack-foreign';
  let web: Web;
  let theirs: Targets;
  let stranger: Client;
  const nobodys: Targets = {
    succession: 'nowhere',
    delegation: `uq-${'0'.repeat(20)}`,
    webhook: '0'.repeat(12),
    delivery: `${mine}.${'0'.repeat(24)}/1/webhook/${'0'.repeat(12)}`,
    notice: `${mine}.${'0'.repeat(24)}/1/0`,
    effect: `${mine}.${'0'.repeat(24)}/1/0`,
  };

  before(async () => {
    web = await webOn(await startApplication(mine, { webhooks: { allow: [], loopbackHttp: true } }));
    const { app } = web;
    const today = dayOf(app.clock.now());
    const on = today;
    const merged = { id: 'nhap', kind: 'merge' as const, from: ['p1'], to: ['p2'], on, shares: [], decision: 'QĐ 1' };
    await app.deps.store.directory.save({ ...town(mine), successions: [merged] });
    await app.deps.store.directory.save(town(foreign));
    const paper = await openPlan(app);
    await must(app, paper.id, 'off-nv', 'SUBMIT');
    await app.relay.settle();
    const ask = { delegate: 'off-vhtt', from: today, to: today, reason: 'Họp' };
    const delegation = String((await (await web.api('head-nv')).post('/api/v1/delegations', ask)).json['id']);
    const by = { authority: mine, actor: 'admin' };
    const url = 'http://127.0.0.1:19099/';
    const { subscription } = await createWebhook(app.deps, by, { url, label: 'x', definitions: null, commands: null });
    const [notice] = await app.deps.store.notices.listFor(mine, 'head-nv', 1);
    theirs = {
      succession: 'nhap',
      delegation,
      webhook: subscription.id,
      delivery: `${paper.id}/1/webhook/${subscription.id}`,
      notice: String(notice?.id),
      effect: `${paper.id}/2/0`,
    };
    const { token } = await app.tokens.create({ authority: foreign, person: 'admin' }, 'test', 1);
    const authorization = `Bearer ${token}`;
    stranger = {
      get: (path) => send('GET', path, undefined),
      post: (path, body) => send('POST', path, body),
      send,
    };
    async function send(method: string, path: string, body: unknown) {
      const response = await fetch(`${web.origin}${path}`, {
        method,
        headers: { authorization, 'content-type': 'application/json', 'idempotency-key': newKey() },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      });
      const text = await response.text();
      const json = text.startsWith('{') ? (JSON.parse(text) as Reply['json']) : ({} as Reply['json']);
      return { status: response.status, headers: response.headers, text, json };
    }
  });
  after(() => web.close());

  /** Every call of those routes that names something of an authority. */
  const calls = (at: Targets): readonly (readonly [method: string, path: string, body: unknown])[] => [
    ['POST', `/api/v1/organisation/successions/${at.succession}`, undefined],
    ['POST', `/api/v1/organisation/successions/${at.succession}?dryRun=true`, undefined],
    ['POST', `/api/v1/delegations/${at.delegation}/revoke`, undefined],
    ['POST', `/api/v1/webhooks/${at.webhook}/rotate`, undefined],
    ['POST', `/api/v1/webhooks/${at.webhook}/disable`, undefined],
    ['POST', `/api/v1/webhooks/${at.webhook}/ping`, undefined],
    ['POST', '/api/v1/webhooks/replay', { delivery: at.delivery }],
    ['POST', '/api/v1/webhooks/replay', { webhook: at.webhook, since: '2026-01-01T00:00:00Z' }],
    ['POST', '/api/v1/notices/read', { ids: [at.notice] }],
    ['POST', `/api/v1/outbox/${encodeURIComponent(at.effect)}/retry`, undefined],
    ['GET', `/api/v1/organisation/check?after=${encodeURIComponent(at.effect)}`, undefined],
  ];
  const bare = (reply: { status: number; text: string }, at: Targets): string => {
    const named = Object.values<string>({ ...at }).reduce((text, id) => text.replaceAll(id, 'ID'), reply.text);
    return `${reply.status} ${named.replace(/"requestId":"[^"]*"/, '')}`;
  };
  const everything = async () => {
    const kept = ['instances', 'entries', 'outbox', 'webhooks', 'delegations', 'notices', 'units', 'appointments', 'successions'];
    const parts = kept.map((name) => web.app.connection.collection(name).find({ authority: mine }).sort({ _id: 1 }).toArray());
    return JSON.stringify(await Promise.all(parts));
  };

  it('is told the same of what exists elsewhere as of what does not exist, on every route that names something', async () => {
    const before = await everything();
    for (const [index, [method, path, body]] of calls(theirs).entries()) {
      const [, nonePath = '', noneBody] = calls(nobodys)[index] ?? [];
      const real = await stranger.send(method, path, body);
      const none = await stranger.send(method, nonePath, noneBody);
      expect(bare(real, theirs), path).to.equal(bare(none, nobodys));
      expect(real.text, path).not.to.contain(mine);
    }
    expect(await everything()).to.equal(before);
  });

  it('reads only its own lists, and cannot write into another by naming it', async () => {
    for (const path of [
      'organisation',
      'organisation/units/table.csv',
      'webhooks',
      'delegations?all=true',
      'notices',
      'audit',
      'outbox',
    ])
      expect((await stranger.get(`/api/v1/${path}`)).text, path)
        .not.to.contain(`"${mine}`)
        .and.not.to.contain(`${mine}-`);
    const { calendar, ...records } = town(mine);
    const brought = await stranger.post('/api/v1/organisation/import', { organisation: records });
    expect([brought.status, brought.json['code']]).to.deep.equal([400, 'inputInvalid']);
    expect(brought.text).to.contain('otherAuthority');
    expect(calendar.version).to.equal('test');
    // nor a delegation by or to somebody who is only known there
    await web.app.deps.store.directory.save({
      ...town(mine),
      people: [...town(mine).people, { id: 'only-there', name: 'Người ví dụ 97', login: 'only-there', disabled: false }],
    });
    const today = dayOf(web.app.clock.now());
    const ask = (delegate: string) => ({ delegate, from: today, to: today, reason: 'Thử' });
    const [real, none] = [
      await stranger.post('/api/v1/delegations', ask('only-there')),
      await stranger.post('/api/v1/delegations', ask('never-there')),
    ];
    expect(real.text.replaceAll('only-there', 'X').replace(/"requestId":"[^"]*"/, '')).to.equal(
      none.text.replaceAll('never-there', 'X').replace(/"requestId":"[^"]*"/, ''),
    );
  });

  it('may do nothing in a use case either, whatever the route in front of it', async () => {
    const { deps } = web.app;
    const before = await everything();
    const json = { units: [{ ...town(mine).units[1], name: 'Phòng khác' }] } as unknown as JsonObject;
    for (const actor of ['off-nv', 'deputy', 'audit', 'stranger', 'nobody', 'Admin', '', 'only-there', `${foreign}.admin`]) {
      const by = { authority: mine, actor };
      const work: Record<string, () => Promise<unknown>> = {
        import: () => importOrganisation(deps, { ...by, brought: { json, file: 'x' }, dryRun: false, correctPast: null }),
        dryRun: () => importOrganisation(deps, { ...by, brought: { json, file: 'x' }, dryRun: true, correctPast: null }),
        export: () => exportOrganisation(deps, { ...by, format: 'json' }),
        succeed: () => succeed(deps, { ...by, succession: 'nhap', dryRun: false }),
        calendar: () =>
          loadCalendar(deps, { authority: mine, by: { person: actor }, calendar: town(mine).calendar as never, dryRun: false }),
        webhook: () => createWebhook(deps, by, { url: 'http://127.0.0.1:19099/', label: 'x', definitions: null, commands: null }),
        webhooks: () => listWebhooks(deps, by),
        endWebhook: () => disableWebhook(deps, by, theirs.webhook),
      };
      for (const [name, run] of Object.entries(work))
        expect(await run().catch((error: { code?: string }) => error.code), `${actor} ${name}`).to.equal('notAllowed');
    }
    expect(await everything()).to.equal(before);
    const denied = (await deps.store.audit.list(mine, 500)).filter(({ kind }) => kind === 'organisationDenied');
    expect(denied.length).to.equal(9 * 4);
  });

  it('is refused on every administering route of the table as somebody who administers nothing', async () => {
    const own = apiRoutes.filter(
      ({ policy, path }) => typeof policy === 'object' && 'administers' in policy && !path.includes('outbox'),
    );
    expect(own.length).to.be.greaterThan(9);
    for (const person of ['off-nv', 'chair', 'audit', 'stranger']) {
      const api = await web.api(person);
      for (const { method, path } of own) {
        const filled = path.replace(':kind', 'units').replace(/:\w+/, 'x');
        const reply = await api.send(method.toUpperCase(), filled, method === 'get' ? undefined : {}, {
          'idempotency-key': newKey(),
        });
        expect([reply.status, reply.json['code']], `${person} ${filled}`).to.deep.equal([403, 'notAllowed']);
      }
    }
  });

  it('cannot make itself the engine or the command line by naming a person so', async () => {
    for (const id of ['system', 'commandLine']) {
      const people = [{ id, name: 'Người ví dụ 96', login: `${foreign}-${id}`, disabled: false }];
      const reply = await stranger.post('/api/v1/organisation/import', { organisation: { people } });
      expect([reply.status, reply.json['code']], id).to.deep.equal([400, 'inputInvalid']);
      expect(reply.text).to.contain('valueInvalid').and.to.contain('/people/0/id');
    }
    expect((await web.app.deps.store.directory.snapshot(foreign)).people.map(({ id }) => id)).not.to.include('system');
  });
});
