import { expect } from 'chai';
import { must } from '../support/application.js';
import { town } from '../support/town.js';
import { issuedPaper, laidBefore, textOf } from './proofSupport.js';
import { startWeb, type Web } from './support.js';

describe('the approval sheet as it stands now', () => {
  let web: Web;
  before(async () => {
    web = await startWeb('sheetnow');
  });
  after(() => web.close());

  const sheetOf = async (person: string, id: string) => (await web.api(person)).get(`/api/v1/instances/${id}/approval-sheet`);
  const page = async (person: string, id: string, language = 'vi') => {
    const visitor = web.visitor();
    const login = `${web.app.authority}-${person}`;
    const { password } = await web.account(person).catch(() => ({ password: 'lá rơi ngoài hiên vắng 73' }));
    await visitor.signIn(login, password);
    return (await visitor.get(`/instances/${id}`, { 'accept-language': language })).text;
  };

  it('tells every step up to now, to the house and to nobody else, and is kept nowhere', async () => {
    // given a paper that was approved and lies before its signatory
    const { id } = await laidBefore(web.app, 'Kế hoạch có phiếu trình');
    const stored = async () =>
      (await web.app.deps.store.renditions.listOf(web.app.authority, id)).filter(({ mode }) => mode === 'sheet').length;
    // when
    const first = await sheetOf('off-nv', id);
    expect([first.status, first.headers.get('content-type')]).to.deep.equal([200, 'application/pdf']);
    expect(first.headers.get('content-disposition')).to.match(/^inline; .*phieu-trinh-ke-hoach-co-phieu-trinh\.pdf/);
    expect(first.headers.get('content-security-policy')).not.to.contain('sandbox');
    expect(first.text).to.contain('Phiếu trình: Kế hoạch có phiếu trình').and.to.contain('Kiểm tra thể thức');
    expect(first.text).not.to.contain('Ký số');
    // then what comes later is on the next one
    await must(web.app, id, 'deputy', 'PREPARE');
    expect((await sheetOf('deputy', id)).text).to.contain('Chuẩn bị bản ký');
    expect((await sheetOf('audit', id)).status).to.equal(200);
    expect(await stored()).to.equal(0);
    // and each opening, and each denial, is in the audit
    const records = await web.app.deps.store.audit.list(web.app.authority, 100);
    const about = records.filter(({ subject }) => subject === id).map(({ actor, kind, details }) => [actor, kind, details.mode]);
    expect(about).to.deep.include(['deputy', 'renditionOpened', 'sheet']);
  });

  it('is not there for those to whom the paper was only sent, nor for those who may not read it', async () => {
    const paper = await issuedPaper(web.app, 'Kế hoạch đã gửi');
    await must(web.app, paper.id, 'clerk', 'SEND', { input: { recipients: [{ name: 'Phường 4', unit: 'p4' }] } });
    await web.app.relay.settle();
    const denied = await sheetOf('head-p4', paper.id);
    expect([denied.status, (await sheetOf('head-p5', paper.id)).status]).to.deep.equal([404, 404]);
    const records = await web.app.deps.store.audit.list(web.app.authority, 20);
    expect(records.map(({ actor, kind, details }) => [actor, kind, details.mode])).to.deep.include([
      'head-p4',
      'readDenied',
      'sheet',
    ]);
    // of other things than papers there is none
    const [delivery] = await web.app.deps.store.instances.childrenOf(web.app.authority, paper.id, 'delivery', 1);
    expect((await sheetOf('clerk', delivery?.id ?? '')).status).to.equal(404);
    // and the pages say the same
    const link = `href="/api/v1/instances/${paper.id}/approval-sheet"`;
    const [ward, clerk] = [await page('head-p4', paper.id), await page('clerk', paper.id)];
    expect(clerk).to.contain(link).and.to.contain('Phiếu trình, lập ngay bây giờ').and.to.contain('Bản phát hành');
    expect(ward).to.contain('Bản phát hành').and.not.to.contain(link);
    // the ward reads the paper as it was issued: number, day, signature, code
    for (const text of ['PHÓ CHỦ TỊCH', 'ngày 02 tháng 3 năm 2026', `Mã tra cứu: ${textOf(paper, 'code')}`])
      expect(ward).to.contain(text);
  });

  it('a print of our own opens in the viewer of the browser; a file that is saved is kept in its sandbox', async () => {
    const paper = await issuedPaper(web.app);
    const own = `/api/v1/instances/${paper.id}/renditions/${textOf(paper, 'sealedFile')}`;
    const client = await web.api('clerk');
    const policy = async (path: string) => (await client.get(path)).headers.get('content-security-policy');
    expect(await policy(`${own}?view=1`)).to.equal(
      "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(await policy(own)).to.contain('sandbox');
  });

  it('a draft shows number and day to the signatory who has them before him, and to nobody else yet', async () => {
    const { id } = await laidBefore(web.app, 'Kế hoạch sắp ký');
    await must(web.app, id, 'deputy', 'PREPARE');
    const [signer, drafter] = [await page('deputy', id), await page('off-nv', id)];
    expect(signer).to.contain('ngày 02 tháng 3 năm 2026').and.not.to.contain('DỰ THẢO');
    expect(drafter).to.contain('Số: …/KH-UBND').and.to.contain('DỰ THẢO');
  });

  it('the page of a paper says how long it is kept, and by which rule', async () => {
    const { id } = await laidBefore(web.app, 'Kế hoạch để lưu');
    expect(await page('clerk', id))
      .to.contain('Thời hạn bảo quản')
      .and.to.contain('Vĩnh viễn (Thông tư 10/2022/TT-BNV');
    const directory = town(web.app.authority);
    const papers = { retention: [{ types: ['KH'], years: 15, source: 'Quy định ví dụ' }] };
    await web.app.deps.store.directory.save({ ...directory, authority: { ...directory.authority, papers } });
    expect(await page('clerk', id))
      .to.contain('15 năm (Quy định ví dụ)')
      .and.not.to.contain('Vĩnh viễn');
    expect(await page('clerk', id, 'en'))
      .to.contain('15 years (Quy định ví dụ)')
      .and.to.contain('Kept for');
  });
});
