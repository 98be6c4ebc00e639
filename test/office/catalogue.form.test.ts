import { expect } from 'chai';
import { formRequirements, formUpdates } from '../../src/office/catalogue/form.js';
import { officeCatalogue } from '../../src/office/catalogue/index.js';
import type { PaperSettings } from '../../src/office/papers/paperSettings.js';
import { directory } from '../support/builders.js';
import { commandOf, factsOf, given, modelOf } from '../support/given.js';
import { plan } from '../support/papers.js';

const story = given('document');
/** Under NĐ 30/2020; the stories of the other tests are told in 2010. */
const today = '2026-03-02T02:00:00.000Z';

function scope(content: unknown, papers?: PaperSettings, at = today) {
  const where = papers === undefined ? directory : { ...directory, authority: { ...directory.authority, papers } };
  return {
    instance: story.instance,
    command: commandOf({ do: 'APPROVE_FORM', by: 'formChecker' }),
    claim: { role: 'formChecker', onBehalfOf: null, by: 'a', capacity: null },
    facts: factsOf({ at, directory: where, given: { content } }),
  };
}

const judged = (name: string, content: unknown, papers?: PaperSettings, at?: string) =>
  formRequirements[name]?.check(undefined, scope(content, papers, at)) ?? null;
const untitled = { ...plan, typeName: 'CHƯƠNG TRÌNH' };
const report = { sections: [], figures: {} };

describe('the catalogue of form', () => {
  it('lets a whole paper pass, and names every place of one that lacks something', () => {
    expect(judged('paperSound@1', plan)).to.equal(null);
    const { body: _, ...bodiless } = plan;
    const faulty = judged('paperSound@1', { ...bodiless, title: '', symbol: 'BC-UBND' });
    expect(faulty?.code).to.equal('paperFaulty');
    expect(faulty?.params.places).to.have.members(['/title', '/body']);
    expect(judged('paperSound@1', { ...plan, symbol: 'BC-UBND' })?.params.places).to.deep.equal(['/symbol']);
  });

  it('leaves alone what never meant to be a paper, and misses a content that is not there', () => {
    for (const name of ['paperSound@1', 'formSound@1']) {
      expect(judged(name, report)).to.equal(null);
      expect(judged(name, undefined)?.code).to.equal('contentMissing');
    }
  });

  it('lets a paper pass whose findings are warnings, and blocks one with a blocking finding, with rule and place', () => {
    expect(judged('formSound@1', plan)).to.equal(null);
    const faulty = judged('formSound@1', untitled);
    expect(faulty?.code).to.equal('formFaulty');
    expect(faulty?.params).to.deep.equal({
      ruleSet: 'ND30-2020',
      rules: ['ND30-T-01'],
      findings: [
        { rule: 'ND30-T-01', key: 'T-01', place: { pointer: '/typeName' }, found: 'CHƯƠNG TRÌNH', expected: 'KẾ HOẠCH' },
      ],
    });
  });

  it('judges under the rules of today and the severities of the authority', () => {
    // NĐ 30/2020 alone was read for the names of types
    expect(judged('formSound@1', untitled, undefined, '2010-02-09T02:00:00.000Z')).to.equal(null);
    expect(judged('formSound@1', untitled, { severities: { 'ND30-T-01': 'off' } })).to.equal(null);
    expect(judged('formSound@1', { ...plan, archive: null }, { severities: { 'ND30-C-24': 'blocking' } })?.code).to.equal(
      'formFaulty',
    );
  });

  it('records what the form checker was shown', () => {
    const taken = (content: unknown) => formUpdates['takeFindings@1']?.apply(undefined, scope(content), 2).context;
    expect(taken({ ...plan, archive: null })).to.deep.equal({
      formFindings: { ruleSet: 'ND30-2020', blocking: 0, warnings: 1, rules: ['ND30-C-24'] },
    });
    expect(taken(report)).to.deep.equal({ formFindings: undefined });
  });

  it('has names with a version and a meaning of one line, stands in the catalogue, and takes findings only beside their judgement', () => {
    for (const [name, { meaning }] of [...Object.entries(formRequirements), ...Object.entries(formUpdates)]) {
      expect(name).to.match(/^[a-z][A-Za-z]*@1$/);
      expect(meaning).to.match(/^[A-Z][^\n]{10,}[.]$/);
    }
    expect(Object.keys(officeCatalogue.requirements)).to.include.members(Object.keys(formRequirements));
    const { definition } = modelOf('document');
    const state = Object.values(definition.states)[0] ?? {};
    const around = (requires: readonly string[]) => ({ definition, state, transition: { by: ['drafter'], requires } as never });
    expect(formUpdates['takeFindings@1']?.checkArg?.(undefined, around(['formSound@1']))).to.deep.equal([]);
    expect(formUpdates['takeFindings@1']?.checkArg?.(undefined, around([]))).to.have.length(1);
  });

  it('is asked by the shipped paper: at SUBMIT for its parts, at APPROVE_FORM for its form', () => {
    const { byCommand } = modelOf('document');
    const requires = (command: string) => byCommand.get(command)?.flatMap(({ definition }) => definition.requires ?? []);
    expect(requires('SUBMIT')).to.include('paperSound@1');
    expect(requires('APPROVE_FORM')).to.include('formSound@1');
  });
});
