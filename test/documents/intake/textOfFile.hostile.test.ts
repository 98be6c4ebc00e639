import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import fc from 'fast-check';
import { inReader } from '../../../src/documents/intake/inReader.js';
import { intakeBytesMax, zipEntriesMax, zipUnpackedBytesMax } from '../../../src/documents/intake/limits.js';
import { examineFile, textOfFile } from '../../../src/documents/intake/textOfFile.js';
import { docxOf, docxParts, pdfOf, scanOf, smallPng, type ZipPart, zipOf } from './files.js';
import { refusal } from './support.js';

const code = async (work: Promise<unknown>): Promise<string> => {
  const { code: what, params } = await refusal(work);
  return typeof params.reason === 'string' ? `${what} ${params.reason}` : what;
};
const docx = (...more: readonly ZipPart[]) => zipOf(docxParts('Xin chào', more));
const rels = (inner: string): ZipPart => ({
  name: 'word/_rels/document.xml.rels',
  data: Buffer.from(
    `<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${inner}</Relationships>`,
  ),
});
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

describe('a hostile or broken file', function () {
  this.timeout(60_000);

  it('is read as long as it is none: the archive that the others are made from', async () => {
    expect((await textOfFile(docx(), 'a.docx')).text).to.equal('Xin chào');
  });

  it('is refused by what its directory says, before anything is unpacked', async () => {
    const zeros = Buffer.alloc(2_000_000);
    const cases: readonly [string, Buffer, string][] = [
      ['zeros that grow a thousand times', docx({ name: 'word/media/a.bin', data: zeros }), 'fileHostile zipRatio'],
      [
        'more than may be unpacked',
        docx({ name: 'a', data: Buffer.from('x'), lie: { unpackedBytes: zipUnpackedBytesMax } }),
        'fileHostile zipSize',
      ],
      [
        'too many entries',
        zipOf(Array.from({ length: zipEntriesMax + 1 }, (_, n) => ({ name: `e${n}`, data: Buffer.of(n & 255) }))),
        'fileHostile zipEntries',
      ],
      ['an archive inside by name', docx({ name: 'word/embeddings/x.xlsx', data: Buffer.from('x') }), 'fileHostile zipNested'],
      ['a path that climbs out', docx({ name: '../../etc/cron.d/x', data: Buffer.from('x') }), 'fileHostile zipPath'],
      ['an absolute path', docx({ name: '/etc/x', data: Buffer.from('x') }), 'fileHostile zipPath'],
      ['a path of another system', docx({ name: '..\\x', data: Buffer.from('x') }), 'fileHostile zipPath'],
      ['a name twice', docx({ name: 'word/Document.xml', data: Buffer.from('x') }), 'fileHostile zipTwice'],
      ['macros', docx({ name: 'word/vbaProject.bin', data: Buffer.from('x') }), 'fileHostile macros'],
      ['an encrypted entry', docx({ name: 'a', data: Buffer.from('x'), lie: { encrypted: true } }), 'fileEncrypted'],
    ];
    for (const [what, bytes, wanted] of cases) expect(await code(textOfFile(bytes, 'a.docx')), what).to.equal(wanted);
  });

  it('is refused by what lies inside', async () => {
    const small = zipOf([{ name: 'a', data: Buffer.from('x') }]);
    const cases: readonly [string, Buffer, string][] = [
      ['an archive inside under another name', docx({ name: 'word/media/image1.png', data: small }), 'fileHostile zipNested'],
      [
        'an old office file inside',
        docx({ name: 'word/media/x.dat', data: Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]) }),
        'fileHostile embeddedObject',
      ],
      [
        'an entry longer than it says',
        docx({ name: 'a', data: Buffer.alloc(5_000, 'x'), lie: { unpackedBytes: 10 } }),
        'fileUnreadable damaged',
      ],
      [
        'entities',
        docx({ name: 'word/x.xml', data: Buffer.from('<!DOCTYPE a [<!ENTITY b "c">]><a/>') }),
        'fileHostile xmlEntities',
      ],
      [
        'entities in UTF-16',
        docx({ name: 'word/x.xml', data: Buffer.from('\ufeff<!DOCTYPE a><a/>', 'utf16le') }),
        'fileHostile xmlEntities',
      ],
    ];
    for (const [what, bytes, wanted] of cases) expect(await code(textOfFile(bytes, 'a.docx')), what).to.equal(wanted);
  });

  it('that is another file from its other end is refused', async () => {
    const pdf = await pdfOf(['Ke hoach so 08/KH-UBND']);
    const zip = docx();
    const cases: readonly [string, Buffer, string, string][] = [
      ['archive behind a PDF', Buffer.concat([pdf, zip]), 'a.pdf', 'fileHostile polyglot'],
      ['script behind a PDF', Buffer.concat([pdf, Buffer.from('<script>alert(1)</script>')]), 'a.pdf', 'fileHostile polyglot'],
      ['something before an archive', Buffer.concat([pdf, zip]), 'a.docx', 'fileTypeRefused bytes'],
      ['something behind an archive', Buffer.concat([zip, Buffer.from('x')]), 'a.docx', 'fileHostile zipAround'],
      ['archive behind a picture', Buffer.concat([smallPng, zip]), 'a.png', 'fileHostile polyglot'],
    ];
    for (const [what, bytes, name, wanted] of cases) expect(await code(examineFile(bytes, name)), what).to.equal(wanted);
  });

  it('case 38: extension, declared type and bytes agree, or it is refused', async () => {
    const html = Buffer.from('<!doctype html><script>alert(1)</script>');
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
    const cases: readonly [Buffer, string, string, string][] = [
      [html, 'a.pdf', '', 'fileTypeRefused bytes'],
      [html, 'a.docx', '', 'fileTypeRefused bytes'],
      [html, 'a.txt', '', 'fileTypeRefused bytes'],
      [html, 'a.png', '', 'fileTypeRefused bytes'],
      [svg, 'a.txt', '', 'fileTypeRefused bytes'],
      [svg, 'a.svg', 'image/svg+xml', 'fileTypeRefused extension'],
      [html, 'a.html', 'text/html', 'fileTypeRefused extension'],
      [docx(), 'a.docm', '', 'fileTypeRefused extension'],
      [docx(), 'a.docx.exe', '', 'fileTypeRefused extension'],
      [docx(), 'docx', '', 'fileTypeRefused extension'],
      [docx(), 'a.xlsx', '', 'fileTypeRefused bytes'],
      [docx(), 'a.docx', 'application/pdf', 'fileTypeRefused declared'],
      [Buffer.from('MZ\u0000\u0001'), 'a.txt', '', 'fileTypeRefused bytes'],
      [Buffer.from([0x89, 0x50, 0x4e, 0x47]), 'a.jpg', '', 'fileTypeRefused bytes'],
    ];
    for (const [bytes, name, declared, wanted] of cases)
      expect(await code(examineFile(bytes, name, declared)), `${name} ${declared}`).to.equal(wanted);
    expect((await examineFile(smallPng, 'a.png', 'image/png')).mediaType).to.equal('image/png');
  });

  it('says what hinders: encrypted, scanned, empty, cut off', async () => {
    const whole = await pdfOf(['Ke hoach so 08/KH-UBND thang 02']);
    const cases: readonly [string, Buffer, string, string][] = [
      ['password', await pdfOf(['Ke hoach so 08/KH-UBND'], 'secret'), 'a.pdf', 'fileEncrypted'],
      ['encrypted without a password to open', await pdfOf(['Ke hoach so 08/KH-UBND'], ''), 'a.pdf', 'fileEncrypted'],
      ['scanned', await scanOf(2), 'a.pdf', 'fileWithoutText'],
      ['empty', Buffer.alloc(0), 'a.pdf', 'fileUnreadable empty'],
      ['blank', Buffer.from(' \n'), 'a.txt', 'fileUnreadable empty'],
      ['half a PDF', whole.subarray(0, whole.length >> 1), 'a.pdf', 'fileUnreadable cutOff'],
      ['half a .docx', docx().subarray(0, 300), 'a.docx', 'fileUnreadable cutOff'],
      ['a picture, which has no words', smallPng, 'a.png', 'fileTypeRefused extension'],
    ];
    for (const [what, bytes, name, wanted] of cases) expect(await code(textOfFile(bytes, name)), what).to.equal(wanted);
    expect((await refusal(textOfFile(await scanOf(1), 'q.pdf'))).params).to.include({ page: 1, name: 'q.pdf' });
  });

  it('too large is refused before it is looked at', async () => {
    expect(await code(textOfFile(new Uint8Array(intakeBytesMax + 1), 'a.docx'))).to.equal('fileTooLarge');
  });

  it('that eats memory outside the heap is ended, and the next file is read', async () => {
    // given a page whose content unpacks to 600 MB of zeros in three layers, which no directory tells
    const bomb = await pdfBomb();
    expect(bomb.length).to.be.below(50_000);
    // when it is read where 300 MB are allowed
    const started = performance.now();
    const answer = await code(inReader(bomb, 'pdf', 'text', { msMax: 20_000, memoryMb: 128, rssMbMax: 300 }));
    // then its reader is ended in time, and only it
    expect(answer).to.equal('fileHostile memory');
    expect(performance.now() - started).to.be.below(21_000);
    expect((await textOfFile(docx(), 'b.docx')).text).to.equal('Xin chào');
  });

  it('that takes too long is ended at the deadline', async () => {
    const { code: what, params } = await refusal(inReader(docx(), 'docx', 'text', { msMax: 1, memoryMb: 128, rssMbMax: 900 }));
    expect([what, params.reason]).to.deep.equal(['fileHostile', 'tooSlow']);
  });

  it('never has anything outside itself fetched', async () => {
    // given a canary, and files that point at it with a picture, a template and a frame
    let hits = 0;
    const canary = createServer((_, response) => {
      hits += 1;
      response.end();
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => canary.once('listening', resolve));
    const url = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/x`;
    try {
      const relation = (type: string) =>
        rels(`<Relationship Id="rId9" Type="${office}/${type}" Target="${url}" TargetMode="External"/>`);
      const drawing =
        '<w:p><w:r><w:drawing><wp:inline xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"><a:graphic xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"><a:graphicData><pic:pic xmlns:pic="http://schemas.openxmlformats.org/drawingml/2006/picture"><pic:blipFill><a:blip r:link="rId9"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>';
      const pictured = zipOf(docxParts('Có ảnh', [relation('image')], drawing));
      // when they are read: the picture stays away, the others are refused
      expect((await textOfFile(pictured, 'a.docx')).text.trim()).to.equal('Có ảnh');
      for (const type of ['attachedTemplate', 'oleObject', 'frame'])
        expect(await code(textOfFile(zipOf(docxParts('x', [relation(type)])), 'a.docx')), type).to.equal(
          'fileHostile externalTemplate',
        );
      // then nobody asked
      expect(hits).to.equal(0);
    } finally {
      canary.close();
    }
  });

  it('of random bytes, or a sound file with bytes changed, gives words or a clear error', async () => {
    const sound = [await pdfOf(['Ke hoach so 08/KH-UBND']), await docxOf(['Xin chào', [['a', 'b']]])] as const;
    const changed = fc.tuple(fc.constantFrom(0, 1), fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 12 }));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(fc.uint8Array({ maxLength: 600 }), changed),
        fc.constantFrom('.pdf', '.docx', '.txt'),
        async (what, ending) => {
          let bytes: Uint8Array;
          if (what instanceof Uint8Array) bytes = what;
          else {
            bytes = Uint8Array.from(sound[what[0] as 0 | 1]);
            for (const [at, value] of what[1]) bytes[at % bytes.length] = value;
          }
          const fault = await textOfFile(bytes, `a${ending}`).then(
            () => null,
            (error: unknown) => error,
          );
          if (fault !== null) expect((fault as { code?: string }).code).to.match(/^file/);
        },
      ),
      { numRuns: 25 },
    );
  });
});

/** One page whose content stream is zeros, deflated three times over. */
async function pdfBomb(): Promise<Buffer> {
  const { deflateSync } = await import('node:zlib');
  const content = deflateSync(deflateSync(deflateSync(Buffer.alloc(600_000_000))));
  const parts = [
    '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n',
    `4 0 obj<</Length ${content.length}/Filter[/FlateDecode/FlateDecode/FlateDecode]>>stream\n`,
    content,
    '\nendstream endobj\ntrailer<</Root 1 0 R>>\nstartxref\n0\n%%EOF\n',
  ];
  return Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : part)));
}
