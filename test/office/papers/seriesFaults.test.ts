import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readAuthority } from '../../../src/commands/organisation/loadAuthority.js';
import type { JsonObject } from '../../../src/engine/json.js';
import type { TrinhkyError } from '../../../src/errors.js';
import { type Series, seriesFor } from '../../../src/office/papers/paperSettings.js';
import { seriesFaults } from '../../../src/office/papers/seriesFaults.js';

const series = (id: string, types: readonly string[], withYear = false): Series => ({ id, name: id, types, withYear });
const faultsOf = (...list: readonly Series[]) => seriesFaults({ series: list }, 'UBND').map(({ path }) => path);

describe('the series of an authority', () => {
  it('are sound when each type stands in one of them at most', () => {
    expect(
      faultsOf(series('chung', ['KH', 'BC', 'CV']), series('qd', ['QĐ'], true), series('sao', ['SY', 'SL', 'TrS'])),
    ).to.deep.equal([]);
    expect(seriesFaults(undefined, 'UBND')).to.deep.equal([]);
  });

  it('are faulty with their places: unknown type, type in two, bad id, id twice', () => {
    expect(faultsOf(series('chung', ['KH', 'XX']), series('Khac', ['BC']), series('chung', ['KH']))).to.deep.equal([
      '/series/0/types/1',
      '/series/1/id',
      '/series/2/id',
      '/series/2/types/0',
    ]);
  });

  it('take no id that is spoken for: incoming papers, copies, a symbol that is a series of its own', () => {
    expect(faultsOf(series('den', ['KH']))).to.deep.equal(['/series/0/id']);
    expect(faultsOf(series('sao', ['KH']))).to.deep.equal(['/series/0/id']);
    expect(faultsOf(series('bc-ubnd', ['KH']))).to.deep.equal(['/series/0/id']);
    expect(faultsOf(series('kh-ubnd', ['KH']))).to.deep.equal([]);
  });

  it('keep all copies in one series, and nothing else in it', () => {
    expect(faultsOf(series('ban-sao', ['SY', 'SL']))).to.deep.equal(['/series/0/types']);
    expect(faultsOf(series('ban-sao', ['SY', 'SL', 'TrS', 'KH']))).to.deep.equal(['/series/0/types']);
    for (const kind of ['SY', 'SL', 'TrS'])
      expect(seriesFor(undefined, kind, `${kind}-UBND`)).to.deep.equal({ id: 'sao', withYear: false });
  });

  it('are judged where an authority is loaded, with all faults at once', () => {
    const example = JSON.parse(readFileSync(new URL('../../../examples/authority.json', import.meta.url), 'utf8')) as JsonObject;
    const load = (papers: unknown) =>
      readAuthority({ ...example, authority: { ...(example['authority'] as JsonObject), papers } } as JsonObject);
    const sound = { series: [series('chung', ['KH', 'BC'])], severities: { 'ND30-R-05': 'off' }, allowedFonts: ['Tinos'] };
    expect(load(sound).authority.papers).to.deep.equal(sound);
    const faults = (papers: unknown): readonly string[] => {
      try {
        load(papers);
      } catch (error) {
        return ((error as TrinhkyError).params['faults'] as { path: string }[]).map(({ path }) => path);
      }
      return [];
    };
    expect(faults({ series: [series('den', ['KH']), series('x', ['KH', 'ZZ'])] })).to.deep.equal([
      '/authority/papers/series/0/id',
      '/authority/papers/series/1/types/0',
      '/authority/papers/series/1/types/1',
    ]);
    expect(faults({ series: 'chung' })).to.deep.equal(['/authority/papers/series']);
    expect(faults({ fonts: [] })).to.deep.equal(['/authority/papers']);
  });
});
