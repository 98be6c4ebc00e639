import { expect } from 'chai';
import { runCli } from '../../src/cli/main.js';
import { webhookFreshMs } from '../../src/commands/webhooks/ports.js';
import { openPlan, startApplication, type TestApplication } from '../support/application.js';
import { type Receiver, startReceiver, until } from '../support/webhookReceiver.js';
import { hostOf, terminal } from './terminal.js';

describe('trinhky webhook', () => {
  let app: TestApplication;
  let receiver: Receiver;
  before(async () => {
    app = await startApplication('cliwebhook', { webhooks: { allow: [], loopbackHttp: true } });
    receiver = await startReceiver();
  });
  after(async () => {
    await app.close();
    await receiver.close();
  });
  async function run(...words: readonly string[]) {
    const screen = terminal({ columns: 160 });
    // the application stays open for the next run
    const lent = { ...app, accounts: app.opened.accounts, close: () => Promise.resolve() };
    const code = await runCli(['webhook', ...words], hostOf(screen.io, { assemble: () => Promise.resolve(lent) }));
    return { code, out: screen.out(), err: screen.err() };
  }
  const idIn = (text: string): string => /webhook ([0-9a-f]{12})/.exec(text)?.[1] ?? '';

  it('goes from the first line to the last', async () => {
    const added = await run('add', receiver.url, '--label', 'Trục liên thông ví dụ', '--commands', 'OPEN,SUBMIT');
    expect(added.code, added.err).to.equal(0);
    expect(added.out).to.contain('Khóa ký (chỉ hiện lần này): whsec_').and.to.contain('nhận từ 02/03/2026 09:00');
    const id = idIn(added.out);
    expect((await run('list')).out)
      .to.contain(id)
      .and.to.contain('đang chạy')
      .and.to.contain('OPEN, SUBMIT')
      .and.not.to.contain('whsec_');
    expect((await run('ping', id)).out).to.equal('Nơi nhận trả lời 204.\n');
    app.clock.advance(webhookFreshMs);
    const plan = await openPlan(app);
    await app.relay.settle();
    const delivery = `${plan.id}/1/webhook/${id}`;
    expect((await run('replay', delivery, '--lang', 'en')).out).to.equal('Messages to be sent again: 1\n');
    await until('it came again', () => receiver.got.filter((one) => one.headers['webhook-id'] === delivery).length === 2);
    await app.relay.settle();
    const since = await run('replay', '--webhook', id, '--since', '2026-03-02T09:00+07:00', '--json');
    expect(JSON.parse(since.out)).to.deep.equal({ replayed: 1, next: null });
    expect((await run('rotate', id)).out)
      .to.contain('khóa cũ còn ký kèm thêm một ngày')
      .and.to.contain('whsec_');
    expect((await run('disable', id)).code).to.equal(0);
    expect((await run('list')).out).to.contain('đã kết thúc 02/03/2026 09:00');
    const audit = await app.deps.store.audit.list(app.authority, 50);
    expect(new Set(audit.filter(({ actor }) => actor === 'commandLine').map(({ kind }) => kind))).to.deep.equal(
      new Set(['webhookMade', 'webhookPinged', 'webhookReplayed', 'webhookRotated', 'webhookDisabled']),
    );
  });

  it('explains what it cannot do', async () => {
    const inside = await run('add', 'https://192.168.1.5/');
    expect([inside.code, inside.err]).to.deep.equal([
      1,
      'inputInvalid: Địa chỉ nằm trong mạng nội bộ.\nCần làm: Nếu đúng là nơi cần gửi, ghi tên máy chủ đó vào TRINHKY_WEBHOOK_ALLOW.\n',
    ]);
    expect((await run('ping', '000000000000')).err).to.contain('Không có webhook “000000000000” đang chạy.');
    for (const words of [['replay'], ['replay', 'x', '--since', 'y'], ['replay', '--webhook', 'x']])
      expect((await run(...words)).err, words.join(' ')).to.contain('Chưa rõ gửi lại gì.');
    expect((await run('replay', 'x')).err).to.contain('Không có thông điệp “x”.');
  });
});
