import { createHash } from 'node:crypto';
import { PDFDict, PDFDocument, PDFName } from '@cantoo/pdf-lib';
import { expect } from 'chai';
import { finished, finishVersion } from '../../src/documents/finish/finish.js';
import { srgbProfile } from '../../src/documents/finish/srgb.js';
import { xmpPacket } from '../../src/documents/finish/xmp.js';
import { TrinhkyError } from '../../src/errors.js';

const facts = { title: 'Thử', day: '2010-02-09T00:00:00+07:00', producer: 'P', creator: 'C' };
const utf8 = (bytes: Uint8Array) => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

/** The least that a browser's tagged file is, without a browser. */
async function tagged(text = '<0015> Tj'): Promise<Uint8Array> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = document;
  const page = document.addPage([200, 200]);
  page.node.set(PDFName.of('Contents'), context.register(context.flateStream(`q\nBT\n${text}\nET\nQ`)));
  catalog.set(PDFName.of('StructTreeRoot'), context.register(context.obj({ Type: 'StructTreeRoot' })));
  document.setProducer('Skia');
  const saved = await document.save({ useObjectStreams: false });
  const stamp = "(D:20261124094600+00'00')";
  const body = Buffer.from(saved).toString('latin1');
  return Buffer.from(body.replace('/Producer ', `/CreationDate ${stamp}\n/ModDate ${stamp}\n/Producer `), 'latin1');
}

describe('documents/finish: what the file says of itself', () => {
  it('writes a title with every sign that XML minds, as UTF-8', () => {
    // given a title made to break out
    const title = 'Kế hoạch “A&B” <x> ]]> </rdf:li> \'"\u0000\u0007\ud800 ₫ 𝄞';
    // when the packet is made
    const packet = utf8(xmpPacket({ ...facts, title }));
    // then it stands there as text, and what XML cannot hold is replaced
    expect(packet).to.contain(
      '<rdf:li xml:lang="x-default">Kế hoạch “A&amp;B” &lt;x&gt; ]]&gt; &lt;/rdf:li&gt; &apos;&quot;\ufffd\ufffd\ufffd ₫ 𝄞</rdf:li>',
    );
    expect(packet.match(/<rdf:li xml:lang/g)).to.have.length(1);
    expect(packet).to.contain('<pdfaid:part>2<').and.contain('<pdfaid:conformance>A<').and.contain('<pdfuaid:part>1<');
  });

  it('describes sRGB: the three colours together are white, and the size is told', () => {
    const profile = Buffer.from(srgbProfile());
    const at = (name: string): number => {
      const entry = profile.indexOf(name, 132, 'latin1');
      return profile.readUInt32BE(entry + 4);
    };
    const xyz = (name: string) => [0, 4, 8].map((offset) => profile.readInt32BE(at(name) + 8 + offset) / 65_536);
    const sum = [0, 1, 2].map((index) => ['rXYZ', 'gXYZ', 'bXYZ'].reduce((total, name) => total + (xyz(name)[index] ?? 0), 0));
    [0.9642, 1, 0.8249].forEach((value, index) => void expect(sum[index]).to.be.closeTo(value, 0.00005));
    expect(profile.readUInt32BE(0)).to.equal(profile.length);
    expect(profile.subarray(36, 40).toString()).to.equal('acsp');
  });

  it('gives the file language, title, identifier, colours and metadata', async () => {
    const { bytes, drawn } = await finished(await tagged(), { day: '2010-02-09', title: 'Kế hoạch số 08/KH-UBND' });
    const document = await PDFDocument.load(bytes, { updateMetadata: false });
    const text = Buffer.from(bytes).toString('latin1');
    expect(document.getTitle()).to.equal('Kế hoạch số 08/KH-UBND');
    expect(document.getCreationDate()?.toISOString()).to.equal('2010-02-08T17:00:00.000Z');
    expect(document.catalog.lookup(PDFName.of('ViewerPreferences'), PDFDict).toString()).to.contain('/DisplayDocTitle true');
    expect(text.slice(0, 8)).to.equal('%PDF-1.7');
    expect(text)
      .to.contain('/Lang (vi-VN)')
      .and.contain('/GTS_PDFA1')
      .and.match(/\/ID \[ <[0-9a-f]{32}> <[0-9a-f]{32}> \]/);
    expect(utf8(bytes.subarray(text.indexOf('<?xpacket'), text.indexOf('<?xpacket end')))).to.contain('Kế hoạch số 08/KH-UBND');
    expect(drawn).to.equal(0);
  });

  it('has a number of its own that is raised with every change of its bytes', async () => {
    const bytesOf = async (text?: string) => (await finished(await tagged(text), { day: '2010-02-09', title: 'Thử' })).bytes;
    const hash = createHash('sha256')
      .update(await bytesOf())
      .digest('hex');
    // a change here needs a new finishVersion: old prints are then told apart from falsified ones
    expect([finishVersion, hash.slice(0, 16)]).to.deep.equal([2, 'a412282d0d166627']);
    // and another page has another identifier
    const idOf = (bytes: Uint8Array) => /\/ID \[ <([0-9a-f]+)>/.exec(Buffer.from(bytes).toString('latin1'))?.[1];
    expect(idOf(await bytesOf())).to.not.equal(idOf(await bytesOf('<0016> Tj')));
  });

  it('refuses a file without tags', async () => {
    const untagged = Buffer.from(
      Buffer.from(await tagged())
        .toString('latin1')
        .replace('StructTreeRoot', 'StructTreeRoom'),
      'latin1',
    );
    const error = await finished(untagged, { day: null, title: 'Thử' }).catch((cause: unknown) => cause);
    expect(error).to.be.instanceOf(TrinhkyError).with.nested.property('params.reason', 'untagged');
  });
});
