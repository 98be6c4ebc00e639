import { expect } from 'chai';
import { makeProgress } from '../../src/cli/progress.js';
import { table } from '../../src/cli/table.js';
import { terminal } from './terminal.js';

describe('cli/progress: on a terminal and without one', () => {
  it('writes plain finished lines where there is no terminal', () => {
    const { io, out } = terminal();
    const progress = makeProgress(io);
    progress.doing('Soạn thảo');
    progress.done('03/02/2010', 'Đã soạn');
    progress.refused('Tự duyệt → mustDiffer');
    progress.end();
    expect(out()).to.equal('03/02/2010  Đã soạn\n            × Tự duyệt → mustDiffer\n');
  });

  it('keeps the changing line within the width, and takes it away at the end', () => {
    const { io, out } = terminal({ isTTY: true, columns: 40, noColor: true });
    const progress = makeProgress(io);
    progress.doing('x'.repeat(100));
    progress.end();
    const rows = out().split('\r\u001B[2K');
    expect(rows.every((row) => row.length < 40)).to.equal(true);
    expect(rows.at(-1)).to.equal('');
  });

  it('wraps a finished step below its first word', () => {
    const { io, out } = terminal({ isTTY: true, columns: 30, noColor: true });
    makeProgress(io).done('03/02/2010', 'một hai ba bốn năm sáu');
    const lines = out().replaceAll('\r\u001B[2K', '').split('\n');
    expect(lines[0]).to.equal('✓ 03/02/2010  một hai ba bốn');
    expect(lines[1]).to.equal('              năm sáu');
  });

  it('colours only a terminal without NO_COLOR', () => {
    const coloured = (isTTY: boolean, noColor: boolean) => {
      const { io, out } = terminal({ isTTY, noColor, columns: 80 });
      makeProgress(io).done('x', 'y');
      return out().includes('\u001B[32m');
    };
    expect([coloured(true, false), coloured(true, true), coloured(false, false)]).to.deep.equal([true, false, false]);
  });

  it('lays out a table within the width, figures to the right', () => {
    const text = table(
      ['n', 'tên'],
      [
        ['9', 'a b c d e f g h i j k l m n'],
        ['10', 'ngắn'],
      ],
      26,
      [0],
    );
    expect(text).to.equal(' n  tên\n 9  a b c d e f g h i j k\n    l m n\n10  ngắn\n');
  });
});
