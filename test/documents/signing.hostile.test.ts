import { PDFDocument, PDFName, PDFString } from '@cantoo/pdf-lib';
import { expect } from 'chai';
import fc from 'fast-check';
import type { VerificationFault, VerificationReport } from '../../src/commands/papers/signing.js';
import { element, integer, oid, sequence } from '../../src/documents/signing/derWrite.js';
import { TrinhkyError } from '../../src/errors.js';
import {
  agency,
  at,
  authority,
  chair,
  newSignatory,
  printedPage,
  rawSigned,
  type SigningPlace,
  signedPaper,
  signingPlace,
  updated,
} from './signingSupport.js';

/** Of processor time: the wall clock says more of what else the machine does. */
const judgeMsMax = 2_000;

describe('documents/signing: files of any origin', () => {
  let place: SigningPlace;
  let sealed: Uint8Array;
  before(async () => {
    place = await signingPlace();
    ({ sealed } = await signedPaper(place));
  });
  after(() => place.remove());

  /** The report; fails where it took too long. */
  const judged = async (bytes: Uint8Array): Promise<VerificationReport> => {
    const begun = process.cpuUsage();
    const report = await place.verifier.verify(bytes, authority);
    const { user, system } = process.cpuUsage(begun);
    expect((user + system) / 1_000).to.be.lessThan(judgeMsMax);
    return report;
  };
  const faultsOf = async (bytes: Uint8Array | string): Promise<readonly VerificationFault[]> =>
    (await judged(typeof bytes === 'string' ? Buffer.from(bytes, 'latin1') : bytes)).faults;

  describe('what is no PDF, or only looks like one', () => {
    const header = '%PDF-1.7\n%\x81\x81\x81\x81\n';
    const cases: Readonly<Record<string, string | (() => string)>> = {
      nothing: '',
      'a web page': '<!doctype html><p>08/KH-UBND',
      'a header alone': '%PDF-1.7',
      'a header and nothing': header,
      'arrays in arrays without end': () => `${header}1 0 obj\n${'['.repeat(100_000)}`,
      'dictionaries in dictionaries': () => `${header}1 0 obj\n${'<</A'.repeat(100_000)}`,
      'a name that never ends': () => `${header}1 0 obj\n/${'#41'.repeat(16_000_000)}\nendobj\n`,
      'a number of a million letters': () => `${header}1 0 obj\n${'a'.repeat(1_000_000)}\nendobj\n`,
      'a string without end': () => `${header}1 0 obj\n(${'('.repeat(1_000_000)}`,
      'a number without end': () => `${header}1 0 obj\n${'9'.repeat(1_000_000)}\nendobj\n`,
      'more values than any paper has': () => `${header}1 0 obj\n[${'0 '.repeat(2_100_000)}]\nendobj\n`,
      'a stream of negative length': `${header}1 0 obj\n<</Length -5>>\nstream\n\nendstream\nendobj\n`,
      'a stream of huge length': `${header}1 0 obj\n<</Length 9007199254740991>>\nstream\n\nendstream\nendobj\n`,
      'a stream whose length is itself': `${header}1 0 obj\n<</Length 1 0 R>>\nstream\n\nendstream\nendobj\n`,
      'a table of a billion objects': `${header}1 0 obj\nnull\nendobj\nxref\n0 1000000000\n0000000000 65535 f \ntrailer\n<<>>\nstartxref\n0\n%%EOF\n`,
      'a table that follows itself': `${header}1 0 obj\n<</Type/Catalog>>\nendobj\nxref\n1 1\n0000000015 00000 n \ntrailer\n<</Size 2/Root 1 0 R/Prev 56>>\nstartxref\n56\n%%EOF\n`,
    };
    for (const [name, made] of Object.entries(cases))
      it(`${name}: refused in time`, async () => {
        const text = typeof made === 'string' ? made : made();
        expect(await faultsOf(text)).to.deep.equal([text.startsWith('%PDF-') ? 'revisionUnexpected' : 'notPdf']);
      });

    it('a file beyond the size that is judged', async () => {
      const large = Buffer.alloc(50_000_001, 0x20);
      large.write('%PDF-1.7\n');
      expect(await faultsOf(large)).to.deep.equal(['notPdf']);
    });
    it('the largest file that is judged, and a paper with as large a tail', async () => {
      const large = Buffer.alloc(50_000_000, 0x20);
      large.write(`${header}1 0 obj\n(`);
      expect(await faultsOf(large)).to.deep.equal(['revisionUnexpected']);
      const strings = Buffer.concat([
        Buffer.from(`${header}1 0 obj\n[`, 'latin1'),
        Buffer.alloc(40_000_000, '(\\\\\\101aaaaaaaaaaaaaaaaaaaaaaa)'),
      ]);
      expect(await faultsOf(strings)).to.deep.equal(['revisionUnexpected']);
      const tailed = Buffer.concat([sealed, Buffer.alloc(50_000_000 - sealed.length, 0x20)]);
      expect(await faultsOf(tailed)).not.to.deep.equal([]);
    });
    it('a signature whose parts are as large as the file', async () => {
      const huge = element(0x06, Buffer.alloc(3_000_000, 0xff));
      for (const cms of [
        sequence(huge, element(0xa0)),
        sequence(oid('1.2.840.113549.1.7.2'), element(0xa0, sequence(integer(Buffer.alloc(3_000_000, 1))))),
      ]) {
        const contents = `/Contents <${cms.toString('hex').toUpperCase()}>`;
        const text = Buffer.from(sealed).toString('latin1');
        const at = text.lastIndexOf('/Contents <');
        const head = text.slice(0, at);
        const swollen = `${head}${contents}${text.slice(text.indexOf('>', at) + 1)}`;
        const begin = swollen.lastIndexOf('xref', swollen.lastIndexOf('startxref') - 1);
        const moved = (offset: number) => (offset > at ? offset + swollen.length - text.length : offset);
        const table = swollen
          .slice(begin)
          .replace(/(\d{10}) 00000 n/g, (_, offset: string) => `${String(moved(Number(offset))).padStart(10, '0')} 00000 n`);
        const whole = `${swollen.slice(0, begin)}${table.replace(/startxref\n\d+/, `startxref\n${begin}`)}`;
        expect(await faultsOf(whole)).to.include.members(['rangeWrong', 'signatureWrong']);
      }
    });
    it('a certificate whose name would command a terminal is shown without', async () => {
      const stranger = newSignatory({ subject: [['commonName', 'A\u001b[2J\u202eB\u0000']] });
      const report = await judged(await rawSigned(await printedPage(), 'x\u001b[2J', stranger));
      expect(report.signatures[0]?.certificate?.name).to.equal('A\ufffd[2J\ufffdB\ufffd');
      expect(report.signatures[0]?.field).to.match(/^[ -~]{1,60}$/);
    });
    it('a print with object streams, where objects hide', async () => {
      const document = await PDFDocument.load(await printedPage());
      expect(await faultsOf(await document.save({ useObjectStreams: true }))).to.deep.equal(['revisionUnexpected']);
    });
  });

  describe('a signature over what no paper has', () => {
    const key = newSignatory({ subject: [['commonName', 'Người ký']] });
    const signedWith = async (change: (document: PDFDocument) => void) => {
      const document = await PDFDocument.load(await printedPage());
      change(document);
      return faultsOf(await rawSigned(await document.save({ useObjectStreams: false }), 'signatory', key));
    };
    const script = { S: 'JavaScript', JS: PDFString.of('app.alert(1)') };
    const annotation = (document: PDFDocument, entries: Readonly<Record<string, string | { S: string; URI: PDFString }>>) =>
      document
        .getPage(0)
        .node.set(PDFName.of('Annots'), document.context.obj([document.context.register(document.context.obj(entries))]));
    const cases: Readonly<Record<string, (document: PDFDocument) => void>> = {
      'a script': (document) => document.catalog.set(PDFName.of('OpenAction'), document.context.obj(script)),
      'an action of the page': (document) => document.getPage(0).node.set(PDFName.of('AA'), document.context.obj({ O: script })),
      'an annotation': (document) => annotation(document, { Type: 'Annot', Subtype: 'FreeText' }),
      'a link': (document) => annotation(document, { Subtype: 'Link', A: { S: 'URI', URI: PDFString.of('https://example.vn') } }),
      'a file': (document) => document.catalog.set(PDFName.of('Names'), document.context.obj({ EmbeddedFiles: { Names: [] } })),
      'optional content': (document) => document.catalog.set(PDFName.of('OCProperties'), document.context.obj({ OCGs: [] })),
      'a rich medium': (document) => annotation(document, { Type: 'Annot', Subtype: 'RichMedia' }),
      'a stream in another file': (document) => {
        const stream = document.context.stream('q Q', { F: PDFString.of('/etc/passwd') });
        document.getPage(0).node.set(PDFName.of('Contents'), document.context.register(stream));
      },
    };
    for (const [name, change] of Object.entries(cases))
      it(`${name} is named active content`, async () => expect(await signedWith(change)).to.include('activeContent'));

    it('a form that was there before is a field too many', async () => {
      const form = (document: PDFDocument) =>
        document.catalog.set(PDFName.of('AcroForm'), document.context.obj({ Fields: [], XFA: PDFString.of('<xdp/>') }));
      expect(await signedWith(form)).to.include.members(['activeContent', 'fieldUnexpected']);
    });
    it('the signer itself signs no such file', async () => {
      const document = await PDFDocument.load(await printedPage());
      cases['a script']?.(document);
      const bytes = await document.save({ useObjectStreams: false });
      const error = await place.signer.sign({ authority, holder: chair, bytes, reason: '08', at }).catch((one: unknown) => one);
      expect(error).to.be.instanceOf(TrinhkyError);
      expect((error as TrinhkyError).params).to.include({ reason: 'resultUnsound' });
    });
    it('nor one that somebody went on writing after the signature', async () => {
      const { signed } = await signedPaper(place);
      const changed = updated(signed, { 900: '<< /Nothing true >>' });
      const error = await place.signer
        .sign({ authority, holder: agency, bytes: changed, reason: '08', at })
        .catch((one: unknown) => one);
      expect((error as TrinhkyError).params).to.include({ reason: 'resultUnsound' });
    });
  });

  describe('mutations of a valid paper', () => {
    const place8 = fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true });
    const piece = fc.oneof(
      fc.uint8Array({ minLength: 1, maxLength: 12 }),
      fc
        .constantFrom(
          '<<',
          '>>',
          '[',
          ']',
          ' 0 R',
          'endobj\n',
          'xref\n',
          '%%EOF\n',
          '/Prev 0',
          '(',
          ')',
          '<',
          '>',
          '\n',
          '-1',
          '99999999999',
        )
        .map((text) => Buffer.from(text)),
    );
    const mutation = fc.oneof(
      fc.record({ kind: fc.constant('replace' as const), at: place8, piece }),
      fc.record({ kind: fc.constant('insert' as const), at: place8, piece }),
      fc.record({ kind: fc.constant('delete' as const), at: place8, length: fc.integer({ min: 1, max: 4_000 }) }),
      fc.record({ kind: fc.constant('copy' as const), at: place8, from: place8, length: fc.integer({ min: 1, max: 4_000 }) }),
      fc.record({ kind: fc.constant('cut' as const), at: place8 }),
    );
    const mutated = (bytes: Buffer, change: typeof mutation extends fc.Arbitrary<infer T> ? T : never): Buffer => {
      const where = Math.floor(change.at * bytes.length);
      const [head, tail] = [bytes.subarray(0, where), bytes.subarray(where)];
      if (change.kind === 'cut') return head;
      if (change.kind === 'delete') return Buffer.concat([head, tail.subarray(change.length)]);
      if (change.kind === 'insert') return Buffer.concat([head, change.piece, tail]);
      if (change.kind === 'replace') return Buffer.concat([head, change.piece, tail.subarray(change.piece.length)]);
      const from = Math.floor(change.from * bytes.length);
      return Buffer.concat([head, bytes.subarray(from, from + change.length), tail]);
    };

    it('are never sound, unless the bytes are the same or those of an earlier stage; never throw; end in time', async () => {
      const { signed } = await signedPaper(place);
      await fc.assert(
        fc.asyncProperty(fc.array(mutation, { minLength: 1, maxLength: 3 }), async (changes) => {
          const bytes = changes.reduce(mutated, Buffer.from(sealed));
          const report = await judged(bytes);
          const same = bytes.equals(sealed) || bytes.equals(signed);
          expect(report.sound).to.equal(same && report.signatures.length > 0);
        }),
        { numRuns: 600 },
      );
    }).timeout(60_000);
  });
});
