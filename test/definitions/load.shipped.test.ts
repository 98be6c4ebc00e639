import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { loadDefinitions } from '../../src/definitions/load.js';
import { TrinhkyError } from '../../src/errors.js';
import { officeCatalogue } from '../../src/office/catalogue/index.js';
import { given, modelOf, shipped, type Told } from '../support/given.js';

const folderOf = (path: string): string => fileURLToPath(new URL(path, import.meta.url));

describe('the shipped workflows', () => {
  it('load without a fault, all of them', async () => {
    const models = await loadDefinitions(folderOf('../../workflows'), officeCatalogue);
    expect(models.map((model) => model.definition.id)).to.have.members([...shipped]);
  });

  for (const id of shipped) {
    it(`${id}: every transition can be taken somewhere, and every one has a label in both languages`, () => {
      const model = modelOf(id);
      const taken = new Set(
        [...model.configurations.values()].flatMap(({ next }) => next.map(({ transition }) => transition.id)),
      );
      const { transitions, nodes } = model.machine.tree;
      // What every state has is taken anywhere.
      const inStates = transitions.filter(({ source }) => source.parent !== null);
      expect(inStates.filter((transition) => !taken.has(transition.id))).to.deep.equal([]);
      const dumb = transitions.filter(({ definition }) => !definition.label?.vi || !definition.label.en);
      expect(dumb.map((transition) => transition.id)).to.deep.equal([]);
      const nameless = [...nodes.values()].filter(
        ({ kind, parent, definition }) => parent && kind !== 'history' && !definition.label,
      );
      expect(nameless.map(({ path }) => path)).to.deep.equal([]);
    });

    it(`${id}: Vietnamese labels are composed (NFC)`, () => {
      const text = JSON.stringify(modelOf(id).definition);
      expect(text).to.equal(text.normalize('NFC'));
    });
  }

  it('a folder with faults is refused as a whole, with all of them', async () => {
    const error = await loadDefinitions(folderOf('./broken'), officeCatalogue).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect(error).to.be.instanceOf(TrinhkyError).and.to.have.property('code', 'definitionsFaulty');
    expect((error as TrinhkyError).params.faults).to.have.length.greaterThan(50);
  });
});

describe('the example of the manual, `note`', () => {
  const submits: Told = { do: 'SUBMIT', by: 'drafter' };
  const approvesContent: Told = { do: 'APPROVE_CONTENT', by: 'cultureHead' };
  const approvesForm: Told = { do: 'APPROVE_FORM', by: 'formChecker' };

  it('loads as it is printed, and walks to signed', () => {
    const { last, instance } = given('note', [submits, approvesForm, approvesContent, { do: 'SIGN', by: 'deputy' }]);
    expect([instance.state, instance.open, instance.revision]).to.deep.equal(['signed', false, 5]);
    expect(last?.entry.role).to.equal('signatory');
  });

  it('comes back with a reason, counted, and the drafter is told', () => {
    const story = given('note', [submits, approvesContent]);
    story.when({ do: 'RETURN', by: 'formChecker' }).isRefused('inputInvalid');
    const { next, effects } = story.when({ do: 'RETURN', by: 'formChecker', input: { reason: 'Sửa lại' } }).leadsTo('drafting');
    expect(next.context.returned).to.equal(1);
    expect(effects.map(({ kind }) => kind)).to.deep.equal(['notify', 'remind']);
  });

  it('keeps the drafter from approving and from signing', () => {
    const mine = { context: { drafter: 'deputy', draftingUnit: 'culture' }, by: 'deputy' };
    given('note', [{ ...submits, by: 'deputy' }, approvesContent, approvesForm], mine)
      .when({ do: 'SIGN', by: 'deputy' })
      .isRefused('mustDiffer');
  });
});
