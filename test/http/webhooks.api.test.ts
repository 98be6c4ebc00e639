import { expect } from 'chai';
import { webhooksMax } from '../../src/commands/webhooks/ports.js';
import { startApplication } from '../support/application.js';
import { manualVerify, type Receiver, startReceiver } from '../support/webhookReceiver.js';
import { type Client, type Web, webOn } from './support.js';

describe('webhooks in the API', () => {
  let web: Web;
  let admin: Client;
  let receiver: Receiver;
  before(async () => {
    web = await webOn(await startApplication('webhooksapi', { webhooks: { allow: [], loopbackHttp: true } }));
    admin = await web.api('admin');
    receiver = await startReceiver();
  });
  after(async () => {
    await web.close();
    await receiver.close();
  });
  const make = async (more: Record<string, unknown> = {}) =>
    (await admin.post('/api/v1/webhooks', { url: receiver.url, label: 'Hệ thống ví dụ', ...more })) as unknown as {
      status: number;
      json: { readonly subscription: { readonly id: string; readonly url: string }; readonly secret: string };
    };

  it('belong to the administrator alone, and every refusal is audited', async () => {
    const { json } = await make();
    const paths: readonly (readonly ['get' | 'post', string, unknown])[] = [
      ['get', '/api/v1/webhooks', undefined],
      ['post', '/api/v1/webhooks', { url: receiver.url, label: 'x' }],
      ['post', `/api/v1/webhooks/${json.subscription.id}/rotate`, undefined],
      ['post', `/api/v1/webhooks/${json.subscription.id}/ping`, undefined],
      ['post', '/api/v1/webhooks/replay', { delivery: 'x' }],
      ['post', `/api/v1/webhooks/${json.subscription.id}/disable`, undefined],
    ];
    for (const person of ['chair', 'audit', 'clerk', 'head-nv', 'stranger']) {
      const api = await web.api(person);
      for (const [method, path, body] of paths) {
        const reply = method === 'get' ? await api.get(path) : await api.post(path, body);
        expect(reply.status, `${person} ${path}`).to.equal(403);
      }
    }
    const audit = await web.app.deps.store.audit.list(web.app.authority, 200);
    expect(audit.filter(({ kind }) => kind === 'routeDenied')).to.have.length(5 * paths.length);
    expect(receiver.got).to.deep.equal([]);
  });

  it('shows the secret when it is made and turned, and never in the list', async () => {
    const { status, json } = await make({ definitions: ['document'], commands: ['SIGN'] });
    expect(status).to.equal(201);
    expect(json.secret).to.match(/^whsec_[A-Za-z0-9+/]{43}=$/);
    const turned = await admin.post(`/api/v1/webhooks/${json.subscription.id}/rotate`, undefined);
    expect(turned.json['secret'])
      .to.match(/^whsec_/)
      .and.not.to.equal(json.secret);
    const listed = await admin.get('/api/v1/webhooks');
    expect(listed.text).to.contain(json.subscription.id).and.not.to.contain('whsec_').and.not.to.contain('g1.');
  });

  it('ping signs a message and tells what came back', async () => {
    const { json } = await make();
    receiver.answer((response) => response.writeHead(418).end());
    const reply = await admin.post(`/api/v1/webhooks/${json.subscription.id}/ping`, undefined);
    expect(reply.json).to.deep.include({ status: 418, reason: null });
    const got = receiver.got.at(-1);
    expect(JSON.parse(got?.body ?? '')).to.include({
      type: 'ping',
      version: 'v1',
      authority: web.app.authority,
      id: reply.json['id'],
    });
    expect((await manualVerify(json.secret))(got?.headers ?? {}, got?.body ?? '')).to.equal(true);
    await receiver.close();
    const away = await admin.post(`/api/v1/webhooks/${json.subscription.id}/ping`, undefined);
    expect(away.json).to.deep.include({ status: null, reason: 'ECONNREFUSED' });
    receiver = await startReceiver();
  });

  it('refuses what nothing can be sent to, and says why', async () => {
    for (const [more, field, reason] of [
      [{ url: 'https://10.0.0.1/' }, 'url', 'urlInside'],
      [{ url: 'https://ai:mk@nhan.example.vn/' }, 'url', 'urlWithUser'],
      [{ label: '  ' }, 'label', 'labelWrong'],
      [{ definitions: ['nothing'] }, 'definitions', 'definitionsWrong'],
      [{ commands: ['sign'] }, 'commands', 'commandsWrong'],
    ] as const) {
      const reply = await admin.post('/api/v1/webhooks', { url: receiver.url, label: 'x', ...more });
      expect(reply.status).to.equal(400);
      expect(reply.json).to.deep.include({ code: 'inputInvalid' });
      expect(reply.json['params']).to.include({ field, reason });
    }
    expect((await admin.post('/api/v1/webhooks', { url: receiver.url, label: 'x', definitions: [] })).json['code']).to.equal(
      'bodyInvalid',
    );
    for (const body of [{}, { webhook: 'x' }, { since: 'x' }, { delivery: 'x', webhook: 'x', since: 'x' }])
      expect((await admin.post('/api/v1/webhooks/replay', body)).json['code'], JSON.stringify(body)).to.equal('bodyInvalid');
  });

  it('are bounded, and one that has ended makes room but does not come back', async () => {
    const ids: string[] = [];
    for (;;) {
      const { status, json } = await make();
      if (status !== 201) break;
      ids.push(json.subscription.id);
    }
    const items = (await admin.get('/api/v1/webhooks')).json['items'] as unknown as { disabledAt: string | null }[];
    expect(items.filter(({ disabledAt }) => disabledAt === null)).to.have.length(webhooksMax);
    const [first = ''] = ids;
    expect((await admin.post(`/api/v1/webhooks/${first}/disable`, undefined)).status).to.equal(204);
    expect((await admin.post(`/api/v1/webhooks/${first}/disable`, undefined)).status).to.equal(404);
    expect((await admin.post(`/api/v1/webhooks/${first}/ping`, undefined)).status).to.equal(404);
    expect((await admin.post(`/api/v1/webhooks/${first}/rotate`, undefined)).status).to.equal(404);
    expect((await make()).status).to.equal(201);
    expect((await make()).status).to.equal(400);
  });
});
