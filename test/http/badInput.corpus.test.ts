import { expect } from 'chai';
import { bodyBytesMax } from '../../src/http/body.js';
import { newKey, openPlan, plan } from '../support/application.js';
import { raw, startWeb, type Web } from './support.js';

const nested = (depth: number): string => `${'{"a":'.repeat(depth)}1${'}'.repeat(depth)}`;
const context = { drafter: 'off-nv', draftingUnit: 'nv', type: 'KH', title: 'Một' };

describe('bad input', () => {
  let web: Web;
  let id: string;
  let content: string;
  before(async () => {
    web = await startWeb('badinput');
    const opened = await openPlan(web.app);
    id = opened.id;
    content = opened.content ?? '';
  });
  after(() => web.close());

  const everything = async () => {
    const { db } = web.app.connection;
    const counts: Record<string, number> = {};
    for (const name of ['instances', 'contents', 'entries', 'outbox', 'numbers', 'renditions', 'tokens'])
      counts[name] = await db.collection(name).countDocuments();
    return { counts, revision: (await web.app.deps.store.instances.load(web.app.authority, id))?.instance.revision };
  };
  const refused = (reply: { status: number; text: string; headers: Headers | Record<string, unknown> }, what: string) => {
    expect(reply.status, `${what}: ${reply.text.slice(0, 200)}`).to.be.within(400, 499);
    const type = reply.headers instanceof Headers ? reply.headers.get('content-type') : reply.headers['content-type'];
    expect(type, what).to.equal('application/problem+json');
    expect(JSON.parse(reply.text) as object, what).to.include.keys('type', 'title', 'status', 'detail', 'code', 'requestId');
  };

  /** Bodies as text; each must be refused by every route that takes a body. */
  const bodies: Readonly<Record<string, string>> = {
    nothing: '',
    'not JSON': '{a:1}',
    'cut off': '{"command":"SUB',
    'a text': '"SUBMIT"',
    'a list': '[]',
    'a number': '7',
    null: 'null',
    'an unknown field': '{"role":"chair"}',
    'mass assignment (case 21)': '{"state":"signed","revision":9,"_id":"x","author":"x","signedBy":"x","unit":"x"}',
    'operators (case 22)': '{"definition":{"$gt":""},"input":{"$where":"1"},"command":{"$ne":null},"login":{"$regex":".*"}}',
    'a prototype': '{"__proto__":{"admin":true},"constructor":{"prototype":{"admin":true}}}',
    'wrong types':
      '{"definition":7,"context":[],"command":1,"items":{},"login":[],"password":{},"label":1,"days":"x","content":"x","saw":1,"current":1}',
    'depth (case 25)': nested(500),
    'more depth': `{"input":${nested(100_000)}}`,
  };

  it('is a problem document on every route that takes a body, and nothing is stored', async () => {
    const api = await web.api('off-nv');
    await web.app.relay.settle();
    const before = await everything();
    for (const path of [
      '/api/v1/sessions',
      '/api/v1/me/password',
      '/api/v1/tokens',
      '/api/v1/contents',
      '/api/v1/instances',
      `/api/v1/instances/${id}/commands/SUBMIT`,
      '/api/v1/bulk',
    ]) {
      // A command may need nothing to be said, so nothing is what it is given.
      for (const [what, body] of Object.entries(bodies).filter(([name]) => name !== 'nothing' || !path.includes('commands')))
        refused(await api.post(path, body), `${path} ${what}`);
    }
    expect(await everything()).to.deep.equal(before);
    expect(({} as { admin?: unknown }).admin).to.equal(undefined);
  });

  it('case 25: depth and size are refused in bounded time', async () => {
    const api = await web.api('off-nv');
    const start = performance.now();
    expect((await api.post('/api/v1/contents', `{"content":${nested(19)}}`)).status).to.equal(201);
    expect((await api.post('/api/v1/contents', `{"content":${nested(20)}}`)).json.code).to.equal('bodyInvalid');
    expect((await api.post('/api/v1/contents', `{"content":{"a":"${'['.repeat(50)}\\"${'{'.repeat(50)}"}}`)).status).to.equal(
      201,
    );
    const large = JSON.stringify({ content: { a: 'x'.repeat(bodyBytesMax) } });
    expect((await api.post('/api/v1/contents', large)).json.code).to.equal('bodyTooLarge');
    expect((await api.post('/api/v1/contents', { content: { a: 'x'.repeat(800_000) } })).json.code).to.equal('bodyTooLarge');
    expect((await api.post('/api/v1/contents', { content: { a: Array.from({ length: 30_000 }, () => 1) } })).json.code).to.equal(
      'bodyInvalid',
    );
    expect(performance.now() - start).to.be.lessThan(3_000);
  });

  it('wants JSON that is called so, in UTF-8, as it is', async () => {
    const api = await web.api('off-nv');
    const body = JSON.stringify({ content: { a: 1 } });
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'application/json; charset=utf-16le',
      'application/xml',
    ]) {
      expect((await api.post('/api/v1/contents', body, { 'content-type': type })).json.code, type).to.equal('notJson');
    }
    expect((await api.post('/api/v1/contents', body, { 'content-encoding': 'gzip' })).json.code).to.equal('notJson');
    expect((await api.post('/api/v1/contents', body, { 'content-type': 'application/json; charset=UTF-8' })).status).to.equal(
      201,
    );
  });

  it('case 26: refuses characters that hide, and stores one form of a letter', async () => {
    const api = await web.api('off-nv');
    for (const title of [
      'a\u0000b',
      'a\u0008b',
      'a\u200bb',
      'a\u202eb',
      '\ufeffa',
      'a\u2066b',
      '\ud800',
      'a\uffffb',
      'a\ufffeb',
      'a\u{1ffff}b',
    ]) {
      expect(
        (await api.post('/api/v1/instances', { definition: 'document', context: { ...context, title } })).json.code,
        JSON.stringify(title),
      ).to.equal('textNotAllowed');
    }
    const made = await api.post('/api/v1/instances', {
      definition: 'document',
      context: { ...context, title: 'Kế hoạch'.normalize('NFD') },
    });
    expect((made.json.instance as unknown as { context: { title: string } }).context.title).to.equal('Kế hoạch'.normalize('NFC'));
    const same = await Promise.all(
      ['NFC', 'NFD'].map((form) => api.post('/api/v1/contents', { content: { ...plan, title: plan.title.normalize(form) } })),
    );
    expect(same[0]?.json.hash).to.equal(same[1]?.json.hash);
  });

  it('case 22: names that mean something to a database or an object are refused wherever they stand', async () => {
    const api = await web.api('off-nv');
    for (const name of ['$gt', '$where', 'a.b', '__proto__']) {
      refused(await api.post('/api/v1/contents', `{"content":{"x":[{"${name}":1}]}}`), name);
      refused(await api.post('/api/v1/instances', `{"definition":"document","context":{"${name}":1}}`), name);
    }
  });

  it('case 23: a query is what the route knows, once, and a text', async () => {
    const api = await web.api('off-nv');
    for (const query of [
      'limit=1&limit=2',
      'limit=0',
      'limit=-1',
      'limit=1e3',
      'limit=',
      'limit[$gt]=1',
      'after=',
      'open=yes',
      'unknown=1',
      '__proto__=1',
      'definition=$ne',
      `originator=${'x'.repeat(200)}`,
    ]) {
      refused(await api.get(`/api/v1/instances?${query}`), query);
    }
    refused(await api.get('/api/v1/me?x=1'), 'a query where none is known');
    expect((await api.get('/api/v1/instances?after[$gt]=1')).status).to.equal(400);
  });

  it('survives addresses, headers and methods that no proper client sends', async () => {
    const authorization = `Bearer ${await web.token('off-nv')}`;
    for (const path of [
      '/%',
      '/%E0%A4%A',
      '/api/v1/instances/%00',
      '/api/v1/instances/%ff',
      `/api/v1/instances/${'x'.repeat(5_000)}`,
      '/api/v1/instances/..%2f..%2fetc',
      '/api/v1/instances/%7B%22$gt%22:1%7D',
      '/api/v1/numbers/%24gt/2026',
      '/api/v1/numbers/KH/99999',
      '/api/v1/definitions/constructor/1',
      '/api/v1/definitions/document/__proto__',
      `/api/v1/instances/${id}/renditions/x`,
      '//evil.example/%2e%2e',
      '/api/v1/instances/a/b/c',
      `/api/v1/instances/${id}/history?from=999999&limit=5&limit=6`,
    ]) {
      refused(await raw(web, { path, headers: { authorization, accept: 'application/json' } }), path);
    }
    for (const match of ['7', 'W/"1"', '"x"', '"0"', '"1","2"', '""']) {
      const reply = await (await web.api('off-nv')).post(`/api/v1/instances/${id}/commands/SUBMIT`, {}, { 'if-match': match });
      expect([reply.status, reply.json.code], match).to.deep.equal([400, 'revisionInvalid']);
    }
    for (const key of ['', 'a b', 'x'.repeat(201), 'khóa']) {
      const { status } = await raw(web, {
        method: 'POST',
        path: `/api/v1/instances/${id}/commands/SUBMIT`,
        headers: { authorization, 'content-type': 'application/json', 'idempotency-key': Buffer.from(key).toString('latin1') },
        body: '{}',
      });
      expect(status, key).to.equal(400);
    }
    for (const command of ['constructor', 'toString', '__proto__', 'sign', 'SIGN%2f1', '$gt']) {
      refused(
        await raw(web, {
          method: 'POST',
          path: `/api/v1/instances/${id}/commands/${command}`,
          headers: { authorization, 'content-type': 'application/json', 'idempotency-key': newKey() },
          body: '{}',
        }),
        command,
      );
    }
  });

  it('gives forms the same treatment', async () => {
    const { login, password } = await web.account('off-nv');
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    await visitor.get(`/instances/${id}`);
    const path = `/instances/${id}/commands/SUBMIT`;
    const base = { _key: newKey(), _revision: '1', _saw: '' };
    for (const fields of [
      {},
      { ...base, _revision: 'x' },
      { ...base, _key: '' },
      { ...base, _revision: ['1', '1'] },
      { ...base, 'input.__proto__': 'x' },
      { ...base, 'input.$gt': 'x' },
      { ...base, 'input.role': 'chair' },
      { ...base, _saw: ['a', 'b'] },
    ] as Record<string, string | string[]>[]) {
      const reply = await visitor.form(path, fields);
      expect(reply.status, JSON.stringify(fields)).to.be.within(400, 499);
      expect(reply.text).to.contain('<!doctype html>');
    }
    const many = await visitor.form(path, Object.fromEntries(Array.from({ length: 600 }, (_, index) => [`f${index}`, '1'])));
    expect(many.status).to.be.within(400, 499);
    expect((await web.app.deps.store.instances.load(web.app.authority, id))?.instance.revision).to.equal(1);
    expect(content).to.match(/^[0-9a-f]{64}$/);
  });

  it('never ended in a 500', () => {
    const statuses = web.log
      .join('')
      .trim()
      .split('\n')
      .map((line) => (JSON.parse(line) as { res?: { status: number } }).res?.status ?? 0);
    expect(statuses.filter((status) => status >= 500)).to.deep.equal([]);
    expect(statuses.length).to.be.greaterThan(150);
  });
});
