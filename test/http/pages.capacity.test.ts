import { expect } from 'chai';
import { must, openPlan, plan } from '../support/application.js';
import { town } from '../support/town.js';
import { laidBefore } from './proofSupport.js';
import { startWeb, type Visitor, type Web } from './support.js';

describe('the sign desk says in which capacity', () => {
  let web: Web;
  before(async () => {
    web = await startWeb('capacitydesk');
    const records = town('capacitydesk');
    const acting = { id: 'a-deputy2', person: 'stranger', unit: 'ubnd', post: 'deputyChair', title: null, acting: false };
    await web.app.deps.store.directory.save({
      ...records,
      // given a second deputy without a field, and a grant to the head of the division for culture
      appointments: [...records.appointments, { ...acting, from: '2000-01-01', to: null }],
      grants: [
        {
          id: 'tl-vhtt',
          kind: 'TL',
          grantor: { unit: 'ubnd', post: 'chair' },
          grantee: { unit: 'vhtt', post: 'head' },
          types: ['GM'],
          units: null,
          subject: 'Giấy mời',
          from: '2026-01-01',
          to: null,
          revokedAt: null,
          passable: false,
          decision: 'Quy chế 01/QĐ-UBND',
        },
      ],
    });
  });
  after(() => web.close());

  async function signedIn(person: string): Promise<Visitor> {
    const { login, password } = await web.account(person);
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    return visitor;
  }

  it('KT., by which division of work; a deputy without a field has nothing there, and is told why when he asks', async () => {
    const paper = await laidBefore(web.app);
    expect((await (await signedIn('deputy')).get('/sign')).text).to.contain('Ký: KT. CHỦ TỊCH, theo phân công 12/QĐ-UBND');
    const other = await signedIn('stranger');
    expect((await other.get('/sign')).text).not.to.contain(paper.id);
    expect((await other.get('/inbox')).text).not.to.contain(paper.id);
    const reply = await (await web.api('stranger')).post(`/api/v1/instances/${paper.id}/commands/PREPARE`, {});
    expect([reply.status, reply.json.code]).to.deep.equal([409, 'capacityMissing']);
    expect(reply.json.detail).to.contain('chưa có phân công công tác');
    expect(reply.json.todo).to.contain('Chủ tịch').and.to.contain('Người ví dụ 02');
  });

  it('TL., to the head of a unit for what the grant covers, and to nobody for another paper', async () => {
    const content = { ...plan, type: 'GM', typeName: 'GIẤY MỜI', symbol: 'GM-UBND', title: 'Họp giao ban' };
    const paper = await openPlan(web.app, content);
    const saw = paper.content ?? '';
    await must(web.app, paper.id, 'off-nv', 'SUBMIT');
    await must(web.app, paper.id, 'head-nv', 'APPROVE_CONTENT', { saw });
    await must(web.app, paper.id, 'form', 'APPROVE_FORM', { saw });
    const desk = (await (await signedIn('head-vhtt')).get('/sign')).text;
    expect(desk).to.contain('Ký: TL. CHỦ TỊCH, theo Quy chế 01/QĐ-UBND').and.to.contain('Họp giao ban');
    expect(desk).not.to.contain(plan.title);
    const prepared = await must(web.app, paper.id, 'head-vhtt', 'PREPARE');
    expect(prepared.context.signature).to.deep.equal({
      authority: null,
      capacity: 'TL. CHỦ TỊCH',
      title: 'TRƯỞNG PHÒNG',
      name: 'Người ví dụ 10',
    });
  });

  it('and a grant that is taken back is taken off the desk at once', async () => {
    const { directory } = web.app.deps.store;
    const before = await directory.snapshot(web.app.authority);
    const grants = before.grants.map((one) => ({ ...one, revokedAt: web.app.clock.now() }));
    expect(await directory.change(web.app.authority, { grants }, before.revision)).to.equal(true);
    const api = await web.api('head-vhtt');
    expect((await api.get('/api/v1/inbox')).json.items).to.deep.equal([]);
  });
});
