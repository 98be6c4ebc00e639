import { expect } from 'chai';
import { TrinhkyError } from '../../src/errors.js';
import { apiRoutes } from '../../src/http/api/routes.js';
import { pageRoutes } from '../../src/http/pages/mount.js';
import { must, newKey, openPlan } from '../support/application.js';
import { raw, startWeb, type Visitor, type Web } from './support.js';

describe('the edge', () => {
  let web: Web;
  let tls: Web;
  let visitor: Visitor;
  let plan: string;
  before(async () => {
    web = await startWeb('edge');
    tls = await startWeb('edgetls', { publicUrl: 'https://trinhky.example.vn', trustProxy: 1 });
    plan = (await openPlan(web.app)).id;
    const { login, password } = await web.account('off-nv');
    visitor = web.visitor();
    await visitor.signIn(login, password);
    await visitor.get('/inbox');
  });
  after(async () => {
    await web.close();
    await tls.close();
  });

  it('case 31: bears the same security headers on every answer, errors, files and assets included', async () => {
    const style = /href="(\/assets\/[^"]+)"/.exec((await visitor.get('/inbox')).text)?.[1] ?? '';
    const font = /url\(([^)]+)\)/.exec((await visitor.get(style)).text)?.[1] ?? '';
    for (const path of [
      '/inbox',
      '/sign-in',
      `/instances/${plan}`,
      '/none',
      '/api/v1/me',
      '/api/v1/none',
      '/healthz',
      style,
      font,
      '/%E0%A4%A',
    ]) {
      const { headers } = await raw(web, { path });
      const policy = String(headers['content-security-policy']);
      expect(policy, path)
        .to.contain("default-src 'none'")
        .and.to.contain("frame-ancestors 'none'")
        .and.to.contain("base-uri 'none'");
      expect(policy, path).not.to.match(/unsafe|script-src|\*|http:|data:/);
      expect(headers['x-content-type-options'], path).to.equal('nosniff');
      expect(headers['referrer-policy'], path).to.equal('same-origin');
      expect(headers['x-frame-options'], path).to.equal('DENY');
      expect(headers['x-powered-by'], path).to.equal(undefined);
      expect(headers['access-control-allow-origin'], path).to.equal(undefined);
      expect(headers['strict-transport-security'], path).to.equal(undefined);
      expect(headers['cache-control'], path).to.equal(
        path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store',
      );
    }
    expect((await raw(tls, { path: '/sign-in' })).headers['strict-transport-security']).to.match(/max-age=31536000/);
  });

  it('case 32: the session cookie belongs to this host, to TLS, and to no script', async () => {
    const plain = (await raw(web, { path: '/sign-in' })).headers['set-cookie'];
    expect(plain).to.have.length(1);
    expect(plain?.[0])
      .to.match(/^trinhky=/)
      .and.to.match(/; Path=\/;/)
      .and.to.match(/HttpOnly/)
      .and.to.match(/SameSite=Lax/)
      .and.not.to.match(/Secure|Domain/);
    const secure = (await raw(tls, { path: '/sign-in', headers: { 'x-forwarded-proto': 'https' } })).headers['set-cookie'];
    expect(secure?.[0])
      .to.match(/^__Host-trinhky=/)
      .and.to.match(/; Secure/)
      .and.to.match(/HttpOnly/)
      .and.to.match(/Path=\//)
      .and.not.to.match(/Domain/);
    // case 32: over plain http there is none at all
    expect((await raw(tls, { path: '/sign-in' })).headers['set-cookie']).to.equal(undefined);
  });

  it('case 30: no changing form or JSON route of a session works without its own token, or from elsewhere', async () => {
    const { login, password } = await web.account('head-vhtt');
    const other = web.visitor();
    const foreign = String((await other.post('/api/v1/sessions', { login, password })).json.csrfToken);
    const own = String((await visitor.get('/api/v1/me')).json.csrfToken);
    expect(own).to.match(/^[0-9a-f]{64}$/);
    const filled = (path: string) => path.replace(':id', plan).replace(':command', 'SUBMIT').replace(/:\w+/g, 'x');
    const bad: readonly (readonly [string, Record<string, string>])[] = [
      ['no token', {}],
      ["another session's token", { 'x-csrf-token': foreign }],
      ['a foreign origin', { 'x-csrf-token': own, origin: 'https://evil.example' }],
      ['the null origin', { 'x-csrf-token': own, origin: 'null' }],
      ['another port', { 'x-csrf-token': own, origin: `http://127.0.0.1:${web.port + 1}` }],
      ['another site', { 'x-csrf-token': own, 'sec-fetch-site': 'cross-site' }],
      ['a sister site', { 'x-csrf-token': own, 'sec-fetch-site': 'same-site' }],
    ];
    const changing = [
      ...apiRoutes
        .filter(({ method, policy }) => method !== 'get' && policy !== 'public')
        .map(({ method, path }) => ({ method, path, form: false, withoutToken: false })),
      ...pageRoutes
        .filter(({ method }) => method === 'post')
        .map(({ method, path, withoutToken }) => ({ method, path, form: true, withoutToken: withoutToken === true })),
    ];
    for (const { method, path, form, withoutToken } of changing) {
      for (const [what, headers] of bad) {
        if (withoutToken && !('origin' in headers) && !('sec-fetch-site' in headers)) continue;
        const type = form ? 'application/x-www-form-urlencoded' : 'application/json';
        const reply = await visitor.send(method.toUpperCase(), filled(path), form ? `_revision=1&_key=${newKey()}` : '{}', {
          accept: 'application/json',
          'content-type': type,
          'idempotency-key': newKey(),
          ...headers,
        });
        expect(reply.status, `${what}: ${method} ${path}`).to.equal(403);
        expect(reply.json.code, `${what}: ${method} ${path}`).to.equal('csrfFailed');
      }
    }
    // sign-in from elsewhere too, and nothing has moved
    const signIn = await web.visitor().post('/api/v1/sessions', { login, password }, { origin: 'https://evil.example' });
    expect(signIn.status).to.equal(403);
    expect((await web.app.deps.store.instances.load(web.app.authority, plan))?.instance.revision).to.equal(1);
    expect((await visitor.get('/inbox')).status).to.equal(200);
  });

  it('case 30: with its own token, or with a bearer token and none, it works', async () => {
    const { login, password } = await web.account('head-vhtt');
    const own = web.visitor();
    const csrf = String((await own.post('/api/v1/sessions', { login, password })).json.csrfToken);
    const made = await own.post(
      '/api/v1/contents',
      { content: { a: 1 } },
      { 'x-csrf-token': csrf, origin: web.origin, 'sec-fetch-site': 'same-origin' },
    );
    expect(made.status).to.equal(201);
    expect((await (await web.api('head-vhtt')).post('/api/v1/contents', { content: { a: 1 } })).json.hash).to.equal(
      made.json.hash,
    );
  });

  it('case 30: no GET changes anything', async () => {
    const api = await web.api('off-nv');
    for (const route of apiRoutes.filter(({ method }) => method === 'get'))
      await api.get(route.path.replace(':id', plan).replace(/:\w+/g, '1'));
    for (const page of pageRoutes.filter(({ method }) => method === 'get')) await visitor.get(page.path.replace(':id', plan));
    expect((await web.app.deps.store.instances.load(web.app.authority, plan))?.instance.revision).to.equal(1);
  });

  it('case 58: an unforeseen error says nothing of itself but its request id', async () => {
    const { instances } = web.app.deps.store as { instances: { view: (authority: string, id: string) => Promise<unknown> } };
    const { view } = instances;
    instances.view = () => Promise.reject(new TypeError('secret at /srv/trinhky/instances.ts {"$gt":1}'));
    try {
      for (const reply of [
        await (await web.api('off-nv')).get(`/api/v1/instances/${plan}`),
        await visitor.get(`/instances/${plan}`),
      ]) {
        expect(reply.status).to.equal(500);
        expect(reply.text).not.to.match(/secret|TypeError|\/srv|\$gt|node_modules|\.ts/);
        expect(reply.text).to.match(/[0-9a-f]{8}-[0-9a-f]{4}-/);
      }
    } finally {
      instances.view = view as never;
    }
    expect(web.log.join('')).to.contain('secret at');
  });

  it('case 57: what cannot be audited is not done', async () => {
    const { audit } = web.app.deps.store as { audit: { append: (record: unknown) => Promise<void> } };
    const { append } = audit;
    audit.append = () => Promise.reject(new Error('no audit'));
    try {
      const { login, password } = await web.account('cons');
      expect((await web.visitor().signIn(login, password)).status).to.equal(500);
      expect((await (await web.api('audit')).get('/api/v1/audit')).status).to.equal(500);
    } finally {
      audit.append = append;
    }
  });

  it('case 59: a forged X-Forwarded-For changes nobody’s address', async () => {
    const tries = async (forged: (round: number) => string) => {
      const { login } = await web.account('head-p3');
      const statuses: number[] = [];
      for (let round = 0; round < 7; round += 1) {
        statuses.push(
          (
            await web
              .visitor()
              .post('/api/v1/sessions', { login, password: 'wrong wrong 1' }, { 'x-forwarded-for': forged(round) })
          ).status,
        );
      }
      return statuses;
    };
    expect((await tries((round) => `10.1.1.${round}`)).at(-1)).to.equal(429);
    const addresses = (await web.app.deps.store.audit.list(web.app.authority, 200)).map(({ details }) => details.address);
    expect(addresses.filter((address) => typeof address === 'string' && address.startsWith('10.1.'))).to.deep.equal([]);
  });

  it('case 61: refuses methods that a route does not have, TRACE with them, and says which it has', async () => {
    for (const [method, path, allowed] of [
      ['TRACE', '/inbox', 'GET, HEAD'],
      ['PUT', '/api/v1/instances', 'POST, GET, HEAD'],
      ['POST', '/inbox', 'GET, HEAD'],
      ['GET', '/api/v1/bulk', 'POST'],
      ['PATCH', `/api/v1/instances/${plan}`, 'GET, HEAD'],
    ] as const) {
      const reply = await raw(web, { method, path });
      expect(reply.status, `${method} ${path}`).to.equal(405);
      expect(reply.headers.allow).to.equal(allowed);
      expect(reply.text).not.to.contain('cookie');
    }
  });

  it('answers an unreachable database with 503 at once, and says when to try again', async () => {
    const { instances } = web.app.deps.store as { instances: { view: (authority: string, id: string) => Promise<unknown> } };
    const { view } = instances;
    instances.view = () => Promise.reject(new TrinhkyError('databaseAway', {}, { cause: new Error('connect 10.0.0.1:27017') }));
    try {
      const reply = await (await web.api('off-nv')).get(`/api/v1/instances/${plan}`);
      expect([reply.status, reply.json.code]).to.deep.equal([503, 'databaseAway']);
      expect(Number(reply.headers.get('retry-after'))).to.be.greaterThan(0);
      expect(reply.text).not.to.contain('10.0.0.1');
    } finally {
      instances.view = view as never;
    }
  });

  it('speaks the language that was chosen, else the one asked for, else Vietnamese', async () => {
    const detail = async (headers: Record<string, string>) =>
      String((await (await web.api('off-nv')).get('/api/v1/audit', headers)).json.detail);
    expect(await detail({})).to.match(/^Ông\/Bà/);
    expect(await detail({ 'accept-language': 'en-US,en;q=0.9' })).to.match(/^You/);
    expect(await detail({ 'accept-language': 'en', cookie: 'trinhky-language=vi' })).to.match(/^Ông\/Bà/);
    const reader = web.visitor();
    await reader.form('/language', { language: 'en', next: '/sign-in' });
    expect((await reader.get('/sign-in')).text)
      .to.contain('<html lang="en">')
      .and.to.contain('Sign in');
    await must(web.app, plan, 'off-nv', 'SUBMIT');
  });
});
