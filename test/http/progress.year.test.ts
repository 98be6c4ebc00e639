import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect } from 'chai';
import { parse } from 'csv-parse/sync';
import { ocelSchema } from '../support/ocelSchema.js';
import { hostile, wardsYear } from '../support/progressYear.js';
import { sheetsOf } from '../support/xlsx.js';
import { type Reply, startWeb, type Web } from './support.js';

describe('a year of sixteen wards', function () {
  this.timeout(120_000);
  let web: Web;
  let plan: string;
  before(async () => {
    web = await startWeb('year');
    plan = await wardsYear(web.app);
  });
  after(() => web.close());

  const get = async (person: string, rest = ''): Promise<Reply> =>
    (await web.api(person)).get(`/api/v1/instances/${plan}/progress${rest}`);
  const page = async (person: string, path: string): Promise<string> => {
    const { login, password } = await web.account(person);
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    const reply = await visitor.get(path);
    expect(
      reply.status,
      `${path} ${reply.text.slice(0, 300)} ${web.log.filter((line) => line.includes('stack')).at(-1) ?? ''}`,
    ).to.equal(200);
    return reply.text;
  };

  it('has the numbers that were made, each duty and each report in one place', async () => {
    const { json } = await get('cons');
    expect(json.duties).to.deep.equal({
      total: 48,
      early: 8,
      onTime: 7,
      late: 10,
      running: 11,
      overdue: 7,
      notStarted: 5,
      suspended: 0,
      unconfirmed: 0,
    });
    expect(json.reports).to.deep.equal({ asked: 48, onTime: 26, late: 2, silent: 3, overdue: 1, awaited: 16 });
    expect(json.rates).to.deep.equal({
      done: { numerator: 25, denominator: 48, perMille: 521 },
      completeness: { numerator: 28, denominator: 32, perMille: 875 },
      timeliness: { numerator: 26, denominator: 28, perMille: 929 },
    });
    const p7 = (json.units as unknown as { unit: string; reports: object }[]).find(({ unit }) => unit === 'p7');
    expect(p7?.reports).to.deep.equal({ asked: 3, onTime: 1, late: 0, silent: 0, overdue: 1, awaited: 1 });
  });

  it('tells a quarter that is over as its entries say it stood at the end', async () => {
    const { json } = await get('cons', '?quarter=2010-Q1');
    expect(json.source).to.equal('entries');
    expect(json.duties).to.include({ total: 48, early: 5, onTime: 7, late: 0, running: 30, overdue: 0, notStarted: 6 });
    expect(json.reports).to.deep.equal({ asked: 16, onTime: 12, late: 1, silent: 3, overdue: 0, awaited: 0 });
    const second = (await get('cons', '?quarter=2010-Q2&unit=p13')).json;
    // handed in on 5 July: not by the end of June, and overdue only from 1 July on
    expect(second.duties).to.include({ total: 3, late: 1, running: 1, overdue: 0, notStarted: 1 });
  });

  it('measures the time in each state from the entries', async () => {
    const { json } = await get('cons', '?unit=p13');
    const times = json.times as unknown as {
      definition: string;
      state: string;
      stays: number;
      workingTenths: { median: number };
    }[];
    const offered = times.find(({ definition, state }) => definition === 'assignment' && state === '/offered');
    // two were taken on after two working days; the third still lies there: Wednesday 10 February to Monday 16 August
    expect(offered).to.include({ stays: 3, open: 1 });
    expect(offered?.workingTenths.median).to.equal(20);
  });

  it('says who waits for whom, the longest first', async () => {
    const { json } = await get('cons', '?unit=p10');
    const waits = json.waits as unknown as { title: string; waiter: string; waitsFor: string[]; since: string }[];
    expect(waits.map(({ title, waiter, since }) => [title, waiter, since.slice(0, 10)])).to.deep.equal([
      ['Việc p10.d2', 'authority', '2010-02-10'],
      ['Việc p10.d3', 'authority', '2010-02-12'],
      ['Báo cáo 2010-Q3', 'authority', '2010-10-07'],
    ]);
    expect(waits[0]?.waitsFor).to.deep.equal(['post:p10/head']);
  });

  it('tells a ward only its own: in numbers, plots, files and prints', async () => {
    const { json } = await get('head-p3');
    expect(json.duties).to.include({ total: 3, early: 2, running: 1, overdue: 0 });
    expect(json.reports).to.deep.equal({ asked: 3, onTime: 1, late: 0, silent: 1, overdue: 0, awaited: 1 });
    expect((json.units as unknown as { unit: string }[]).map(({ unit }) => unit)).to.deep.equal(['p3']);
    const asOther = (await get('head-p3', '?unit=p4')).json;
    expect(asOther.duties).to.include({ total: 0 });
    expect(asOther.reports).to.include({ asked: 0 });
    const texts = [
      await page('head-p3', `/instances/${plan}/progress`),
      (await get('head-p3', '/export.csv')).text,
      (await get('head-p3', '/export.json')).text,
      (await get('head-p3', '/export.ocel.json')).text,
      (await get('head-p3', '.pdf')).text,
      JSON.stringify(sheetsOf(Buffer.from(await bytesOf('head-p3', '/export.xlsx')))),
      (await (await web.api('head-p3')).get(`/api/v1/instances/${plan}/follow-up.pdf?unit=p3`)).text,
    ];
    for (const [index, text] of texts.entries()) {
      expect(text, String(index)).to.match(/Phường 3|p3/);
      expect(text, String(index)).not.to.match(/Phường (?!3\b)\d|Việc p(?!3\.)\d|head-p(?!3\b)\d/);
    }
    const foreign = (await (await web.api('head-p3')).get(`/api/v1/instances/${plan}/follow-up.pdf?unit=p4`)).json;
    expect(JSON.stringify(foreign)).not.to.contain('Việc');
    expect((await get('stranger')).status).to.equal(404);
  });

  async function bytesOf(person: string, rest: string): Promise<ArrayBuffer> {
    const response = await fetch(`${web.origin}/api/v1/instances/${plan}/progress${rest}`, {
      headers: { authorization: `Bearer ${await web.token(person)}` },
    });
    return response.arrayBuffer();
  }

  it('writes CSV that a spreadsheet opens, and no formula of any title', async () => {
    const reply = await get('cons', '/export.csv');
    expect(reply.headers.get('content-disposition')).to.match(/^attachment; filename="tien-do-2010-08-16.csv"/);
    const bytes = Buffer.from(await bytesOf('cons', '/export.csv'));
    expect([...bytes.subarray(0, 3)]).to.deep.equal([0xef, 0xbb, 0xbf]);
    const rows = parse(bytes.subarray(3), { columns: true }) as Record<string, string>[];
    expect(rows).to.have.length(96);
    expect(rows.filter(({ Loại }) => Loại === 'Báo cáo')).to.have.length(48);
    const titles = rows.map((row) => row['Nhiệm vụ'] ?? '');
    for (const text of hostile)
      expect(
        titles.some((title) => title.replace(/^'/, '') === text),
        JSON.stringify(text),
      ).to.equal(true);
    for (const row of rows) for (const cell of Object.values(row)) expect(cell).not.to.match(/^[=+\-@\t\r]/);
  });

  it('writes a workbook with days as days, numbers as numbers, a frozen head, and text that is no formula', async () => {
    const sheets = sheetsOf(Buffer.from(await bytesOf('cons', '/export.xlsx')));
    const [summary, works] = sheets;
    expect(sheets.map(({ rows }) => rows.length)).to.deep.equal([17, 97]);
    for (const { xml } of sheets) {
      expect(xml).to.match(/<pane [^>]*ySplit="1"[^>]*state="frozen"/);
      expect(xml).not.to.contain('<f>');
    }
    const p5 = summary?.rows.find(([code]) => code?.value === 'p5');
    expect(p5?.[2]).to.deep.include({ kind: 'number', value: '3' });
    const late = works?.rows.find(
      (row) => row[0]?.value === 'Báo cáo' && row[9]?.value === 'Gửi quá hạn' && row[1]?.value === 'p5',
    );
    // 8 April 2010 in days since 30 December 1899
    expect(late?.[8]).to.deep.include({ kind: 'number', value: '40276' });
    expect(works?.xml).to.contain('=1+2');
  });

  it('writes an event log that fits the published shape, and whose every relation leads somewhere', async () => {
    const reply = await get('cons', '/export.ocel.json');
    const log = JSON.parse(reply.text) as Log;
    const ajv = new Ajv2020({ allErrors: true });
    addFormats.default(ajv);
    const check = ajv.compile(ocelSchema);
    expect(check(log), JSON.stringify(check.errors?.slice(0, 3))).to.equal(true);
    const ids = new Set(log.objects.map(({ id }) => id));
    expect(ids.size).to.equal(log.objects.length);
    expect(new Set(log.events.map(({ id }) => id)).size).to.equal(log.events.length);
    const types = (list: readonly { name: string }[]) => new Set(list.map(({ name }) => name));
    for (const { id, type, relationships, attributes } of [...log.objects, ...log.events]) {
      expect(types(log.objectTypes).has(type) || types(log.eventTypes).has(type), type).to.equal(true);
      for (const { objectId } of relationships) expect(ids.has(objectId), `${id} -> ${objectId}`).to.equal(true);
      const declared = [...log.objectTypes, ...log.eventTypes]
        .find(({ name }) => name === type)
        ?.attributes.map(({ name }) => name);
      for (const { name } of attributes) expect(declared).to.include(name);
    }
    // a plan, three periods, 48 duties, 48 reports, 16 units
    expect(log.objects).to.have.length(1 + 3 + 48 + 48 + 16);
    const count = (type: string) => log.events.filter((event) => event.type === type).length;
    expect([count('report.SUBMIT'), count('report.RECORD_SILENCE'), count('assignment.CONFIRM')]).to.deep.equal([28, 3, 25]);
    expect(reply.text).not.to.contain('Đã làm xong').and.not.to.contain('Người ví dụ');
  });

  it('puts marks in the place of people where it is asked', async () => {
    const { text } = await get('cons', '/export.ocel.json?pseudonyms=true');
    const actors = (JSON.parse(text) as Log).events.map(
      ({ attributes }) => attributes.find(({ name }) => name === 'actor')?.value,
    );
    // the drafter, the consolidator, and sixteen heads
    expect(new Set(actors).size).to.equal(18);
    expect(actors.every((actor) => /^N\d+$/.test(actor ?? ''))).to.equal(true);
    expect(text).not.to.match(/head-p|off-nv|"cons"/);
  });

  it('shows every number as a link to as many works as it says', async () => {
    const html = await page('cons', `/instances/${plan}/progress`);
    const links = [...html.matchAll(/<dd><a href="([^"]+)">(\d+)<\/a><\/dd>/g)].map(([, href = '', value = '']) => ({
      href: href.replaceAll('&amp;', '&').replaceAll('&#x3D;', '='),
      value: Number(value),
    }));
    expect(links).to.have.length(13);
    for (const { href, value } of links) {
      const list = /<section class="works"[\s\S]*?<\/section>/.exec(await page('cons', href))?.[0] ?? '';
      expect(list.match(/<th scope="row">/g)?.length ?? 0, href).to.equal(value);
    }
    expect(html).not.to.match(/ style="|<script/);
    const own = await page('cons', `/instances/${plan}`);
    expect(own).to.contain(`/instances/${plan}/progress`);
  });

  it('answers 404 for a quarter, unit or standing that there is not', async () => {
    const { login, password } = await web.account('cons');
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    for (const query of [
      'quarter=2010',
      'quarter=2010-Q5',
      'unit=nobody',
      'state=fine',
      'kind=both',
      'kind=report&state=running',
    ])
      expect((await visitor.get(`/instances/${plan}/progress?${query}`)).status, query).to.equal(404);
  });

  it('follows a unit up: its duties, what became of them, and its reports', async () => {
    const html = await page('head-p7', `/instances/${plan}/follow-up?unit=p7`);
    for (const text of ['Việc p7.d1', '31/03/2010', 'Hoàn thành đúng hạn', 'Đã làm xong', 'Quá hạn chưa gửi'])
      expect(html).to.contain(text);
  });
});

interface Log {
  readonly objectTypes: { name: string; attributes: { name: string }[] }[];
  readonly eventTypes: { name: string; attributes: { name: string }[] }[];
  readonly objects: Item[];
  readonly events: Item[];
}
interface Item {
  readonly id: string;
  readonly type: string;
  readonly attributes: { name: string; value: string }[];
  readonly relationships: { objectId: string }[];
}
