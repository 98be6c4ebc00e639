import { expect } from 'chai';
import type { Notice } from '../../src/commands/notices/ports.js';
import { must, openPlan, startApplication, type TestApplication } from '../support/application.js';
import { type Visitor, type Web, webOn } from './support.js';

describe('many notices, hostile ones and summaries, on the page and by the API', () => {
  let web: Web;
  let app: TestApplication;
  before(async () => {
    app = await startApplication('notices-many');
    web = await webOn(app);
  });
  after(() => web.close());

  async function visiting(person: string): Promise<Visitor> {
    const { login, password } = await web.account(person);
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    return visitor;
  }
  const summary = (person: string, more: Partial<Notice> = {}): Notice => ({
    id: `${app.authority}.term/d/2026-03-02/${person}`,
    authority: app.authority,
    person,
    instance: '',
    kind: 'turn',
    visit: null,
    asOf: 0,
    params: { waiting: 37, onBehalfOf: 'head-nv' },
    at: app.clock.now(),
    ...more,
  });
  const write = (notices: readonly Notice[]) =>
    app.deps.store.notices.write(notices, [], { authority: app.authority, at: app.clock.now() });

  it('a summary says how much waits, since when whom it concerns, and leads to the list; reading it closes it', async () => {
    await write([summary('head-vhtt')]);
    const person = await visiting('head-vhtt');
    const page = await person.get('/notices');
    expect(page.text).to.contain('<a href="/inbox">37 hồ sơ đang chờ Ông/Bà xử lý</a>');
    expect(page.text).to.contain('theo ủy quyền của Người ví dụ 08');
    const { json } = await (await web.api('head-vhtt')).get('/api/v1/notices');
    expect(
      (json as unknown as { items: { instance: unknown; title: unknown }[] }).items.map(({ instance, title }) => [
        instance,
        title,
      ]),
    ).to.deep.equal([[null, '37 hồ sơ đang chờ Ông/Bà xử lý']]);
    // somebody else names it: nothing of it changes
    const other = await visiting('form');
    await other.form('/notices/read', { notice: summary('head-vhtt').id });
    expect(await app.deps.store.notices.openCount(app.authority, 'head-vhtt', 10)).to.equal(1);
    await person.form('/notices/read', { notice: summary('head-vhtt').id });
    expect(await app.deps.store.notices.openCount(app.authority, 'head-vhtt', 10)).to.equal(0);
    expect((await person.get('/notices')).text).to.contain('Trước đây');
  });

  it('a reason is text wherever it stands, and without the session’s own token nothing is marked', async () => {
    const hostile = '"><script>alert(1)</script><img src=x onerror=alert(2)>{{7*7}}</li></ul>&lt;b&gt;';
    const paper = await openPlan(app);
    await must(app, paper.id, 'off-nv', 'SUBMIT');
    await app.relay.settle();
    await must(app, paper.id, 'head-nv', 'RETURN', { saw: paper.content ?? '', input: { reason: hostile } });
    await app.relay.settle();
    const drafter = await visiting('off-nv');
    const page = await drafter.get('/notices');
    expect(page.text).not.to.match(/<script>alert|<img src=x/);
    expect(page.text).to.contain('&quot;&gt;&lt;script&gt;alert(1)&lt;/script&gt;').and.to.contain('{{7*7}}');
    const forged = await drafter.form('/notices/read', { _csrf: 'of-another-session' });
    expect(forged.status).to.equal(403);
    expect(await app.deps.store.notices.openCount(app.authority, 'off-nv', 10)).to.equal(1);
  });

  it('five hundred are paged through without gap or double', async () => {
    await write(
      Array.from({ length: 500 }, (_, index) =>
        summary('cons', { id: `${app.authority}.term/${index}/cons`, params: { waiting: index + 1 } }),
      ),
    );
    const api = await web.api('cons');
    const titles: string[] = [];
    let after: string | null = null;
    let pages = 0;
    do {
      const path: string = after === null ? '' : `?after=${encodeURIComponent(after)}`;
      const { json } = await api.get(`/api/v1/notices${path}`);
      const read = json as unknown as { items: { title: string }[]; next: string | null };
      titles.push(...read.items.map(({ title }) => title));
      after = read.next;
      pages += 1;
    } while (after !== null && pages < 50);
    // 1 to 99, and 100+ for the rest
    expect([pages, titles.length, new Set(titles).size]).to.deep.equal([10, 500, 100]);
    const page = await (await visiting('cons')).get('/notices');
    expect(page.text.match(/class="unread"/g)?.length).to.equal(50);
    expect(page.text).to.contain('100+ hồ sơ đang chờ');
  });
});
