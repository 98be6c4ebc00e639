import { expect } from 'chai';
import { apiRoutes } from '../../src/http/api/routes.js';
import { pageRoutes } from '../../src/http/pages/mount.js';
import { must, newKey, openPlan, putInForce } from '../support/application.js';
import { reviewAll } from '../support/clauses.js';
import { startWeb, type Web } from './support.js';

describe('who may call what', () => {
  let web: Web;
  let secret: string;
  let child: string;
  before(async () => {
    web = await startWeb('access');
    const draft = await openPlan(web.app);
    await must(web.app, draft.id, 'off-nv', 'SUBMIT');
    secret = draft.id;
    // a duty of ward 1 and its directive
    const plan = await putInForce(web.app, await openPlan(web.app));
    await reviewAll(web.app, plan, ['I.1']);
    await must(web.app, plan.id, 'cons', 'OPEN_DIRECTIVE', { input: { clause: 'I.1', title: 'Việc một' } });
    await web.app.relay.settle();
    const [directive] = await web.app.deps.store.instances.childrenOf(web.app.authority, plan.id, 'directive', 1);
    await must(web.app, directive?.id ?? '', 'cons', 'ASSIGN', { input: { lead: ['p1'] } });
    await web.app.relay.settle();
    const [assignment] = await web.app.deps.store.instances.childrenOf(web.app.authority, directive?.id ?? '', 'assignment', 1);
    child = assignment?.id ?? '';
  });
  after(() => web.close());

  const filled = (path: string, id: string): string =>
    path
      .replace(':id', id)
      .replace(':command', 'ACCEPT')
      .replace(':hash', 'a'.repeat(64))
      .replace(':definition', 'document')
      .replace(':version', '1');
  const byInstance = (policy: unknown): boolean =>
    typeof policy === 'object' && policy !== null && ('readsInstance' in policy || 'readsInstanceAfter' in policy);
  const auditOf = async (kind: string) =>
    (await web.app.deps.store.audit.list(web.app.authority, 500)).filter((record) => record.kind === kind);

  it('case 15: an instance of another unit is answered like none at all, on every route of the table, and audited', async () => {
    const routes = apiRoutes.filter(({ policy }) => byInstance(policy));
    expect(routes.length).to.be.greaterThan(5);
    for (const [person, id] of [
      ['head-p2', child],
      ['stranger', secret],
      ['head-p2', secret],
    ] as const) {
      const api = await web.api(person);
      for (const route of routes) {
        const before = (await auditOf('readDenied')).length;
        const ask = (instance: string) =>
          api.send(route.method.toUpperCase(), filled(route.path, instance), route.body ? {} : undefined, {
            'idempotency-key': newKey(),
            'if-match': '"1"',
          });
        const [real, none] = [await ask(id), await ask(`${web.app.authority}.${'0'.repeat(24)}`)];
        expect(real.status, `${person} ${route.path}`).to.equal(404);
        const bare = (problem: Record<string, unknown>) => ({ ...problem, requestId: '' });
        expect(bare(real.json)).to.deep.equal(bare(none.json));
        expect((await auditOf('readDenied')).length, route.path).to.equal(before + 2);
      }
    }
  });

  it('case 15: the same on every page', async () => {
    const { login, password } = await web.account('head-p2');
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    await visitor.get('/inbox');
    for (const route of pageRoutes.filter(({ policy }) => byInstance(policy))) {
      const reply =
        route.method === 'get'
          ? await visitor.get(filled(route.path, child))
          : await visitor.form(filled(route.path, child), { _revision: '1', _key: newKey() });
      expect(reply.status, route.path).to.equal(404);
      expect(reply.text).not.to.contain('Việc một');
    }
  });

  it('case 15: the owner reads it', async () => {
    const reply = await (await web.api('head-p1')).get(`/api/v1/instances/${child}`);
    expect(reply.status).to.equal(200);
    expect(reply.headers.get('etag')).to.equal('"1"');
  });

  it('answers 401 on every route that is not public, to nobody and to a false token', async () => {
    for (const route of apiRoutes.filter(({ policy }) => policy !== 'public')) {
      for (const headers of [
        {},
        { authorization: 'Bearer tk_0_0' },
        { authorization: 'Basic eDp5' },
        { authorization: 'Bearer ' },
        { cookie: 'trinhky=s%3Aabc.def' },
      ] as Record<string, string>[]) {
        const response = await fetch(`${web.origin}${filled(route.path, secret)}`, {
          method: route.method.toUpperCase(),
          headers,
        });
        expect(response.status, `${route.method} ${route.path} ${JSON.stringify(headers)}`).to.equal(401);
        expect(response.headers.get('www-authenticate')).to.contain('Bearer');
      }
    }
  });

  it('sends everybody who is not signed in from every page to sign-in, and back', async () => {
    for (const route of pageRoutes.filter(({ policy, method }) => policy !== 'public' && method === 'get')) {
      const reply = await web.visitor().get(filled(route.path, secret));
      expect(reply.status).to.equal(303);
      expect(reply.headers.get('location')).to.equal(`/sign-in?next=${encodeURIComponent(filled(route.path, secret))}`);
    }
  });

  it('keeps administration, audit and register to their posts', async () => {
    const expected: Record<string, Record<string, number>> = {
      '/api/v1/outbox': { admin: 200, audit: 403, clerk: 403, 'head-nv': 403 },
      '/api/v1/webhooks': { admin: 200, audit: 403, clerk: 403, chair: 403 },
      '/api/v1/audit': { admin: 200, audit: 200, clerk: 403, deputy: 403 },
      '/api/v1/numbers/KH-UBND/2026': { clerk: 200, audit: 200, 'head-nv': 403, admin: 403, stranger: 403 },
    };
    for (const [path, people] of Object.entries(expected)) {
      for (const [person, status] of Object.entries(people))
        expect((await (await web.api(person)).get(path)).status, `${person} ${path}`).to.equal(status);
    }
    expect((await auditOf('routeDenied')).length).to.be.greaterThan(5);
  });

  it('case 16: a list holds what may be read one by one, and nothing else', async () => {
    const everything = (await (await web.api('audit')).get('/api/v1/instances?limit=99')).json.items as unknown as {
      id: string;
    }[];
    expect(everything.length).to.be.greaterThan(3);
    for (const person of ['head-p1', 'head-p2', 'off-nv', 'stranger', 'admin', 'cons']) {
      const api = await web.api(person);
      const listed = ((await api.get('/api/v1/instances?limit=99')).json.items as unknown as { id: string }[]).map(
        ({ id }) => id,
      );
      const readable: string[] = [];
      for (const { id } of everything) if ((await api.get(`/api/v1/instances/${id}`)).status === 200) readable.push(id);
      expect(listed, person).to.deep.equal(readable);
    }
  });

  it('case 18: an account that is disabled is out with its next request, by token and by session', async () => {
    const { login, password } = await web.account('off-vhtt');
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    const api = await web.api('off-vhtt');
    expect((await visitor.get('/inbox')).status).to.equal(200);
    expect((await api.get('/api/v1/me')).status).to.equal(200);
    const { revision: _, ...directory } = await web.app.deps.store.directory.snapshot(web.app.authority);
    await web.app.deps.store.directory.save({
      ...directory,
      people: directory.people.map((person) => (person.id === 'off-vhtt' ? { ...person, disabled: true } : person)),
    });
    expect((await api.get('/api/v1/me')).status).to.equal(401);
    expect((await visitor.get('/inbox')).status).to.equal(303);
    // and stays out when it is enabled again: the session is gone
    await web.app.deps.store.directory.save(directory);
    expect((await visitor.get('/inbox')).status).to.equal(303);
  });
});
