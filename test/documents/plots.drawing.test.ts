import { readFileSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import type { Browser, Page } from 'puppeteer';
import { burnUpPlot } from '../../src/documents/plots/burnUp.js';
import { gridPlot } from '../../src/documents/plots/grid.js';
import { axisSteps } from '../../src/documents/plots/svg.js';
import { waitingPlot } from '../../src/documents/plots/waiting.js';
import { type ReportState, reportStates } from '../../src/office/progress/facts.js';
import { gridUnitsMax, makeGrid } from '../../src/office/progress/grid.js';
import { addDays } from '../../src/office/time/clock.js';
import { openBrowser } from '../support/browser.js';
import { directory } from '../support/builders.js';
import { browserTestMsMax } from './support.js';

const root = resolve(fileURLToPath(import.meta.url), '..', '..', '..');
const quarters = ['03-31', '06-30', '09-30', '12-31'].map((day, index) => ({ id: `2010-Q${index + 1}`, to: `2010-${day}` }));

/** Names as long as they come, and one that would break out of the picture. */
function townOf(count: number) {
  const names = ['Ban Chỉ đạo thực hiện phong trào thi đua yêu nước và vận động nhân dân', '<b>"Phường" & \'xã\'</b>'];
  const units = Array.from({ length: count }, (_, index) => ({
    id: `u${index}`,
    name: names[index] ?? `Phường ${index}`,
    abbreviation: '',
    kind: 'ward',
    parent: `q${index % 24}`,
    validFrom: '2000-01-01',
    validTo: null,
  }));
  const parents = Array.from({ length: 24 }, (_, index) => ({
    ...(units[0] as (typeof units)[0]),
    id: `q${index}`,
    name: `Ủy ban nhân dân huyện Ngã Bảy ${index}`,
    parent: null as unknown as string,
  }));
  return { ...directory, units: [...units, ...parents], revision: 10_000 + count };
}

function gridOf(count: number) {
  const grid = makeGrid(quarters);
  for (let unit = 0; unit < count; unit += 1) {
    for (let duty = 0; duty < 12; duty += 1) grid.addDuty({ unit: `u${unit}`, doneOn: addDays('2010-01-01', duty * 40) });
    for (const [at, { id }] of quarters.entries())
      grid.addReport({ unit: `u${unit}`, state: reportStates[(unit + at) % 5] as ReportState }, id);
  }
  return grid.grid(townOf(count) as never);
}

const weeks = Array.from({ length: 53 }, (_, index) => ({
  endsOn: addDays('2010-01-07', 7 * index),
  due: Math.floor(index / 4) * 120,
  done: index > 40 ? null : Math.floor(index / 4) * 119,
}));

const bars = Array.from({ length: 12 }, (_, index) => ({
  label: index === 0 ? 'Nhiệm vụ: Đơn vị không tiếp nhận, đề nghị giao cho đơn vị khác' : `Báo cáo: Đang chờ ${index}`,
  medianTenths: index * 37,
  p90Tenths: index * 95 + 5,
}));

const plots: Readonly<Record<string, string>> = {
  grid16: gridPlot(gridOf(16), 'vi', 'a'),
  gridEn: gridPlot(gridOf(16), 'en', 'b'),
  grid480: gridPlot(gridOf(480), 'vi', 'c'),
  burn: burnUpPlot(weeks, 'vi', 'd'),
  burnSame: burnUpPlot(
    weeks.map((week) => ({ ...week, done: week.due })),
    'en',
    'e',
  ),
  waiting: waitingPlot(bars, 'vi', 'f'),
  burnNone: burnUpPlot([], 'vi', 'g'),
  waitingNone: waitingPlot([], 'vi', 'h'),
};

describe('plots', function () {
  this.timeout(browserTestMsMax);
  let browser: Browser;
  let page: Page;
  before(async () => {
    browser = await openBrowser();
    page = await browser.newPage();
    const face = (weight: number, subset: string) => {
      const file = join(
        root,
        'node_modules',
        '@fontsource',
        'be-vietnam-pro',
        'files',
        `be-vietnam-pro-${subset}-${weight}-normal.woff2`,
      );
      return `@font-face{font-family:"Be Vietnam Pro";font-weight:${weight};src:url(data:font/woff2;base64,${readFileSync(file).toString('base64')});unicode-range:${subset === 'latin' ? 'U+0000-00FF,U+2013-2026' : 'U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0309,U+0323,U+1EA0-1EF9,U+20AB'}}`;
    };
    const faces = [400, 600].flatMap((weight) => ['latin', 'vietnamese'].map((subset) => face(weight, subset)));
    const css = readFileSync(join(root, 'templates', 'styles', 'app.css'), 'utf8');
    await page.setViewport({ width: 700, height: 900 });
    await page.setContent(
      `<!doctype html><meta charset="utf-8"><style>${faces.join('')}${css}</style><main>${Object.values(plots)
        .map((plot) => `<figure>${plot}</figure>`)
        .join('')}</main>`,
    );
    await page.evaluate('document.fonts.ready');
  });
  after(() => browser.close());

  it('are drawn with real letters that never touch each other nor leave the picture', async () => {
    const faults = (await page.evaluate(`[...document.querySelectorAll('svg.plot')].flatMap((svg, at) => {
      const frame = svg.viewBox.baseVal;
      const texts = [...svg.querySelectorAll('text')].map((text) => ({ box: text.getBBox(), said: text.textContent }));
      const out = texts.filter(({ box }) => box.x < -0.5 || box.x + box.width > frame.width + 0.5 || box.y < -1 || box.y + box.height > frame.height + 1);
      const over = texts.flatMap((one, index) => texts.slice(index + 1).filter(({ box }) =>
        box.x < one.box.x + one.box.width - 0.5 && one.box.x < box.x + box.width - 0.5 &&
        box.y + 4 < one.box.y + one.box.height - 4 && one.box.y + 4 < box.y + box.height - 4).map((other) => one.said + ' | ' + other.said));
      return [...out.map(({ said }) => at + ' out: ' + said), ...over.map((said) => at + ' over: ' + said)];
    })`)) as string[];
    expect(faults).to.deep.equal([]);
    const face = await page.evaluate(`getComputedStyle(document.querySelector('svg.plot text')).fontFamily`);
    expect(face).to.contain('Be Vietnam Pro');
    const used = await page.evaluate(`document.fonts.check('13px "Be Vietnam Pro"', 'Phường ệ')`);
    expect(used).to.equal(true);
    const folder = process.env['PLOTS_FOLDER'];
    if (folder !== undefined) {
      await mkdir(folder, { recursive: true });
      for (const mode of ['light', 'dark'] as const) {
        await page.emulateMediaFeatures([{ name: 'prefers-color-scheme', value: mode }]);
        await writeFile(join(folder, `plots-${mode}.png`), await page.screenshot({ fullPage: true }));
      }
    }
  });

  it('have a title and a description, are one picture for a screen reader, and need no style of their own', () => {
    for (const [name, plot] of Object.entries(plots)) {
      expect(plot, name).to.match(/^<svg [^>]*role="img" aria-labelledby="(\w)-t \1-d"/);
      expect(plot, name).to.match(/<title id="\w-t">[^<]+<\/title><desc id="\w-d">[^<]+<\/desc>/);
      expect(plot, name).not.to.match(/style=|<script|<b>|on\w+=|NaN|Infinity|undefined/);
    }
    expect(plots['grid16']).to.contain('&lt;b&gt;');
  });

  it('show units by groups where there are too many, and no number is lost', () => {
    const { rows, grouped } = gridOf(480);
    expect(grouped).to.equal(true);
    expect(rows).to.have.length(24);
    expect(rows.reduce((sum, { units }) => sum + units, 0)).to.equal(480);
    const reports = rows.flatMap(({ cells }) =>
      cells.map((cell) => reportStates.reduce((sum, state) => sum + cell.reports[state], 0)),
    );
    expect(reports.reduce((sum, one) => sum + one, 0)).to.equal(480 * 4);
    expect(gridOf(gridUnitsMax).grouped).to.equal(false);
    expect(gridOf(gridUnitsMax + 1).grouped).to.equal(true);
  });

  it('have axes that begin at nought and reach the greatest value in few even steps', () => {
    for (const most of [0, 1, 3, 7, 48, 99, 480, 14_400]) {
      const steps = axisSteps(most);
      expect(steps[0]).to.equal(0);
      expect(steps.at(-1)).to.be.at.least(most);
      expect(steps.length).to.be.within(2, 6);
      expect(steps.every(Number.isInteger)).to.equal(true);
    }
  });

  it('are narrow enough for a phone', async () => {
    await page.setViewport({ width: 320, height: 700 });
    const widths = (await page.evaluate('[document.documentElement.scrollWidth, innerWidth]')) as number[];
    expect(widths[0]).to.be.at.most(320);
  });
});
