import { expect } from 'chai';
import { finished } from '../../src/documents/finish/finish.js';
import { TrinhkyError } from '../../src/errors.js';

const pdf = (time: string, end = "+00'00'", names: readonly string[] = []): Buffer =>
  Buffer.concat([
    Buffer.from('%PDF-1.4\n%\xd3\xeb\n', 'latin1'),
    Buffer.from(`<</CreationDate (D:${time}${end})\n/ModDate (D:${time}${end})>>`, 'latin1'),
    Buffer.from(names.map((name) => `/ID (node${name})`).join('\n'), 'latin1'),
  ]);
const draft = async (bytes: Uint8Array, day: string | null) => Buffer.from((await finished(bytes, { day, title: null })).bytes);

describe('documents/finish: the same pages, the same bytes', () => {
  it('writes the day of issue over the time of printing and moves nothing', async () => {
    // given one paper printed at two times
    const early = pdf('20261124094600');
    const late = pdf('20271231235959');
    // when both are finished
    const [first, second] = [await draft(early, '2010-02-09'), await draft(late, '2010-02-09')];
    // then they are one, as long as before, and what is no date is untouched
    expect(Buffer.compare(first, second)).to.equal(0);
    expect(first.length).to.equal(early.length);
    expect(first.toString('latin1')).to.contain("/CreationDate (D:20100209000000+07'00')\n/ModDate (D:20100209000000+07'00')>>");
    expect(first.subarray(0, 12)).to.deep.equal(early.subarray(0, 12));
  });

  it('gives drafts one date, and leaves the given bytes alone', async () => {
    const early = pdf('20261124094600');
    expect(Buffer.compare(await draft(early, null), await draft(pdf('20261124094601'), null))).to.equal(0);
    expect(Buffer.compare(early, pdf('20261124094600'))).to.equal(0);
  });

  it('counts the names of cells from one, in their order', async () => {
    // given the same cells, named late in the life of a browser process
    const names = ['00000958', '00000037', '00000958', '00001002'];
    const text = (await draft(pdf('20261124094600', "+00'00'", names), null)).toString('latin1');
    // then nothing tells how long it has lived, and the order is kept
    expect(text.match(/node\d+/g)).to.deep.equal(['node00000002', 'node00000001', 'node00000002', 'node00000003']);
  });

  it('refuses a file whose dates it does not find', async () => {
    for (const strange of [Buffer.from('%PDF-1.4 nothing'), pdf('20261124094600', 'Z')]) {
      const error = await finished(strange, { day: '2010-02-09', title: 'Thử' }).catch((cause: unknown) => cause);
      expect(error).to.be.instanceOf(TrinhkyError).with.property('code', 'printFailed');
    }
  });
});
