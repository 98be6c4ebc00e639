import { writeFileSync } from 'node:fs';
import puppeteer from 'puppeteer';
import { findBrowser } from '../../src/documents/browserFind.js';
import { browserTestMsMax, cacheFolder } from '../documents/support.js';
import { makePrinter } from '../../src/documents/printer.js';
import { approvalSheet } from '../../src/commands/approvalSheet.js';
import { must, openPlan, plan, proofFor } from '../support/application.js';
import { copy, withAppendices } from '../documents/sampleParts.js';
import { minutes, officialLetter, decision } from '../documents/sampleForms.js';
import { preparedOf, startWeb } from './support.js';

describe('shots', function () {
  this.timeout(browserTestMsMax);
  it('are taken', async () => {
    const printer = makePrinter({ cacheFolder });
    const web = await startWeb('shotsI', { printer });
    const { app } = web;
    const found = await findBrowser({ cacheFolder });
    const browser = await puppeteer.launch({ executablePath: found.path, headless: found.shell ? 'shell' : true, env: { ...process.env, ...(found.libraries === null ? {} : { LD_LIBRARY_PATH: found.libraries }) }, args: process.getuid?.() === 0 ? ['--no-sandbox'] : [] });
    const issuer = plan.issuer;
    const { id, content: c0 } = await openPlan(app, { ...plan, recipients: [{ name: 'Sở Nội vụ Thành phố', purpose: 'để báo cáo' }, { name: 'Phường 1', purpose: 'để thực hiện' }, { name: 'Phường 2', purpose: null }] });
    await must(app, id, 'off-nv', 'SUBMIT');
    await must(app, id, 'head-nv', 'RETURN', { saw: c0 ?? '', input: { reason: 'Bổ sung chỉ tiêu của từng phường và thời hạn báo cáo quý; xem lại căn cứ thứ hai.' } });
    await must(app, id, 'off-nv', 'SUBMIT');
    const saw = c0 ?? '';
    await must(app, id, 'head-nv', 'APPROVE_CONTENT', { saw });
    await must(app, id, 'form', 'APPROVE_FORM', { saw });
    const print = preparedOf(await must(app, id, 'deputy', 'PREPARE'));
    const visit = async (person: string, path: string, name: string, width: number) => {
      const { login, password } = await web.account(person).catch(() => ({ login: `${app.authority}-${person}`, password: 'lá rơi ngoài hiên vắng 73' }));
      const context = await browser.createBrowserContext();
      const page = await context.newPage();
      await page.setViewport({ width, height: 900 });
      await page.goto(`${web.origin}/sign-in`);
      await page.type('#login', login);
      await page.type('#password', password);
      await Promise.all([page.waitForNavigation(), page.click('button.primary')]);
      await page.goto(`${web.origin}${path}`);
      await page.screenshot({ path: `/tmp/tk/shot-${name}-${width}.png`, fullPage: true });
      console.log(name, width, await page.evaluate('document.documentElement.scrollWidth'));
      await context.close();
    };
    for (const [name, paper] of Object.entries({ copy: copy(), appendices: withAppendices(), minutes: minutes(), letter: officialLetter(), decision: decision() })) {
      const one = await openPlan(app, { ...paper.content, issuer });
      for (const width of name === 'letter' ? [1280, 360] : [1280]) await visit('off-nv', `/instances/${one.id}`, name, width);
    }
    await must(app, id, 'deputy', 'SIGN', { saw: print, proof: await proofFor(app, 'deputy', print) });
    await must(app, id, 'clerk', 'SEAL');
    await must(app, id, 'clerk', 'ISSUE');
    for (const width of [1280, 360]) await visit('clerk', `/instances/${id}/send`, 'send', width);
    const sent = await must(app, id, 'clerk', 'SEND', { input: { recipients: [{ name: 'Phường 1', unit: 'p1', purpose: 'để thực hiện', channel: 'system' }, { name: 'Sở Nội vụ Thành phố', channel: 'post' }] } });
    await app.relay.settle();
    for (const width of [1280, 360]) await visit('clerk', `/instances/${id}/send`, 'sent', width);
    const d = (await app.deps.store.instances.childrenOf(app.authority, id, 'delivery', 10)).find(({ context }) => context.unit === 'p1');
    for (const width of [1280, 360]) await visit('head-p1', `/instances/${d?.id}`, 'delivery', width);
    await visit('clerk', `/instances/${id}`, 'issued', 1280);
    writeFileSync('/tmp/tk/sheet1.pdf', (await printer.printSheet(await approvalSheet(app.deps, sent))).bytes);
    await browser.close();
    await web.close();
  });
});
