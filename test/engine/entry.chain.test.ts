import { expect } from 'chai';
import fc from 'fast-check';
import { verifyChain } from '../../src/engine/entry.js';
import { contexts } from '../support/builders.js';
import { given, type Told } from '../support/given.js';

const told: readonly Told[] = [
  { do: 'SUBMIT', by: 'drafter' },
  { do: 'RETURN', by: 'formChecker', input: { reason: 'Sai thể thức' } },
  { do: 'SUBMIT', by: 'drafter' },
  { do: 'APPROVE_FORM', by: 'formChecker' },
  { do: 'APPROVE_CONTENT', by: 'cultureHead' },
];
const { instance, entries } = given('document', told);
const kinds = (changed: typeof entries): string[] => verifyChain(instance, changed).map(({ kind }) => kind);

describe('the chain of entries', () => {
  it('is sound as it was written', () => {
    expect(entries).to.have.length(6);
    expect(verifyChain(instance, entries)).to.deep.equal([]);
  });

  it('shows any single character that was changed', () => {
    fc.assert(
      fc.property(fc.nat(5), fc.nat(), fc.constantFrom('x', '"', '}', '0', ' '), (index, at, letter) => {
        const stored = entries[index];
        if (stored === undefined) return;
        const place = at % stored.bytes.length;
        if (stored.bytes[place] === letter) return;
        const bytes = stored.bytes.slice(0, place) + letter + stored.bytes.slice(place + 1);
        const changed = entries.map((entry) => (entry === stored ? { ...entry, bytes } : entry));
        // The next link, or the head after the last one, no longer fits.
        expect(kinds(changed)).to.include(index === 5 ? 'head' : 'link');
      }),
      { numRuns: 500 },
    );
  });

  it('shows an entry that was dropped, wherever it stood', () => {
    for (const dropped of entries) {
      expect(kinds(entries.filter((entry) => entry !== dropped))).to.include('count');
    }
    expect(kinds([])).to.have.members(['count', 'head']);
  });

  it('shows two entries that were swapped, with their numbers or without', () => {
    const [a, b, c, d, ...rest] = entries;
    if (!a || !b || !c || !d) throw new Error('too few entries');
    expect(kinds([a, c, b, d, ...rest])).to.include.members(['gap', 'link']);
    expect(kinds([a, { ...c, seq: 2 }, { ...b, seq: 3 }, d, ...rest])).to.include.members(['identity', 'link']);
  });

  it('shows a chain that was cut at its end', () => {
    expect(kinds(entries.slice(0, -1))).to.deep.equal(['count', 'head']);
  });

  it('shows an entry that was put in from another instance', () => {
    const other = given('document', told, { context: { ...contexts.document, title: 'Văn bản khác' } });
    const spliced = entries.map((entry, index) => (index === 3 ? (other.entries[3] ?? entry) : entry));
    expect(kinds(spliced)).to.include('link');
  });

  it('shows a whole chain that was moved to another instance, authority or definition', () => {
    const moved = [
      { ...instance, id: 'document-2' },
      { ...instance, authority: 'elsewhere' },
      { ...instance, definition: { ...instance.definition, hash: '0'.repeat(64) } },
    ];
    for (const changed of moved) expect(verifyChain(changed, entries).map(({ kind }) => kind)).to.include('link');
  });

  it('shows bytes that are no entry at all, without stumbling', () => {
    for (const bytes of ['', 'null', '[]', '{"seq":2', '7']) {
      const changed = entries.map((entry, index) => (index === 1 ? { ...entry, bytes } : entry));
      expect(kinds(changed)).to.include.members(['identity', 'link']);
    }
  });
});
