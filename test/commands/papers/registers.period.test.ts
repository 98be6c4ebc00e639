import { expect } from 'chai';
import { buildRegister, registerDaysMax } from '../../../src/commands/papers/registers.js';
import { TrinhkyError } from '../../../src/errors.js';
import { documentType } from '../../../src/office/papers/symbols.js';
import type { RegisterKind } from '../../../src/office/registers/data.js';
import { act, must, openPlan, plan, proofFor, startApplication, type TestApplication } from '../../support/application.js';
import { dayMs } from '../../support/clock.js';
import { town } from '../../support/town.js';

const shared = [{ id: 'chung', name: 'Sổ chung', types: ['KH', 'BC', 'TB'], withYear: false }];

describe('registers of a period, from the records', function () {
  this.timeout(60_000);
  let app: TestApplication;
  let other: TestApplication;
  before(async () => {
    app = await startApplication('registers');
    other = await startApplication('registers', { clock: app.clock });
    const directory = town(app.authority);
    await app.deps.store.directory.save({
      ...directory,
      authority: { ...directory.authority, papers: { series: shared } },
    });
    other.deps.store.directory.snapshot(app.authority).catch(() => undefined);
  });
  after(async () => {
    await other.close();
    await app.close();
  });

  const register = (kind: RegisterKind, from: string, to: string, series: string | null = null) =>
    buildRegister(app.deps, { authority: app.authority, kind, from, to, series, language: 'vi' });

  async function laidBefore(type: string, on: TestApplication = app): Promise<string> {
    const symbol = `${type}-UBND`;
    const { id, content } = await openPlan(on, {
      ...plan,
      type,
      symbol,
      typeName: (documentType(type)?.name ?? '').toLocaleUpperCase('vi'),
    });
    const saw = content ?? '';
    await must(on, id, 'off-nv', 'SUBMIT');
    await must(on, id, 'head-nv', 'APPROVE_CONTENT', { saw });
    await must(on, id, 'form', 'APPROVE_FORM', { saw });
    return id;
  }

  async function prepared(id: string, on: TestApplication = app) {
    return (await must(on, id, 'deputy', 'PREPARE')).context;
  }

  async function signed(id: string): Promise<void> {
    const print = (await app.deps.store.instances.load(app.authority, id))?.instance.context['prepared'] as string;
    await must(app, id, 'deputy', 'SIGN', { saw: print, proof: await proofFor(app, 'deputy', print) });
    await app.relay.settle();
  }

  it('types that share a series count together, each with its own symbol, through 32 signatories of two processes', async () => {
    const types = ['KH', 'BC', 'TB', 'QĐ'];
    const ids: string[] = [];
    for (let index = 0; index < 32; index += 1) ids.push(await laidBefore(types[index % 4] ?? '', index % 2 === 0 ? app : other));
    const all = await Promise.all(ids.map((id, index) => prepared(id, index % 2 === 0 ? app : other)));
    const numbersOf = (name: string) =>
      all
        .filter(({ series }) => series === name)
        .map(({ number }) => Number(number))
        .sort((a, b) => a - b);
    expect(numbersOf('chung')).to.deep.equal(Array.from({ length: 24 }, (_, index) => index + 1));
    expect(numbersOf('QĐ-UBND')).to.deep.equal(Array.from({ length: 8 }, (_, index) => index + 1));
    const symbols = new Set(all.filter(({ series }) => series === 'chung').map(({ symbol }) => symbol));
    expect(symbols).to.deep.equal(new Set(['KH-UBND', 'BC-UBND', 'TB-UBND']));
    // and the register has each number once, in order
    const { rows, numbers } = await register('outgoing', '2026-03-02', '2026-03-02', 'chung');
    expect(rows.map(({ cells }) => Number(cells[0]?.split('/')[0]))).to.deep.equal(numbersOf('chung'));
    expect(numbers?.first.startsWith('01/') && numbers.last.startsWith('24/')).to.equal(true);
    expect((await register('outgoing', '2026-03-02', '2026-03-02')).rows.length).to.equal(32);
  });

  it('the same day keeps its number, a later one takes a new one, and the old one stays with its reason', async () => {
    const id = await laidBefore('CT');
    expect((await prepared(id)).number).to.equal(1);
    expect((await prepared(id)).number).to.equal(1);
    app.clock.advance(dayMs);
    expect((await prepared(id)).number).to.equal(2);
    await signed(id);
    const discarded = await laidBefore('CT');
    expect((await prepared(discarded)).number).to.equal(3);
    const { rows } = await register('outgoing', '2026-03-01', '2026-03-31', 'CT-UBND');
    expect(rows.map(({ cells, muted }) => [cells[0], cells[1], muted, cells[9]])).to.deep.equal([
      ['01/CT-UBND', '02/03/2026', true, 'Số hủy: chuẩn bị lại, lấy số 02'],
      ['02/CT-UBND', '03/03/2026', false, ''],
      ['03/CT-UBND', '03/03/2026', true, 'Đang giữ số, chưa ký'],
    ]);
    const saw = (await app.deps.store.instances.load(app.authority, discarded))?.instance.content ?? '';
    await must(app, discarded, 'deputy', 'RETURN', { saw, input: { reason: 'Sai thẩm quyền' } });
    await must(app, discarded, 'off-nv', 'DISCARD', { input: { reason: 'Thôi' } });
    await app.relay.settle();
    const after = await register('outgoing', '2026-03-03', '2026-03-03', 'CT-UBND');
    expect(after.rows.map(({ cells }) => cells[9])).to.deep.equal(['', 'Số hủy: Thôi']);
    // a paper that was signed keeps its number, with the reason of who made it void
    await must(app, id, 'deputy', 'VOID', { input: { reason: 'Sai tên đơn vị chủ trì' } });
    const voided = await register('outgoing', '2026-03-03', '2026-03-03', 'CT-UBND');
    expect(voided.rows.map(({ cells }) => [cells[0], cells[9]])).to.deep.include([
      '02/CT-UBND',
      'Văn bản bị hủy sau khi ký: Sai tên đơn vị chủ trì',
    ]);
  });

  it('the days of a series never go back, and a year begins with 01', async () => {
    const ids = [await laidBefore('NQ'), await laidBefore('NQ'), await laidBefore('NQ')] as const;
    app.clock.set('2026-12-31T10:00:00.000Z');
    expect(await prepared(ids[0])).to.include({ number: 1, year: 2026 });
    // an hour and a half before midnight in UTC, half past midnight here
    app.clock.set('2026-12-31T17:30:00.000Z');
    expect(await prepared(ids[1])).to.include({ number: 1, year: 2027, issuedOn: '2027-01-01' });
    expect(await prepared(ids[0])).to.include({ number: 2, year: 2027 });
    // a clock that is behind gives no number before the newest one's day
    app.clock.set('2026-12-31T16:00:00.000Z');
    expect(
      await act(app, ids[2], 'deputy', 'PREPARE').then(
        (outcome) => outcome.kind,
        (error: unknown) => (error instanceof TrinhkyError ? error.code : ''),
      ),
    ).to.equal('accepted');
    app.clock.set('2027-01-02T03:00:00.000Z');
    await prepared(ids[1]);
    app.clock.set('2027-01-01T03:00:00.000Z');
    const late = await act(app, ids[2], 'deputy', 'PREPARE').catch((error: unknown) => error);
    expect(late).to.be.instanceOf(TrinhkyError).and.include({ code: 'tooEarly' });
    const rows = await app.deps.store.numbers.rows(app.authority, 'NQ-UBND', 2027);
    const days = rows.map(({ day }) => day);
    expect(days).to.deep.equal([...days].sort());
    app.clock.set('2027-01-03T03:00:00.000Z');
  });

  it('shows to whom and when a paper went, and who opened its file', async () => {
    const id = await laidBefore('KH');
    await prepared(id);
    await signed(id);
    await must(app, id, 'clerk', 'SEAL');
    await must(app, id, 'clerk', 'ISSUE');
    const recipients = [
      { name: 'Sở Ví Dụ', channel: 'post' },
      { name: 'Phường 1', unit: 'p1' },
    ];
    await must(app, id, 'clerk', 'SEND', { input: { recipients } });
    await app.relay.settle();
    const [row] = (await register('outgoing', '2027-01-03', '2027-01-03', 'chung')).rows;
    expect(row?.cells.slice(3, 8)).to.deep.equal([
      'Người ví dụ 02',
      'Sở Ví Dụ; Phường 1',
      'Văn thư; Phòng Nội vụ',
      '2',
      '03/01/2027',
    ]);
    const post = (await register('post', '2027-01-03', '2027-01-03')).rows;
    expect(post.map(({ cells }) => cells.slice(0, 3))).to.deep.equal([['03/01/2027', row?.cells[0], 'Sở Ví Dụ']]);
    // one that was sent late stands on the day on which it went
    const late = await laidBefore('TB');
    await prepared(late);
    await signed(late);
    await must(app, late, 'clerk', 'SEAL');
    await must(app, late, 'clerk', 'ISSUE');
    app.clock.set('2027-04-05T03:00:00.000Z');
    await must(app, late, 'clerk', 'SEND', { input: { recipients: [{ name: 'Sở Hai', channel: 'post' }] } });
    await app.relay.settle();
    const sentLate = (await register('post', '2027-04-01', '2027-04-30')).rows;
    expect(sentLate.map(({ cells }) => [cells[0], cells[2]])).to.deep.equal([['05/04/2027', 'Sở Hai']]);
    const opened = (at: string, mode: string) =>
      app.deps.store.audit.append({
        authority: app.authority,
        at,
        actor: 'off-vhtt',
        kind: 'renditionOpened',
        subject: id,
        details: { mode },
      });
    await opened('2027-01-03T16:59:59.999Z', 'sealed');
    await opened('2027-01-03T17:00:00.000Z', 'sealed');
    await opened('2027-01-03T09:00:00.000Z', 'draft');
    const uses = (await register('archivedCopies', '2027-01-03', '2027-01-03')).rows;
    expect(uses.map(({ cells }) => cells.slice(0, 3))).to.deep.equal([
      ['03/01/2027', 'Người ví dụ 11', `${row?.cells[0]}, 03/01/2027`],
    ]);
  });

  it('orders papers in the inbox by their own stamp, unless the drafter said otherwise', async () => {
    const urgencyOf = async (urgency: 'khan' | 'hoaToc' | undefined) => {
      const { id } = await openPlan(app, { ...plan, ...(urgency === undefined ? {} : { urgency }) });
      const held = await app.deps.store.instances.load(app.authority, id);
      return [held?.instance.context['urgency'], id] as const;
    };
    const [ordinary, khan, hoaToc] = [await urgencyOf(undefined), await urgencyOf('khan'), await urgencyOf('hoaToc')];
    expect([ordinary[0], khan[0], hoaToc[0]]).to.deep.equal([undefined, 'khan', 'hoaToc']);
    const query = {
      authority: app.authority,
      person: 'off-nv',
      keys: ['person:off-nv'],
      definitions: null,
      after: null,
      limit: 50,
    };
    const order = async () => {
      const rows = await app.deps.store.instances.inbox(query);
      return rows.map(({ id }) => id).filter((id) => [ordinary[1], khan[1], hoaToc[1]].includes(id));
    };
    expect(await order()).to.deep.equal([hoaToc[1], khan[1], ordinary[1]]);
    const content = (await app.deps.store.instances.load(app.authority, ordinary[1]))?.instance.content ?? '';
    await must(app, ordinary[1], 'off-nv', 'EDIT', { input: { content, urgency: 'thuongKhan' } });
    expect(await order()).to.deep.equal([hoaToc[1], ordinary[1], khan[1]]);
  });

  it('refuses a period that is none, or longer than a year', async () => {
    const codeOf = (from: string, to: string) =>
      register('outgoing', from, to).then(
        () => 'done',
        (error: unknown) => (error instanceof TrinhkyError ? error.code : String(error)),
      );
    expect(await codeOf('2026-01-01', '2026-12-31')).to.equal('done');
    expect(await codeOf('2028-01-01', '2028-12-31')).to.equal('done');
    expect(await codeOf('2026-03-02', '2026-03-01')).to.equal('inputInvalid');
    expect(await codeOf('2026-02-30', '2026-03-01')).to.equal('inputInvalid');
    expect(await codeOf('2026-01-01', '2027-01-02')).to.equal('inputInvalid');
    expect(registerDaysMax).to.equal(366);
  });
});
