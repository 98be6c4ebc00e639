import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import type { Instance } from '../../src/engine/instance.js';
import type { ClauseReview } from '../../src/office/papers/clauseReview.js';
import type { PaperContent } from '../../src/office/papers/paper.js';
import { paperOf } from '../../src/office/reading/paperOf.js';
import { readPlan } from '../../src/office/reading/readPlan.js';
import { docxOf, pdfOf } from '../documents/intake/files.js';
import { newKey, openPlan, plan, putInForce } from '../support/application.js';
import { startWeb, type Visitor, type Web } from './support.js';

const items = ['Rà soát hộ nghèo. Báo cáo kết quả.', 'Tập huấn cán bộ.', 'Tuyên truyền trên loa.', 'Sơ kết.'];
const paper: PaperContent = {
  ...plan,
  body: [
    { kind: 'heading', level: 1, marker: 'II.', text: 'NHIỆM VỤ' },
    ...items.map((text, index) => ({ kind: 'paragraph' as const, marker: `${index + 1}.`, level: 1 as const, text })),
  ],
};

describe('pages for what comes in', function () {
  this.timeout(30_000);
  let web: Web;
  const visitors = new Map<string, Visitor>();
  before(async () => {
    web = await startWeb('intakepages');
  });
  after(() => web.close());

  async function as(person: string): Promise<Visitor> {
    const known = visitors.get(person);
    if (known !== undefined) return known;
    const { login, password } = await web.account(person);
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    await visitor.get('/inbox');
    visitors.set(person, visitor);
    return visitor;
  }
  const hiddenOf = (html: string): Record<string, string> =>
    Object.fromEntries([...html.matchAll(/name="(_\w+)" value="([^"]*)"/g)].map((match) => [match[1] ?? '', match[2] ?? '']));
  /** What a browser sends for the page's rows as they stand. */
  const rowsOf = (html: string): Record<string, string> =>
    Object.fromEntries([
      ...[...html.matchAll(/<textarea id="text-\d+" name="(text\.\d+)"[^>]*>\n([^<]*)</g)].map((match) => [
        match[1] ?? '',
        match[2] ?? '',
      ]),
      ...[...html.matchAll(/name="(act\.\d+)" value="(\w+)" checked/g)].map((match) => [match[1] ?? '', match[2] ?? '']),
      ...[...html.matchAll(/name="((?:reason|lead|cooperating|due)\.\d+)"[^>]*value="([^"]*)"/g)].map((match) => [
        match[1] ?? '',
        match[2] ?? '',
      ]),
    ]) as Record<string, string>;
  const now = async (id: string): Promise<Instance> => {
    const held = await web.app.deps.store.instances.load(web.app.authority, id);
    if (held === null) throw new Error('gone');
    return held.instance;
  };
  const send = async (
    visitor: Visitor,
    path: string,
    file: { name: string; bytes: Uint8Array },
    fields: Record<string, string> = {},
  ) => {
    const { text } = await visitor.get(path);
    const body = new FormData();
    for (const [name, value] of Object.entries({ ...hiddenOf(text), ...fields })) body.append(name, value);
    body.append('file', new Blob([file.bytes as Uint8Array<ArrayBuffer>]), file.name);
    const cookie = [...visitor.cookies()].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(`${web.origin}${path}`, {
      method: 'POST',
      headers: { cookie, accept: 'text/html' },
      redirect: 'manual',
      body,
    });
    return { status: reply.status, location: reply.headers.get('location') ?? '', text: await reply.text() };
  };

  it('show each clause beside its place, and what is chosen is confirmed as one command', async () => {
    const { id } = await putInForce(web.app, await openPlan(web.app, paper));
    const visitor = await as('cons');
    expect((await visitor.get(`/instances/${id}`)).text).to.contain(`href="/instances/${id}/clauses"`);
    const { text } = await visitor.get(`/instances/${id}/clauses`);
    expect(
      [...text.matchAll(/<mark id="t-\d"><a [^>]*>([^<]+)<\/a>([^<]*)/g)].map((match) => `${match[1]}|${match[2]}`),
    ).to.deep.equal(items.map((item, index) => `II.${index + 1}|${index + 1}. ${item}`));
    // when the first is split, the second joined with the third, and nothing follows from the last
    const fields = {
      ...hiddenOf(text),
      ...rowsOf(text),
      'act.0': 'split',
      'text.0': 'Rà soát hộ nghèo.\r\nBáo cáo kết quả.',
      'act.1': 'join',
      'act.3': 'none',
      'reason.3': 'Theo dõi qua báo cáo năm.',
    };
    const reply = await visitor.form(`/instances/${id}/clauses`, fields);
    expect(reply.headers.get('location'), reply.text).to.equal(`/instances/${id}?done=REVIEW_CLAUSES`);
    // then the instance names the review and its clauses
    const { context } = await now(id);
    expect(context.clauseList).to.deep.equal(['II.1:1', 'II.1:2', 'II.2']);
    const stored = (await web.app.deps.store.contents.get(
      web.app.authority,
      context.clauseReview as string,
    )) as unknown as ClauseReview;
    expect(stored.clauses.map(({ text: words, origin, from }) => [words, origin, from])).to.deep.equal([
      ['Rà soát hộ nghèo.', 'split', ['II.1']],
      ['Báo cáo kết quả.', 'split', ['II.1']],
      ['Tập huấn cán bộ. Tuyên truyền trên loa.', 'joined', ['II.2', 'II.3']],
    ]);
    expect(stored.noAction).to.deep.equal([{ path: 'II.4', reason: 'Theo dõi qua báo cáo năm.' }]);
    // and the page begins there the next time
    const again = await visitor.get(`/instances/${id}/clauses`);
    expect(rowsOf(again.text)).to.include({
      'act.0': 'keep',
      'text.2': 'Tập huấn cán bộ. Tuyên truyền trên loa.',
      'act.3': 'none',
    });
    const same = await visitor.form(`/instances/${id}/clauses`, {
      ...hiddenOf(again.text),
      ...rowsOf(again.text),
      _key: newKey(),
    });
    expect(same.status).to.equal(303);
    // and a directive opens for a confirmed clause only
    const api = await web.api('cons');
    const open = async (clause: string) =>
      (await api.post(`/api/v1/instances/${id}/commands/OPEN_DIRECTIVE`, { input: { clause, title: 'Việc' } })).json['code'] ??
      'opened';
    expect([await open('II.3'), await open('II.1:2')]).to.deep.equal(['clauseNotReviewed', 'opened']);
  });

  it('let units and due date be put right, keep what was not touched, and refuse a day that cannot be', async () => {
    const body = [
      { kind: 'heading' as const, level: 1 as const, marker: 'II.', text: 'NHIỆM VỤ' },
      ...[
        'Phòng Nội vụ chủ trì, phối hợp với Phòng Văn hóa và Thông tin rà soát hộ nghèo; hoàn thành trước ngày 31 tháng 3 năm 2026.',
        'Tập huấn cán bộ.',
      ].map((text, index) => ({ kind: 'paragraph' as const, marker: `${index + 1}.`, level: 1 as const, text })),
    ];
    const { id } = await putInForce(web.app, await openPlan(web.app, { ...paper, body }));
    const visitor = await as('cons');
    const path = `/instances/${id}/clauses`;
    const { text } = await visitor.get(path);
    const asShown = rowsOf(text);
    expect(asShown).to.include({
      'lead.0': 'Phòng Nội vụ',
      'cooperating.0': 'Phòng Văn hóa và Thông tin',
      'due.0': '2026-03-31',
    });
    expect(asShown).to.include({ 'lead.1': '', 'due.1': '' });
    expect(text).to.contain('trước ngày 31 tháng 3 năm 2026 → 31/03/2026');
    // when a day is none, or before the paper's
    const typed = { ...hiddenOf(text), ...asShown, 'lead.1': 'Phòng Nội vụ;  Công an quận ;', 'cooperating.1': 'Phường 1' };
    for (const [due, told] of [
      ['2026-02-30', 'Điều khoản II.2: thời hạn không phải là ngày'],
      ['30/6/2026', 'Điều khoản II.2: thời hạn không phải là ngày'],
      ['2026-03-01', 'Điều khoản II.2: thời hạn trước ngày của văn bản'],
    ] as const) {
      const wrong = await visitor.form(path, { ...typed, 'due.1': due });
      expect(wrong.status, due).to.equal(422);
      expect(wrong.text).to.contain(told).and.to.contain(`value="${due}"`).and.to.contain('value="Phòng Nội vụ; Công an quận"');
    }
    await visitor.get(path);
    const sent = await visitor.form(path, { ...typed, 'due.1': '2026-06-30' });
    expect(sent.status, sent.text.slice(0, 500)).to.equal(303);
    // then the untouched clause is as it was read, and the other as it was typed
    const { context } = await now(id);
    const review = (await web.app.deps.store.contents.get(
      web.app.authority,
      context.clauseReview as string,
    )) as unknown as ClauseReview;
    expect(review.clauses.map(({ origin }) => origin)).to.deep.equal(['read', 'edited']);
    expect(review.clauses[0]?.due).to.deep.equal({ text: 'trước ngày 31 tháng 3 năm 2026', date: '2026-03-31' });
    expect(review.clauses[1]).to.deep.include({
      text: 'Tập huấn cán bộ.',
      units: [
        { name: 'Phòng Nội vụ', role: 'lead' },
        { name: 'Công an quận', role: 'lead' },
        { name: 'Phường 1', role: 'coordinate' },
      ],
      due: { text: '30/06/2026', date: '2026-06-30' },
    });
  });

  it('keep everything that was typed, and say at the clause what is wrong with it', async () => {
    const { id } = await putInForce(web.app, await openPlan(web.app, paper));
    const visitor = await as('cons');
    const { text } = await visitor.get(`/instances/${id}/clauses`);
    const typed = 'Rà soát <b>"hộ"</b> & cận nghèo.';
    const base = { ...hiddenOf(text), ...rowsOf(text) };
    const wrong = { 'text.0': typed, 'act.1': 'none', 'act.2': 'split', 'act.3': 'join' };
    const reply = await visitor.form(`/instances/${id}/clauses`, { ...base, ...wrong });
    expect(reply.status).to.equal(422);
    expect(reply.text).to.contain('Rà soát &lt;b&gt;&quot;hộ&quot;&lt;/b&gt; &amp; cận nghèo.');
    expect([...reply.text.matchAll(/class="fault">([^<]+)/g)].map((match) => match[1]?.slice(0, 16))).to.deep.equal([
      'Điều khoản II.2:',
      'Điều khoản II.3:',
      'Điều khoản II.4:',
    ]);
    expect(rowsOf(reply.text)).to.include({ 'act.1': 'none', 'act.2': 'split', 'act.3': 'join' });
    expect((await now(id)).context).not.to.have.property('clauseReview');
    // when somebody else was faster it is kept too
    const late = await visitor.form(`/instances/${id}/clauses`, { ...base, 'text.0': typed, _revision: '1' });
    expect(late.status).to.equal(412);
    expect(late.text).to.contain('cận nghèo.');
  });

  it('are for reading only to those who do not consolidate, and for nobody who may not read', async () => {
    const { id } = await putInForce(web.app, await openPlan(web.app, paper));
    const reader = await (await as('off-nv')).get(`/instances/${id}/clauses`);
    expect(reader.status).to.equal(200);
    expect(reader.text).to.contain('Tập huấn cán bộ.');
    expect(reader.text).not.to.contain('<textarea');
    expect((await (await as('stranger')).get(`/instances/${id}/clauses`)).status).to.equal(404);
  });

  it('read a plan from .txt, .docx and .pdf, and open a draft from it', async () => {
    const text = readFileSync(new URL('../../examples/plan-2010.txt', import.meta.url), 'utf8');
    const reading = readPlan(text);
    const visitor = await as('off-nv');
    const docx = await docxOf(text.split('\n'));
    for (const file of [
      { name: 'kế hoạch.txt', bytes: Buffer.from(text) },
      { name: 'kế hoạch.docx', bytes: docx },
    ]) {
      const shown = await send(visitor, '/import', file);
      expect(shown.status, shown.text).to.equal(200);
      expect([...shown.text.matchAll(/<mark /g)], file.name).to.have.length(reading.clauses.length);
      expect(shown.text).to.contain(file.name);
      const source = /name="source" value="([0-9a-f]{64})"/.exec(shown.text)?.[1] ?? '';
      const opened = await visitor.form('/import/open', {
        ...hiddenOf(shown.text),
        _key: newKey(),
        source,
        title: reading.title ?? '',
        type: 'KH',
        unit: 'nv',
      });
      expect(opened.status, opened.text).to.equal(303);
      const draft = await now((opened.headers.get('location') ?? '').split('/').at(-1) ?? '');
      expect(draft.context).to.include({ drafter: 'off-nv', draftingUnit: 'nv', type: 'KH', title: reading.title });
      const content = await web.app.deps.store.contents.get(web.app.authority, draft.content ?? '');
      expect((content as unknown as PaperContent).body).to.have.length(paperOf(reading).body.length);
    }
    const scanned = await send(visitor, '/import', { name: 'x.pdf', bytes: await pdfOf(['x']) });
    expect(scanned.status).to.equal(422);
    expect(scanned.text).to.contain('ảnh quét');
  });

  it('say what is wrong with a file or a draft, keep what was typed, and store nothing', async () => {
    const visitor = await as('off-nv');
    const before = await web.app.connection.collection('contents').countDocuments();
    const html = await send(visitor, '/import', { name: 'a.pdf', bytes: Buffer.from('<html>') });
    expect([html.status, /role="alert"/.test(html.text)]).to.deep.equal([415, true]);
    const noFile = await visitor.form('/import/open', {
      source: 'a'.repeat(64),
      _key: newKey(),
      title: 'x',
      type: 'KH',
      unit: 'nv',
    });
    expect(noFile.status).to.equal(404);
    expect(await web.app.connection.collection('contents').countDocuments()).to.equal(before);
    const shown = await send(visitor, '/import', { name: 'a.txt', bytes: Buffer.from('Một văn bản không có gì.') });
    expect(shown.status).to.equal(200);
    const source = /name="source" value="([0-9a-f]{64})"/.exec(shown.text)?.[1] ?? '';
    const refused = await visitor.form('/import/open', { source, _key: newKey(), title: 'Tên “mới”', type: '', unit: 'nv' });
    expect(refused.status).to.equal(422);
    expect(refused.text).to.contain('Tên “mới”');
    // and a form without the session's token is nobody's
    const forged = await send(visitor, '/import', { name: 'a.txt', bytes: Buffer.from('x') }, { _csrf: 'x' });
    expect(forged.status).to.equal(403);
  });

  it('attach a file to a draft, show it, and take it off', async () => {
    const draft = await openPlan(web.app);
    const visitor = await as('off-nv');
    const path = `/instances/${draft.id}/attachments`;
    const sent = await send(visitor, path, { name: 'Phụ lục 1.txt', bytes: Buffer.from('Danh sách\n') });
    expect([sent.status, sent.location], sent.text).to.deep.equal([303, path]);
    const page = await visitor.get(path);
    expect(page.text).to.contain('>Phụ lục 1.txt</a>');
    const link = /href="(\/api\/v1\/instances\/[^"]+\/attachments\/[0-9a-f]{64})"/.exec(page.text)?.[1] ?? '';
    expect((await visitor.get(link)).text).to.equal('Danh sách\n');
    const refused = await send(visitor, path, { name: 'a.exe', bytes: Buffer.from('MZ') });
    expect([refused.status, refused.text.includes('Phụ lục 1.txt')]).to.deep.equal([415, true]);
    const hash = link.slice(-64);
    const off = await visitor.form(`/instances/${draft.id}/commands/DETACH`, { ...hiddenOf(page.text), 'input.hash': hash });
    expect(off.headers.get('location')).to.equal(path);
    expect((await now(draft.id)).context).not.to.have.property('attachments');
  });
});
