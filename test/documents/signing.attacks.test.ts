import { expect } from 'chai';
import type { VerificationFault } from '../../src/commands/papers/signing.js';
import {
  agency,
  altered,
  authority,
  keyHolder,
  objectIn,
  rawSigned,
  type SigningPlace,
  signedPaper,
  signingPlace,
  updated,
} from './signingSupport.js';

const contentsOf = (bytes: Uint8Array) =>
  [
    ...Buffer.from(bytes)
      .toString('latin1')
      .matchAll(/\/Contents <([0-9A-F]+)>/g),
  ].map((found) => found[1] ?? '');

/** Attacks on signed papers: RELIABILITY 5.13, and the published families (signature wrapping, universal forgery, shadow attacks). */
describe('documents/signing: attacks', () => {
  let place: SigningPlace;
  let paper: { printed: Uint8Array; signed: Uint8Array; sealed: Uint8Array };
  before(async () => {
    place = await signingPlace();
    paper = await signedPaper(place);
  });
  after(() => place.remove());

  const faultsOf = async (bytes: Uint8Array): Promise<readonly VerificationFault[]> => {
    const report = await place.verifier.verify(bytes, authority);
    expect(report.sound).to.equal(report.faults.length === 0);
    return report.faults;
  };
  it('finds the paper sound before anything is done to it, signed and sealed', async () => {
    expect(await faultsOf(paper.signed)).to.deep.equal([]);
    expect(await faultsOf(paper.sealed)).to.deep.equal([]);
  });

  describe('the bytes', () => {
    it('finds one flipped bit, wherever it is', async () => {
      // Every tenth byte and every byte of the file's structure; the padding of zeros is looked at in samples.
      const text = Buffer.from(paper.sealed).toString('latin1');
      const padding = [...text.matchAll(/0{200,}/g)].map((found) => [found.index, found.index + found[0].length] as const);
      const inPadding = (index: number) => padding.some(([from, to]) => from < index && index < to);
      for (let index = 0; index < paper.sealed.length; index += 1) {
        if (index % (inPadding(index) ? 997 : 10) !== 0) continue;
        const flipped = Buffer.from(paper.sealed);
        flipped[index] = (flipped[index] ?? 0) ^ (1 << (index % 8));
        expect(await faultsOf(flipped), `byte ${index}`).not.to.deep.equal([]);
      }
    }).timeout(60_000);

    it('finds a changed page: the digest no longer fits', async () => {
      expect(await faultsOf(altered(paper.sealed, '594.96', '594.95'))).to.include('digestWrong');
    });

    it('finds the digits of a signature in another spelling', async () => {
      const [, seal = ''] = contentsOf(paper.sealed);
      expect(await faultsOf(altered(paper.sealed, seal, seal.toLowerCase()))).to.deep.equal(['signatureWrong']);
    });

    it('finds bytes in the room that a signature leaves', async () => {
      const [, seal = ''] = contentsOf(paper.sealed);
      expect(await faultsOf(altered(paper.sealed, seal, `${seal.slice(0, -4)}BEEF`))).to.deep.equal(['signatureWrong']);
    });

    for (const tail of ['x', '\n', '\n%comment\n', '%%EOF\n', '\0'])
      it(`finds ${JSON.stringify(tail)} behind the end`, async () => {
        expect(await faultsOf(Buffer.concat([paper.sealed, Buffer.from(tail)]))).to.include('revisionUnexpected');
      });
  });

  describe('a later revision', () => {
    const expectLater = async (bytes: Uint8Array, ...faults: VerificationFault[]) => {
      expect(await faultsOf(bytes)).to.include.members(['notCoveringFile', ...faults]);
    };

    it('that changes nothing is still one too many', () => expectLater(updated(paper.sealed, {}), 'revisionUnexpected'));
    it('that replaces the page is found', async () => {
      const page = objectIn(paper.sealed, /\/Type \/Page\b/);
      await expectLater(updated(paper.sealed, { [page.number]: page.text.replace('841.92', '700') }), 'revisionUnexpected');
    });
    it('that replaces what the page shows is found', async () => {
      const { number } = objectIn(paper.printed, /^<<\n\/Length|\/Filter \/FlateDecode/);
      await expectLater(updated(paper.sealed, { [number]: '<< /Length 3 >>\nstream\nq Q\nendstream' }), 'revisionUnexpected');
    });
    it('that lays an annotation over the page is found', async () => {
      const page = objectIn(paper.sealed, /\/Type \/Page\b/);
      const note = '<< /Type /Annot /Subtype /FreeText /Rect [50 50 300 90] /Contents (Gia han) >>';
      await expectLater(
        updated(paper.sealed, { 900: note, [page.number]: page.text.replace('/Type /Page', '/Type /Page /Annots [900 0 R]') }),
        'revisionUnexpected',
      );
    });
    it('that adds a form field is found', async () => {
      const form = objectIn(paper.sealed, /\/SigFlags/);
      const text = form.text.replace(/\/Fields \[/, '/Fields [901 0 R ');
      await expectLater(updated(paper.sealed, { 901: '<< /FT /Tx /T (so) /V (99) >>', [form.number]: text }), 'fieldUnexpected');
    });
    it('that takes the seal out of the form is found', async () => {
      const form = objectIn(paper.sealed, /\/SigFlags/);
      await expectLater(
        updated(paper.sealed, { [form.number]: form.text.replace(/\/Fields \[.*\]/, '/Fields []') }),
        'revisionUnexpected',
      );
    });
    it('that takes the signature out of its field is found', async () => {
      const field = objectIn(paper.sealed, /\/T \(seal\)/);
      await expectLater(updated(paper.sealed, { [field.number]: field.text.replace(/\/V \d+ 0 R\n/, '') }), 'fieldUnexpected');
    });
    it('that names another catalog, and so another document, is found', async () => {
      const other = '<< /Type /Catalog /Pages 951 0 R >>';
      const pages = '<< /Type /Pages /Kids [] /Count 0 >>';
      const update = updated(paper.sealed, { 950: other, 951: pages }).toString('latin1');
      const at = update.lastIndexOf('/Root ');
      const moved = `${update.slice(0, at)}${update.slice(at).replace(/\/Root \d+ 0 R/, '/Root 950 0 R')}`;
      await expectLater(Buffer.from(moved, 'latin1'), 'revisionUnexpected');
    });
    it('that calls up an object of the first revision under another number is found', async () => {
      const page = objectIn(paper.printed, /\/Type \/Page\b/);
      const where = Buffer.from(paper.sealed).toString('latin1').indexOf(`${page.number} 0 obj`);
      const update = updated(paper.sealed, { 950: 'null' }).toString('latin1');
      const at = update.lastIndexOf('xref\n950 1');
      const table = update.slice(at).replace(/\d{10}/, String(where).padStart(10, '0'));
      await expectLater(Buffer.from(`${update.slice(0, at)}${table}`, 'latin1'), 'revisionUnexpected');
    });
    it('with a signature that begins with the attacker’s catalog is found', async () => {
      const catalog = objectIn(paper.sealed, /\/Type \/Catalog/);
      const text = catalog.text.replace(
        '/Type /Catalog',
        '/Type /Catalog /OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>',
      );
      const changed = updated(paper.signed, { [catalog.number]: text });
      expect(await faultsOf(await rawSigned(changed, 'seal', await keyHolder(place, agency)))).to.include('revisionUnexpected');
    });
  });

  describe('signature wrapping and universal forgery', () => {
    const alteredRange = async (make: (range: string) => string) => {
      const text = Buffer.from(paper.sealed).toString('latin1');
      const range = [...text.matchAll(/\/ByteRange \[[^\]]*\]/g)].at(-1)?.[0] ?? '';
      return faultsOf(altered(paper.sealed, range, make(range).padEnd(range.length)));
    };
    it('finds a range that leaves more out than the signature', async () => {
      expect(
        await alteredRange((range) =>
          range.replace(/(\[0 \d+ +)(\d+)( +)(\d+)/, (_, a, from, gap, length) => `${a}${+from + 9}${gap}${+length - 9}`),
        ),
      ).to.include('rangeWrong');
    });
    it('finds a range that does not begin at the beginning', async () => {
      expect(await alteredRange((range) => range.replace('[0 ', '[5 '))).to.include('rangeWrong');
    });
    it('finds a negative, a huge and a broken range', async () => {
      for (const wrong of ['[0 -1 5 9]', '[0 99999999999 5 9]', '[0 1e9 5 9]', '[0 5]', '[]', 'null', '0'])
        expect(await alteredRange(() => `/ByteRange ${wrong}`), wrong).to.satisfy(
          (faults: string[]) => faults.includes('rangeWrong') || faults.includes('revisionUnexpected'),
        );
    });
    it('finds a missing range', async () => {
      expect(await alteredRange((range) => range.replace('/ByteRange', '/ByteXange'))).to.include.members([
        'rangeWrong',
        'signatureWrong',
      ]);
    });
    it('finds a second range', async () => {
      const text = Buffer.from(paper.sealed).toString('latin1');
      const reason = /\/Reason \([^)]*\)/.exec(text)?.[0] ?? '';
      expect(await faultsOf(altered(paper.sealed, reason, '/ByteRange [0 0]'.padEnd(reason.length)))).not.to.deep.equal([]);
      const field = objectIn(paper.signed, /\/ByteRange/);
      const twice = field.text.replace('/Type /Sig', '/Type /Sig /ByteRange [0 10 20 30]');
      expect(await faultsOf(updated(paper.signed, { [field.number]: twice }))).to.include('revisionUnexpected');
    });
    it('finds missing and empty contents', async () => {
      const [, seal = ''] = contentsOf(paper.sealed);
      const none = altered(paper.sealed, `/Contents <${seal}>`, `/Contentz <${seal}>`);
      expect(await faultsOf(none)).to.include.members(['rangeWrong', 'signatureWrong']);
      for (const instead of ['null', '<>', '()', '<00>']) {
        const emptied = altered(paper.sealed, `<${seal}>`, instead.padEnd(seal.length + 2));
        expect(await faultsOf(emptied), instead).not.to.deep.equal([]);
      }
    });
    it('finds the signature of the one in the place of the other', async () => {
      const [signatory = '', seal = ''] = contentsOf(paper.sealed);
      const longest = Math.max(signatory.length, seal.length);
      const swapped = altered(paper.sealed, seal, signatory.padEnd(longest, '0').slice(0, seal.length));
      expect(await faultsOf(swapped)).to.include.members(['digestWrong', 'holderWrong']);
    });
    it('finds a signed part that was moved to make room for another', async () => {
      const text = Buffer.from(paper.sealed).toString('latin1');
      const end = text.lastIndexOf('>\n/M ') + 1;
      const moved = `${text.slice(0, end)} /Extra (${'x'.repeat(200)})${text.slice(end)}`;
      expect(await faultsOf(Buffer.from(moved, 'latin1'))).not.to.deep.equal([]);
    });
  });
});
