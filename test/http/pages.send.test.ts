import { expect } from 'chai';
import type { Instance } from '../../src/engine/instance.js';
import type { PaperContent } from '../../src/office/papers/paper.js';
import { must, openPlan, plan, proofFor } from '../support/application.js';
import { textOf } from './proofSupport.js';
import { preparedOf, startWeb, type Visitor, type Web } from './support.js';

const content: PaperContent = {
  ...plan,
  title: 'Kế hoạch để gửi',
  recipients: [
    { name: 'Sở Nội vụ Thành phố', purpose: 'để báo cáo' },
    { name: 'PHƯỜNG  1', purpose: 'để thực hiện' },
    { name: 'Phường 2', purpose: null },
    { name: 'Như trên', purpose: null },
  ],
};

/** What breaks out of text, of an attribute, of an address; and template text. */
const corpus = [
  '<script>hit()</script>',
  '"><img src=x onerror=hit()>',
  "' autofocus onfocus='hit()",
  '{{w}}{{> pageFrame}}',
  '&lt;b&gt;',
];

describe('the page from which a paper is sent', () => {
  let web: Web;
  let clerk: Visitor;
  before(async () => {
    web = await startWeb('send');
    clerk = await entered('clerk');
  });
  after(() => web.close());

  async function entered(person: string): Promise<Visitor> {
    const { login, password } = await web.account(person);
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    return visitor;
  }

  async function issued(paper: PaperContent = content): Promise<Instance> {
    const { app } = web;
    const { id, content: saw } = await openPlan(app, paper);
    await must(app, id, 'off-nv', 'SUBMIT');
    await must(app, id, 'head-nv', 'APPROVE_CONTENT', { saw: saw ?? '' });
    await must(app, id, 'form', 'APPROVE_FORM', { saw: saw ?? '' });
    const print = preparedOf(await must(app, id, 'deputy', 'PREPARE'));
    await must(app, id, 'deputy', 'SIGN', { saw: print, proof: await proofFor(app, 'deputy', print) });
    await must(app, id, 'clerk', 'SEAL');
    return must(app, id, 'clerk', 'ISSUE');
  }

  const path = (paper: Instance) => `/instances/${paper.id}/send`;
  const deliveries = async (paper: Instance) => {
    await web.app.relay.settle();
    const children = await web.app.deps.store.instances.childrenOf(web.app.authority, paper.id, 'delivery', 100);
    return [...children].sort((a, b) => textOf(a, 'name').localeCompare(textOf(b, 'name'), 'vi'));
  };

  /** The form of a page, as a browser would send it. */
  function fieldsOf(text: string): Record<string, string> {
    const form = /<form method="post" action="[^"]*\/send"[\s\S]*?<\/form>/.exec(text)?.[0] ?? '';
    const fields: Record<string, string> = {};
    for (const [input] of form.matchAll(/<input[^>]*>/g)) {
      const attribute = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(input)?.[1];
      if (attribute('type') === 'checkbox' && !/ checked/.test(input)) continue;
      fields[attribute('name') ?? ''] = attribute('value') ?? 'on';
    }
    for (const [, name = '', options = ''] of form.matchAll(/<select name="([^"]+)"[^>]*>([\s\S]*?)<\/select>/g))
      fields[name] = /<option value="([^"]*)" selected/.exec(options)?.[1] ?? /<option value="([^"]*)"/.exec(options)?.[1] ?? '';
    return fields;
  }

  it('proposes whom the paper names, with the units that they are, and sends to them in one act', async () => {
    // given
    const paper = await issued();
    const dossier = await clerk.get(`/instances/${paper.id}`);
    expect(dossier.text)
      .to.contain(`href="${path(paper)}"`)
      .and.not.to.contain('commands/SEND"');
    // when
    const page = await clerk.get(path(paper));
    const fields = fieldsOf(page.text);
    // then what stands for another line is no recipient, and three lines are free
    expect(fields).to.include({
      _command: 'SEND',
      _count: '6',
      'name.0': 'Sở Nội vụ Thành phố',
      'unit.0': '',
      'channel.0': 'post',
      'purpose.0': 'để báo cáo',
      'name.1': 'PHƯỜNG  1',
      'unit.1': 'p1',
      'channel.1': 'system',
      'unit.2': 'p2',
      'name.3': '',
    });
    expect(page.text).to.contain('Văn bản chưa gửi cho nơi nào.');
    const reply = await clerk.form(path(paper), { ...fields, unit: ['p7', 'vhtt'] });
    expect([reply.status, reply.headers.get('location')]).to.deep.equal([303, `/instances/${paper.id}?done=SEND`]);
    const sent = await deliveries(paper);
    expect(
      sent.map(({ context }) => [context.name, context.unit ?? null, context.channel, context.purpose ?? null]),
    ).to.deep.equal([
      ['Phòng Văn hóa và Thông tin', 'vhtt', 'system', null],
      ['PHƯỜNG  1', 'p1', 'system', 'để thực hiện'],
      ['Phường 2', 'p2', 'system', null],
      ['Phường 7', 'p7', 'system', null],
      ['Sở Nội vụ Thành phố', null, 'post', 'để báo cáo'],
    ]);
    // and sent once more to somebody the paper does not name, by his unit alone
    const more = fieldsOf((await clerk.get(path(paper))).text);
    expect(more).to.include({ _command: 'SEND_MORE' }).and.not.to.have.any.keys('send.0', 'send.1', 'send.2');
    const again = await clerk.form(path(paper), { ...more, 'unit.3': 'p3', 'channel.3': 'hand' });
    expect(again.headers.get('location')).to.contain('SEND_MORE');
    const last = (await deliveries(paper)).find(({ context }) => context.unit === 'p3');
    expect([last?.context.name, last?.context.channel]).to.deep.equal(['Phường 3', 'hand']);
  });

  it('keeps all that was typed where the input does not fit, and sends nothing', async () => {
    const paper = await issued();
    const typed = {
      ...fieldsOf((await clerk.get(path(paper))).text),
      'name.0': 'Sở đổi tên',
      'purpose.3': 'để biết',
      'channel.2': 'fax',
      unit: ['p5'],
    };
    // a line with a purpose and no name is not dropped in silence
    const { 'send.1': _, ...without } = { 'send.1': '', ...typed };
    const reply = await clerk.form(path(paper), without);
    expect(reply.status).to.be.within(400, 422);
    expect(reply.text).to.contain('role="alert"');
    const kept = fieldsOf(reply.text);
    expect(kept).to.include({ 'name.0': 'Sở đổi tên', 'purpose.3': 'để biết', 'channel.2': 'fax', unit: 'p5', 'send.0': 'on' });
    expect(kept).not.to.have.property('send.1');
    expect(await deliveries(paper)).to.deep.equal([]);
    // and nobody at all is no list
    const nobody = Object.fromEntries(Object.entries(typed).filter(([name]) => !/^(send\.|unit$)/.test(name)));
    expect((await clerk.form(path(paper), nobody)).text).to.contain('role="alert"');
    expect(await deliveries(paper)).to.deep.equal([]);
  });

  it('tells when somebody was faster, keeps what was typed, and goes on from there', async () => {
    const paper = await issued();
    const fields = fieldsOf((await clerk.get(path(paper))).text);
    await must(web.app, paper.id, 'clerk', 'SEND', { input: { recipients: [{ name: 'Phường 8', unit: 'p8' }] } });
    const reply = await clerk.form(path(paper), { ...fields, 'name.3': 'Báo Ví dụ' });
    expect(reply.status).to.equal(412);
    expect(reply.text).to.contain('role="alert"').and.to.contain('Vừa diễn ra');
    const kept = fieldsOf(reply.text);
    expect(kept).to.include({ _command: 'SEND_MORE', 'name.3': 'Báo Ví dụ', 'send.0': 'on' });
    expect((await clerk.form(path(paper), kept)).status).to.equal(303);
    expect((await deliveries(paper)).map(({ context }) => context.name)).to.include.members([
      'Phường 8',
      'Báo Ví dụ',
      'Phường 2',
    ]);
  });

  it('takes no other command, no odd revision and no unit that is not there', async () => {
    const paper = await issued();
    const fields = fieldsOf((await clerk.get(path(paper))).text);
    for (const command of ['VOID', 'CLOSE', 'send', '', 'constructor'])
      expect((await clerk.form(path(paper), { ...fields, _command: command })).status, command).to.equal(404);
    for (const revision of ['', '0', '1e3', '-1', '99999999999'])
      expect((await clerk.form(path(paper), { ...fields, _revision: revision })).status, revision).to.equal(400);
    const strange = await clerk.form(path(paper), { ...fields, 'unit.0': 'mars' });
    expect(strange.status).to.be.within(400, 422);
    for (const count of ['-3', 'x', '1e9']) {
      const { status } = await clerk.form(path(paper), { ...fields, _count: count, 'name.0': '', 'purpose.0': 'x' });
      expect(status, count).to.be.within(400, 422);
    }
    expect(await deliveries(paper)).to.deep.equal([]);
  });

  it('shows how it stands with each: to the clerk all, to a ward its own, to others no list and no form', async () => {
    const paper = await issued();
    await clerk.form(path(paper), fieldsOf((await clerk.get(path(paper))).text));
    const [first, second] = (await deliveries(paper)).filter(({ context }) => context.unit !== undefined);
    // when one ward acknowledges in one click from its own page
    const ward = await entered('head-p1');
    const own = await ward.get(`/instances/${first?.id}`);
    expect(own.text).to.contain(`href="/instances/${paper.id}"`);
    const print = `/api/v1/instances/${paper.id}/renditions/${textOf(paper, 'sealedFile')}?view=1`;
    expect(own.text.replaceAll('&#x3D;', '=')).to.contain(`href="${print}"`);
    const [file, page] = [await ward.get(print), await ward.get(`/instances/${paper.id}`)];
    expect([file.status, page.status]).to.deep.equal([200, 200]);
    const form = /<form method="post" action="([^"]+\/ACKNOWLEDGE)"[\s\S]*?<\/form>/.exec(own.text);
    expect(form?.[0]).not.to.match(/<(select|textarea)|type="text"/);
    const sent: Record<string, string> = {};
    for (const [, name = '', value = ''] of (form?.[0] ?? '').matchAll(/name="(_\w+)" value="([^"]*)"/g)) sent[name] = value;
    expect((await ward.form(form?.[1] ?? '', sent)).status).to.equal(303);
    await must(web.app, second?.id ?? '', 'head-p2', 'SEND_BACK', { input: { reason: 'Gửi nhầm đơn vị' } });
    // then
    const all = (await clerk.get(path(paper))).text;
    expect(all).not.to.contain('undefined');
    for (const text of ['Đã nhận', '02/03/2026', 'Bị trả lại', 'Gửi nhầm đơn vị', 'Sở Nội vụ Thành phố', 'Đã gửi'])
      expect(all).to.contain(text);
    const mine = (await ward.get(path(paper))).text;
    expect(mine).to.contain('PHƯỜNG').and.to.contain('Đã nhận').and.not.to.contain('Bị trả lại').and.not.to.contain('Sở Nội vụ');
    expect(mine).not.to.contain('<form method="post" action="/instances/');
    const drafter = await entered('off-nv');
    const other = (await drafter.get(path(paper))).text;
    expect(other).to.contain('chỉ văn thư và chính nơi nhận đó').and.not.to.contain('Phường 2');
    expect(other).not.to.contain('<form method="post" action="/instances/');
    const refused = await drafter.form(path(paper), { ...fieldsOf(all), _command: 'SEND_MORE', 'send.0': 'on' });
    expect(refused.status).to.equal(403);
    // and who may not read the paper is not told that it is there
    const stranger = await entered('head-p6');
    expect((await stranger.get(path(paper))).status).to.equal(404);
  });

  it('case 28: shows names, purposes and reasons as the texts that they are', async () => {
    for (const text of corpus) {
      const paper = await issued({ ...content, recipients: [{ name: text, purpose: text }] });
      const fields = fieldsOf((await clerk.get(path(paper))).text);
      const faulty = await clerk.form(path(paper), {
        ...fields,
        'name.0': text,
        'purpose.0': text,
        'name.1': text,
        'unit.1': text,
      });
      await must(web.app, paper.id, 'clerk', 'SEND', { input: { recipients: [{ name: text, purpose: text }] } });
      const [delivery] = await deliveries(paper);
      await must(web.app, delivery?.id ?? '', 'clerk', 'SEND_BACK', { input: { reason: text } });
      for (const page of [faulty, await clerk.get(path(paper)), await clerk.get(`/instances/${delivery?.id}`)]) {
        expect(page.text, text).not.to.match(/<script|<img|<b>| onfocus='/);
        expect(page.text).to.match(/role="alert"|<h1>/);
      }
    }
  });
});
