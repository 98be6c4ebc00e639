import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readPlan } from '../../src/office/reading/readPlan.js';

interface HandReading {
  readonly number: string;
  readonly symbol: string;
  readonly type: string;
  readonly place: string;
  readonly issuedOn: string;
  readonly title: string;
  readonly issuer: { readonly name: string };
  readonly signature: {
    readonly authority: string | null;
    readonly capacity: string;
    readonly title: string;
    readonly name: string;
  };
  readonly archive: string;
  readonly recipients: readonly { readonly name: string; readonly purpose: string | null }[];
  readonly clauses: readonly {
    readonly path: string;
    readonly textStart: string;
    readonly units: readonly { readonly name: string; readonly role: string }[];
    readonly due: { readonly text: string; readonly date: string | null } | null;
  }[];
}

const folder = '../shared/domain/papers/';
const here = existsSync(folder);
const names = here ? readdirSync(folder).flatMap((file) => (file.endsWith('.json') ? [file.slice(0, -5)] : [])) : [];
const start = (text: string) => text.split(' ').slice(0, 8).join(' ');

/** The share of agreement between two lists of marks, each counted as often as it stands. */
function agreement(expected: readonly string[], found: readonly string[]): number {
  const left = [...expected];
  const shared = found.filter((mark) => {
    const at = left.indexOf(mark);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  });
  return (2 * shared.length) / (expected.length + found.length);
}

describe(`reading papers as found in public collections${here ? '' : ` (skipped: ${folder} is not here)`}`, () => {
  before(function () {
    if (!here) this.skip();
  });

  it('has papers to read', () => {
    expect(names).to.have.length.of.at.least(5);
  });

  for (const name of names) {
    it(`agrees with the reading by hand: ${name}`, () => {
      const hand = JSON.parse(readFileSync(`${folder}${name}.json`, 'utf8')) as HandReading;
      const reading = readPlan(readFileSync(`${folder}${name}.txt`, 'utf8'));
      const { number, symbol, type, place, issuedOn, title, signature, archive, recipients } = hand;
      expect(reading).to.deep.include({ number, symbol, type, place, issuedOn, title, signature, archive, recipients });
      expect(reading.issuer.name).to.equal(hand.issuer.name);
      const starts = agreement(
        hand.clauses.map((clause) => `${clause.path} ${clause.textStart}`),
        reading.clauses.map((clause) => `${clause.path} ${start(clause.text)}`),
      );
      const units = agreement(
        hand.clauses.flatMap((clause) => clause.units.map((unit) => `${clause.path} ${unit.role} ${unit.name}`)),
        reading.clauses.flatMap((clause) => clause.units.map((unit) => `${clause.path} ${unit.role} ${unit.name}`)),
      );
      const dues = agreement(
        hand.clauses.map((clause) => `${clause.path} ${clause.due?.text} ${clause.due?.date}`),
        reading.clauses.map((clause) => `${clause.path} ${clause.due?.text} ${clause.due?.date}`),
      );
      expect(starts, 'clause starts').to.be.at.least(0.93);
      expect(units, 'units').to.be.at.least(0.93);
      expect(dues, 'deadlines').to.be.at.least(0.93);
    });
  }
});
