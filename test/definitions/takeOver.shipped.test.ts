import { expect } from 'chai';
import { alternatives, ruleOf } from '../../src/engine/definition.js';
import { officeCatalogue } from '../../src/office/catalogue/index.js';
import type { Succession } from '../../src/office/organisation/directory.js';
import { roleFieldsOf } from '../../src/office/organisation/unitFields.js';
import { directory, directoryOf } from '../support/builders.js';
import { commandOf, factsOf, given, modelOf, shipped } from '../support/given.js';

const succession: Succession = {
  id: 'nhap',
  kind: 'merge',
  from: ['ward1', 'culture'],
  to: ['ward2'],
  on: '2010-02-09',
  shares: [{ definition: 'directive', to: 'finance' }],
  decision: 'QĐ 100',
};
const merged = directoryOf({ successions: [succession] });
const input = { from: 'ward1', to: 'ward2', decision: 'QĐ 100' };

describe('TAKE_OVER', () => {
  it('is a command of every state wherever a role reads a unit, and renames every field that roles read', () => {
    for (const id of shipped) {
      const { definition } = modelOf(id);
      const { units, keys } = roleFieldsOf(definition);
      const entry = definition.on?.TAKE_OVER;
      if (units.length === 0) {
        expect(entry, id).to.equal(undefined);
        continue;
      }
      expect(entry, `${id} has no TAKE_OVER`).not.to.equal(undefined);
      const [transition] = entry === undefined ? [] : alternatives(entry);
      expect(transition?.by, id).to.deep.equal(['system']);
      const rules = [...(transition?.updates ?? []), ...(transition?.requires ?? [])].map(ruleOf);
      expect(rules.map(({ name }) => name)).to.deep.equal(['succeedUnit@1', 'succeeded@1']);
      for (const { arg } of rules) {
        const { units: named = [], keys: alike = [] } = arg as { units?: string[]; keys?: string[] };
        expect([...named].sort(), `${id} units`).to.deep.equal(units);
        expect([...alike].sort(), `${id} keys`).to.deep.equal(keys);
      }
      expect(transition?.label?.vi).to.equal('Tiếp nhận theo sắp xếp tổ chức');
    }
  });

  it('puts the successor in the place of the unit, keeps the state, and changes who is awaited', () => {
    const { next, standing, entry } = given('report')
      .when({ do: 'TAKE_OVER', by: 'system', input, directory: merged })
      .leadsTo(given('report').instance.state);
    expect([
      next.context.unit,
      standing.principals.includes('post:ward2/head'),
      standing.readers.includes('post:ward1/head'),
    ]).to.deep.equal(['ward2', true, false]);
    expect([entry.transition, entry.role, entry.input]).to.deep.equal(['TAKE_OVER/1', 'system', input]);
    expect(next.visits).to.deep.equal(given('report').instance.visits);
  });

  it('names a successor once in a list, and follows the keys of posts but no person of the same name', () => {
    const update = officeCatalogue.updates['succeedUnit@1'];
    const story = given('report');
    const context = {
      leads: ['ward1', 'ward2', 'finance'],
      one: 'ward1',
      before: ['post:ward1/head', 'ward1', 'person:ward1', 'post:ward12/head'],
      person: 'ward1',
    };
    const changed = update?.apply(
      { units: ['leads', 'one', 'absent'], keys: ['before', 'person'] },
      {
        instance: { ...story.instance, context },
        command: commandOf({ do: 'TAKE_OVER', by: 'system', input }),
        claim: { role: 'system', onBehalfOf: null, by: 'system', capacity: null },
        facts: factsOf({}),
      },
      2,
    );
    expect(changed?.context).to.deep.equal({
      leads: ['ward2', 'finance'],
      one: 'ward2',
      before: ['post:ward2/head', 'ward1', 'person:ward1', 'post:ward12/head'],
    });
  });

  it('is refused where no succession of today says so, or the unit does not stand in it', () => {
    const story = given('report');
    const refused = (more: object, here = merged) =>
      story.when({ do: 'TAKE_OVER', by: 'system', input: { ...input, ...more }, directory: here }).isRefused('notSucceeded');
    refused({}, directory);
    refused({}, directoryOf({ successions: [{ ...succession, on: '2010-02-10' }] }));
    refused({ to: 'finance' });
    refused({ from: 'culture' });
    story.when({ do: 'TAKE_OVER', by: 'ward1Head', input, directory: merged }).isRefused('notYours');
  });

  it('is awaited by nobody and moves nothing in the inbox', () => {
    const { standing } = given('report')
      .when({ do: 'TAKE_OVER', by: 'system', input, directory: merged })
      .leadsTo(given('report').instance.state);
    expect(standing.open).to.equal(true);
    expect(standing.principals.every((key) => !key.includes('system'))).to.equal(true);
  });
});
