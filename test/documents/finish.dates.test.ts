import { expect } from 'chai';
import { finished } from '../../src/documents/finish.js';
import { TrinhkyError } from '../../src/errors.js';

const pdf = (time: string, end = "+00'00'"): Uint8Array =>
  Buffer.concat([
    Buffer.from('%PDF-1.4\n%\xd3\xeb\n', 'latin1'),
    Buffer.from(`<</CreationDate (D:${time}${end})\n/ModDate (D:${time}${end})>>`, 'latin1'),
  ]);

describe('documents/finish: the same paper, the same bytes', () => {
  it('writes the day of issue over the time of printing and moves nothing', () => {
    // given one paper printed at two times
    const early = pdf('20261124094600');
    const late = pdf('20271231235959');
    // when both are finished
    const [first, second] = [finished(early, '2010-02-09'), finished(late, '2010-02-09')];
    // then they are one, as long as before, and what is no date is untouched
    expect(Buffer.compare(first, second)).to.equal(0);
    expect(first.length).to.equal(early.length);
    expect(Buffer.from(first).toString('latin1')).to.contain(
      "/CreationDate (D:20100209000000+07'00')\n/ModDate (D:20100209000000+07'00')>>",
    );
    expect(first.subarray(0, 12)).to.deep.equal(early.subarray(0, 12));
  });

  it('gives drafts one date, and leaves the given bytes alone', () => {
    const early = pdf('20261124094600');
    expect(Buffer.compare(finished(early, null), finished(pdf('20261124094601'), null))).to.equal(0);
    expect(Buffer.compare(early, pdf('20261124094600'))).to.equal(0);
  });

  it('refuses a file whose dates it does not find', () => {
    for (const strange of [Buffer.from('%PDF-1.4 nothing'), pdf('20261124094600', 'Z')]) {
      expect(() => finished(strange, '2010-02-09'))
        .to.throw(TrinhkyError)
        .with.property('code', 'printFailed');
    }
  });
});
