import { expect } from 'chai';
import mammoth from 'mammoth';
import { openPlan, putInForce } from '../support/application.js';
import { startWeb, type Web } from './support.js';

describe('a draft as a Word file, by the API', () => {
  let web: Web;
  before(async () => {
    web = await startWeb('draftfile');
  });
  after(() => web.close());

  const address = (id: string) => `/api/v1/instances/${id}/draft.docx`;

  it('holds the text, comes as an attachment that may do nothing, and is audited', async () => {
    const plan = await openPlan(web.app);
    const authorization = `Bearer ${await web.token('off-nv')}`;
    const reply = await fetch(`${web.origin}${address(plan.id)}`, { headers: { authorization } });
    expect(reply.status).to.equal(200);
    expect(reply.headers.get('content-type')).to.include('wordprocessingml');
    expect(reply.headers.get('content-disposition')).to.match(/^attachment; filename="du-thao-[a-z0-9-]+\.docx"/);
    expect(reply.headers.get('content-security-policy')).to.include('sandbox');
    const { value } = await mammoth.extractRawText({ buffer: Buffer.from(await reply.arrayBuffer()) });
    expect(value.normalize('NFC')).to.include('Các đơn vị tổ chức thực hiện.');
    const audited = await web.app.deps.store.audit.list(web.app.authority, 50);
    expect(audited.some(({ kind, subject }) => kind === 'draftExported' && subject === plan.id)).to.equal(true);
  });

  it('is not there for who may not read the paper, and not for a content that is no paper', async () => {
    const plan = await openPlan(web.app);
    expect((await (await web.api('head-p1')).get(address(plan.id))).status).to.equal(404);
    const hash = await web.app.deps.store.contents.put(web.app.authority, { note: 'x' });
    const reply = await (await web.api('off-nv')).post(`/api/v1/instances/${plan.id}/commands/EDIT`, {
      input: { content: hash },
    });
    expect(reply.status).to.equal(200);
    expect((await (await web.api('off-nv')).get(address(plan.id))).status).to.equal(404);
  });

  it('is offered on the page until the paper is signed', async () => {
    const plan = await openPlan(web.app);
    const visitor = web.visitor();
    const { login, password } = await web.account('off-nv');
    await visitor.signIn(login, password);
    const page = async () => (await visitor.get(`/instances/${plan.id}`)).text;
    expect(await page()).to.include(address(plan.id));
    await putInForce(web.app, plan);
    expect(await page()).to.not.include(address(plan.id));
  });
});
