import { expect } from 'chai';
import { markArtefacts } from '../../src/documents/finish/artefacts.js';
import { TrinhkyError } from '../../src/errors.js';

const none = { repeats: new Set<number>(), tellFrom: null };
const marked = (lines: readonly string[], marking: Parameters<typeof markArtefacts>[1] = none) =>
  markArtefacts(lines.join('\n'), marking).content.split('\n');

describe('documents/finish: what a screen reader passes over', () => {
  it('wraps text, lines and pictures outside the tags, and nothing inside them', () => {
    // given a page number, a rule, a clip, a tagged line, and a picture after it
    const page = [
      'q',
      '0 0 0 rg',
      'BT',
      '<0015> Tj',
      'ET',
      '1 2 3 4 re',
      'f',
      'Q',
      'q',
      '0 0 9 9 re',
      'W* n',
      '/P <</MCID 0 >>BDC',
      '5 5 1 1 re',
      'f',
      'BT',
      '(EMC) Tj',
      'ET',
      'EMC',
      '/X5 Do',
      'Q',
    ];
    // when artefacts are marked
    const { content, drawn } = markArtefacts(page.join('\n'), none);
    // then marks open before what is painted, close before states are restored, and clips stay bare
    expect(content.split('\n')).to.deep.equal([
      'q',
      '0 0 0 rg',
      '/Artifact BMC',
      'BT',
      '<0015> Tj',
      'ET',
      '1 2 3 4 re',
      'f',
      'EMC',
      ...page.slice(7, 18),
      '/Artifact BMC',
      '/X5 Do',
      'EMC',
      'Q',
    ]);
    expect(drawn).to.equal(1);
  });

  it('closes before a tag opens', () => {
    expect(marked(['m', 'S', '/P <</MCID 1 >>BDC', 'EMC'])).to.deep.equal([
      '/Artifact BMC',
      'm',
      'S',
      'EMC',
      '/P <</MCID 1 >>BDC',
      'EMC',
    ]);
  });

  it('turns the copies of a table head into artefacts', () => {
    const page = ['/TH <</MCID 2 >>BDC', 'BT', 'ET', 'EMC', '/TH <</MCID 12 >>BDC', 'BT', 'ET', 'EMC'];
    expect(marked(page, { ...none, repeats: new Set([12]) })).to.deep.equal([
      ...page.slice(0, 4),
      '/Artifact BMC',
      ...page.slice(5),
    ]);
  });

  it('makes paragraphs of the margins where they are to be told, and says which stand above', () => {
    // given a first page with three tags, a stamp at its head, a line, and the code at its foot
    const stamp = ['BT', '/F4 12 Tf', '1 0 0 -1 329 43 Tm', '<0025> Tj', 'ET'];
    const code = ['BT', '1 0 0 -1 39 1089 Tm', '<0025> Tj', '1 0 0 -1 39 12 Tm', 'ET'];
    // when they are told from the first free MCID on
    const { content, told } = markArtefacts([...stamp, 'm', 'S', ...code].join('\n'), { ...none, tellFrom: 3 });
    // then each is a paragraph, and the line is still nothing to hear
    expect(content.split('\n')).to.deep.equal([
      '/P <</MCID 3 >>BDC',
      ...stamp,
      'EMC',
      '/Artifact BMC',
      'm',
      'S',
      'EMC',
      '/P <</MCID 4 >>BDC',
      ...code,
      'EMC',
    ]);
    expect(told).to.deep.equal([
      { mcid: 3, upper: true },
      { mcid: 4, upper: false },
    ]);
  });

  it('refuses a page whose brackets do not fit together', () => {
    for (const page of [['BT'], ['EMC'], ['/P <</MCID 0 >>BDC'], ['BT', 'BT', 'ET'], ['0 0 1 1 re'], ['0 0 1 1 re', 'q']]) {
      expect(() => marked(page), page.join(' '))
        .to.throw(TrinhkyError)
        .with.property('code', 'printFailed');
    }
  });
});
