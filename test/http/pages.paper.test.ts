import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import Handlebars from 'handlebars';
import { paperTemplate } from '../../src/documents/html.js';
import { viewOf } from '../../src/documents/view.js';
import { paperTextOf } from '../../src/http/pages/paper.js';
import { words } from '../../src/locales/sentences.js';
import type { Paper } from '../../src/office/papers/paper.js';
import * as forms from '../documents/sampleForms.js';
import * as papers from '../documents/samplePapers.js';
import * as parts from '../documents/sampleParts.js';

const samples: Readonly<Record<string, Paper>> = {
  plan: papers.plan(),
  report: papers.report(16, 2),
  letter: papers.letter(),
  decision: forms.decision(),
  officialLetter: forms.officialLetter(),
  submission: forms.submission(),
  notice: forms.notice(),
  minutes: forms.minutes(),
  invitation: forms.invitation(),
  regulation: parts.regulation(),
  withAppendices: parts.withAppendices(),
  copy: parts.copy(),
  extract: parts.copy('TrS'),
  directive: parts.directive(),
  test: papers.plan({ test: true, code: forms.code }),
  dirty: papers.plan({}, { title: 'Một\u00a0 hai\u0007\r\nba', bases: ['Căn cứ  a ;'], archive: null }),
  minutesOfTwo: forms.form({
    ...forms.minutes().content,
    contact: 'Địa chỉ: số 1\nĐiện thoại: 0000',
    circulation: 'XEM XONG TRẢ LẠI',
  }),
};

const partial = (name: string) => readFileSync(new URL(`../../templates/partials/${name}.hbs`, import.meta.url), 'utf8');

/** The part of a page that shows a paper, as the pages' own renderer compiles it. */
function shown(paper: Paper, printed: boolean, language: 'vi' | 'en' = 'vi'): string {
  const options = { strict: true, knownHelpersOnly: true, preventIndent: true } as const;
  const handlebars = Handlebars.create();
  const partials = Object.fromEntries(
    ['pagePaper', 'pagePieces', 'pageSigner'].map((name) => [name, handlebars.compile(partial(name), options)]),
  );
  const view = paperTextOf(paper.content as never, language, printed ? paper : null);
  return handlebars.compile('{{> pagePaper paper=paper w=w lang=lang}}', options)(
    { paper: view, w: words(language), lang: language },
    { partials },
  );
}

/** The words of a piece of HTML as they are read; the hyphens of lists are marks of the print's own. */
function wordsOf(html: string): readonly string[] {
  return html
    .replace(/<(style|svg|head)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<[^>]*>/g, ' ')
    .replace(/&#160;|&nbsp;/g, ' ')
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&#x27;/g, "'")
    .replace(/&amp;/g, '&')
    .split(/\s+/)
    .filter((word) => word !== '' && word !== '-');
}

/** What stands in `page` and not in `print`, in order; null where the words of the print are not all there in their order. */
function beyond(page: readonly string[], print: readonly string[]): readonly string[] | null {
  const more: string[] = [];
  let at = 0;
  for (const word of page) {
    if (word === print[at]) at += 1;
    else more.push(word);
  }
  return at === print.length ? more : null;
}

/** The texts that the style prints around the page: they are CSS strings there. */
function printedAround(html: string): readonly string[] {
  const style = /<style>[\s\S]*?<\/style>/.exec(html)?.[0] ?? '';
  return [...style.matchAll(/content: "([^"]+)"/g)].map(([, text = '']) =>
    text.replace(/\\([0-9a-f]{6})/g, (_, sign: string) => String.fromCodePoint(Number.parseInt(sign, 16))),
  );
}

describe('a paper on the screen', () => {
  for (const [name, paper] of Object.entries(samples))
    for (const [printed, as] of [
      [paper, 'as it is printed'],
      [{ content: paper.content, number: null, issuedOn: null, signature: null, final: false }, 'as a draft'],
    ] as const)
      it(`${name} ${as}: every text of the print, in its order, and nothing that is not printed`, () => {
        const html = paperTemplate().render(viewOf(printed));
        const page = wordsOf(shown(printed, printed.final));
        const more = beyond(page, wordsOf(html.slice(html.indexOf('<body'))));
        expect(more, page.join(' ')).not.to.equal(null);
        const around = printedAround(html).flatMap((text) => wordsOf(text));
        const landscape = name === 'withAppendices' ? ['(trang', 'ngang)'] : [];
        expect([...(more ?? [])].sort()).to.deep.equal([...around, ...landscape].sort());
      });

  it('is not shown by a reading that leaves something out', () => {
    // the check itself: a text less, two texts exchanged, a text more
    const print = ['a', 'b', 'c'];
    expect(beyond(['a', 'c'], print)).to.equal(null);
    expect(beyond(['b', 'a', 'c'], print)).to.equal(null);
    expect(beyond(['a', 'b', 'x', 'c'], print)).to.deep.equal(['x']);
  });

  it('has headings that leave out no level', () => {
    for (const [name, paper] of Object.entries(samples)) {
      const depths = [...shown(paper, false).matchAll(/<h(\d)/g)].map(([, depth]) => Number(depth));
      let last = 2;
      for (const depth of depths) {
        expect(depth, `${name}: ${depths.join(' ')}`).to.be.at.most(last + 1);
        last = depth;
      }
    }
  });

  it('escapes what it shows, wherever it stands', () => {
    const evil = '<img src=x onerror=1>"\'';
    const html = shown(
      papers.plan(
        {},
        {
          ...forms.minutes().content,
          title: evil,
          addressees: [evil],
          contact: evil,
          enacting: { by: evil, word: evil },
          body: [
            { kind: 'chapter', marker: evil, text: evil },
            { kind: 'article', marker: evil, title: null, text: evil },
          ],
          appendices: [{ marker: evil, title: evil, orientation: 'landscape', body: [] }],
          minutes: { secretary: { title: evil, name: evil }, chair: { title: evil, name: evil } },
        },
      ),
      false,
      'en',
    );
    expect(html).not.to.match(/<img/i);
  });

  it('is cut where it is too long, and says so', () => {
    const body = Array.from({ length: 3_500 }, (_, index) => forms.text(`Đoạn ${index}`));
    const html = shown(papers.plan({}, { body }), false);
    expect(html).to.contain(words('vi').paperCut).and.to.contain('Nơi nhận:');
  });
});
