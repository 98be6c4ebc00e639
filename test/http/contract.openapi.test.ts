import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { apiRoutes } from '../../src/http/api/routes.js';
import { must, openPlan, plan, putInForce } from '../support/application.js';
import { preparedPaper, textOf } from './proofSupport.js';
import { preparedOf, type Reply, startWeb, type Web } from './support.js';

interface Document {
  readonly openapi: string;
  readonly paths: Record<
    string,
    Record<
      string,
      {
        requestBody?: unknown;
        parameters?: { name: string; in: string; required: boolean }[];
        responses: Record<string, unknown>;
      }
    >
  >;
  readonly components: { readonly schemas: Record<string, unknown> };
}

describe('the API and its document', () => {
  let web: Web;
  let document: Document;
  const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
  before(async () => {
    web = await startWeb('contract');
    document = (await (await web.api('admin')).get('/api/v1/openapi.json')).json as unknown as Document;
  });
  after(() => web.close());

  const routeOf = (method: string, path: string) => {
    const found = apiRoutes.find(
      (route) => route.method === method && new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`).test(path),
    );
    if (found === undefined) throw new Error(`no route ${method} ${path}`);
    return found;
  };
  const conforms = (method: string, path: string, reply: Reply): void => {
    const route = routeOf(method, path.split('?')[0] ?? '');
    expect(reply.status, `${method} ${path}: ${reply.text.slice(0, 300)}`).to.equal(route.answers.status);
    const { schema } = route.answers;
    if (schema === null || typeof schema === 'string') {
      expect(schema === null ? reply.text : reply.headers.get('content-type')).to.equal(schema ?? '');
      return;
    }
    const check = ajv.compile(schema);
    expect(check(reply.json), `${method} ${path}: ${JSON.stringify(check.errors)}`).to.equal(true);
  };

  it('tells every route of the table, and no other', () => {
    const told = Object.entries(document.paths).flatMap(([path, operations]) =>
      Object.keys(operations).map((method) => `${method} ${path}`),
    );
    const table = apiRoutes.map((route) => `${route.method} ${route.path.replace(/:(\w+)/g, '{$1}')}`);
    expect(told.sort()).to.deep.equal(table.sort());
    expect(document.openapi).to.match(/^3\.1\./);
  });

  it('answers every route that it tells: none is unknown to the door', async () => {
    const api = await web.api('admin');
    for (const route of apiRoutes) {
      const reply = await api.send(route.method.toUpperCase(), route.path.replace(/:\w+/g, 'x'), undefined);
      expect([404, 405], `${route.method} ${route.path}`).not.to.include(
        reply.json.code === 'notFound' && !route.path.includes(':') ? 404 : reply.status === 405 ? 405 : 0,
      );
    }
  });

  it('holds what each command of each definition takes', () => {
    const { schemas } = document.components;
    expect(schemas).to.include.keys('document.v1.SIGN.1', 'document.v1.context', 'report.v1.context', 'assignment.v1.ACCEPT.1');
    const reason = (schemas['document.v1.RETURN.1'] as { required: string[] }).required;
    expect(reason).to.deep.equal(['reason']);
    expect(Object.keys(schemas).filter((name) => name.includes('ASSIGNMENT_ENDED'))).to.deep.equal([]);
    for (const [name, schema] of Object.entries(schemas)) expect(() => ajv.compile(schema as object), name).not.to.throw();
  });

  it('has references that lead somewhere', () => {
    const references = [...JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g)].map(
      (match) => match[1] ?? '',
    );
    expect(references).not.to.deep.equal([]);
    for (const name of references) expect(document.components.schemas).to.have.property(name);
  });

  it('marks the key as needed exactly where a call without it is refused', async () => {
    const api = await web.api('admin');
    for (const route of apiRoutes.filter(({ method }) => method === 'post')) {
      const operation = document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method];
      const told =
        operation?.parameters?.some((parameter) => parameter.name === 'Idempotency-Key' && parameter.required) ?? false;
      const reply = await api.send('POST', route.path.replace(/:\w+/g, 'x'), {});
      if (told && !route.path.includes('commands')) expect(reply.json.code, route.path).to.equal('keyMissing');
      else expect(reply.json.code, route.path).not.to.equal('keyMissing');
    }
  });

  it('answers in the shapes that it tells', async () => {
    // given a paper in force, with children to come, and one in review
    const inForce = await putInForce(web.app, await openPlan(web.app));
    const review = await openPlan(web.app);
    await must(web.app, review.id, 'off-nv', 'SUBMIT');
    const clients = {
      admin: await web.api('admin'),
      audit: await web.api('audit'),
      deputy: await web.api('deputy'),
      head: await web.api('head-nv'),
      off: await web.api('off-nv'),
    };
    const gets: readonly [keyof typeof clients, string][] = [
      ['off', '/healthz'],
      ['off', '/readyz'],
      ['off', '/api/v1/me'],
      ['off', '/api/v1/me/second-factor'],
      ['off', '/api/v1/tokens'],
      ['off', '/api/v1/definitions'],
      ['off', '/api/v1/definitions/document/1'],
      ['off', `/api/v1/definitions/document/1/diagram?instance=${review.id}`],
      ['off', '/api/v1/inbox'],
      ['head', '/api/v1/inbox?limit=1'],
      ['deputy', '/api/v1/instances?open=true&definition=document'],
      ['deputy', `/api/v1/instances/${inForce.id}`],
      ['head', `/api/v1/instances/${review.id}`],
      ['deputy', `/api/v1/instances/${inForce.id}/history`],
      ['deputy', `/api/v1/instances/${inForce.id}/content`],
      ['deputy', `/api/v1/instances/${inForce.id}/renditions`],
      ['deputy', `/api/v1/instances/${inForce.id}/renditions/${textOf(inForce, 'sealedFile')}`],
      ['deputy', `/api/v1/instances/${inForce.id}/progress`],
      ['deputy', `/api/v1/instances/${inForce.id}/progress?quarter=2026-Q1&unit=p1`],
      ['deputy', `/api/v1/instances/${inForce.id}/progress/export.csv`],
      ['deputy', `/api/v1/instances/${inForce.id}/progress/export.xlsx`],
      ['deputy', `/api/v1/instances/${inForce.id}/progress/export.json`],
      ['deputy', `/api/v1/instances/${inForce.id}/progress/export.ocel.json`],
      ['deputy', `/api/v1/instances/${inForce.id}/progress.pdf`],
      ['deputy', `/api/v1/instances/${inForce.id}/follow-up.pdf?unit=p1`],
      ['off', `/api/v1/verify/${textOf(inForce, 'code')}`],
      ['admin', '/api/v1/outbox?state=done'],
      ['admin', '/api/v1/webhooks'],
      ['audit', '/api/v1/audit'],
      ['deputy', '/api/v1/numbers/KH-UBND/2026'],
    ];
    for (const [who, path] of gets) conforms('get', path, await clients[who].get(path));

    const sealed = await web.app.deps.store.renditions.bytes(web.app.authority, textOf(inForce, 'sealedFile'));
    for (const body of [Buffer.from(sealed ?? []).toString('utf8'), 'no paper'])
      conforms(
        'post',
        '/api/v1/verify',
        await clients.off.send('POST', '/api/v1/verify', body, { 'content-type': 'application/pdf' }),
      );
    const prepared = await preparedPaper(web.app);
    const code = await web.factor('deputy');
    const { password } = await web.account('deputy');
    const items = [{ instance: prepared.id, hash: preparedOf(prepared) }];
    const body = { password, code: code(), items };
    conforms('post', '/api/v1/step-up', await clients.deputy.post('/api/v1/step-up', body));

    const saw = review.content;
    conforms('post', '/api/v1/contents', await clients.off.post('/api/v1/contents', { content: plan }));
    conforms(
      'post',
      '/api/v1/instances',
      await clients.off.post('/api/v1/instances', {
        definition: 'document',
        context: { drafter: 'off-nv', draftingUnit: 'nv', type: 'KH', title: 'Một' },
        content: saw,
      }),
    );
    conforms(
      'post',
      `/api/v1/instances/${review.id}/commands/APPROVE_CONTENT`,
      await clients.head.post(`/api/v1/instances/${review.id}/commands/APPROVE_CONTENT`, { saw }),
    );
    conforms(
      'post',
      '/api/v1/bulk',
      await clients.head.post('/api/v1/bulk', {
        command: 'APPROVE_CONTENT',
        items: [{ instance: review.id, saw }, { instance: 'contract.nothing' }],
      }),
    );

    // and what is refused is a problem as it is told
    const check = ajv.compile(document.components.schemas['problem'] as object);
    for (const reply of [
      await clients.off.get(`/api/v1/instances/none`),
      await clients.off.post(`/api/v1/instances/${review.id}/commands/SIGN`, {}),
      await clients.off.get('/api/v1/audit'),
    ]) {
      expect(reply.headers.get('content-type')).to.equal('application/problem+json');
      expect(check(reply.json), `${reply.text} ${JSON.stringify(check.errors)}`).to.equal(true);
    }
  });
});
