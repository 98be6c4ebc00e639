import { expect } from 'chai';
import { loadDefinitions } from '../../../src/definitions/load.js';
import { officeCatalogue } from '../../../src/office/catalogue/index.js';
import { posts } from '../../../src/office/organisation/posts.js';
import {
  maySeePrint,
  type PrintMode,
  printPolicies,
  publicStanding,
  readsWork,
} from '../../../src/office/papers/renditionPolicy.js';
import { workflowsFolder } from '../../support/application.js';

const hashes = { prepared: 'a'.repeat(64), signedFile: 'b'.repeat(64), sealedFile: 'c'.repeat(64) };
const own: Readonly<Record<PrintMode, string>> = {
  draft: 'd'.repeat(64),
  prepared: hashes.prepared,
  signed: hashes.signedFile,
  sealed: hashes.sealedFile,
  sheet: 'e'.repeat(64),
};
const roles = [
  'drafter',
  'unitHead',
  'formChecker',
  'chair',
  'signatory',
  'clerk',
  'consolidator',
  'recipients',
  'auditor',
  'reader',
];
const states: readonly (readonly string[])[] = [
  ['', '/drafting'],
  ['', '/reviewing', '/reviewing/content', '/reviewing/content/waiting'],
  ['', '/signing', '/signing/laidBefore'],
  ['', '/signing', '/signing/prepared'],
  ['', '/signed'],
  ['', '/sealed'],
  ['', '/voided'],
  ['', '/issued'],
  ['', '/inForce'],
  ['', '/closed'],
  ['', '/withdrawn'],
  ['', '/replaced'],
  ['', '/discarded'],
];

/** Written by hand: who of `roles` sees the print of a mode in a state. */
const everybody = roles.join(' ');
const signers = 'chair signatory';
const signersAndClerk = 'chair signatory clerk';
const house = 'drafter unitHead formChecker chair signatory clerk auditor';
const allButRecipients = `${house} consolidator`;
const expected: Readonly<Record<string, Partial<Record<PrintMode, string>>>> = {
  '/drafting': {},
  '/reviewing/content/waiting': {},
  '/signing/laidBefore': {},
  '/signing/prepared': { prepared: signers },
  '/signed': { signed: signersAndClerk },
  '/sealed': { sealed: signersAndClerk },
  '/voided': { signed: signersAndClerk, sealed: signersAndClerk },
  '/issued': { sealed: everybody },
  '/inForce': { sealed: everybody },
  '/closed': { sealed: everybody },
  '/withdrawn': { sealed: everybody },
  '/replaced': { sealed: everybody },
  '/discarded': {},
};

describe('who sees which print of a paper', () => {
  const ask = (mode: PrintMode, role: string, paths: readonly string[], more: { hash?: string; lent?: boolean } = {}) =>
    maySeePrint({
      definition: 'document',
      mode,
      hash: more.hash ?? own[mode],
      context: hashes,
      paths,
      plays: (name, ownOnly) => name === role && !(ownOnly && more.lent === true),
      holds: (post) => post === role,
    });

  for (const mode of ['draft', 'prepared', 'signed', 'sealed', 'sheet'] as const) {
    it(`${mode}: each role in each state as it is written down`, () => {
      for (const paths of states) {
        const state = paths.at(-1) ?? '';
        const usual = mode === 'draft' ? allButRecipients : mode === 'sheet' ? house : '';
        const wanted = (expected[state]?.[mode] ?? usual).split(' ').filter((one) => one !== '');
        expect(
          roles.filter((role) => ask(mode, role, paths)),
          `${mode} in ${state}`,
        ).to.deep.equal(roles.filter((role) => wanted.includes(role)));
      }
    });
  }

  it('an orphan is seen by nobody in any state: only what the context names is served', () => {
    for (const mode of ['prepared', 'signed', 'sealed'] as const)
      for (const paths of states)
        for (const role of roles) expect(ask(mode, role, paths, { hash: 'f'.repeat(64) }), `${mode} ${role}`).to.equal(false);
  });

  it('what will be signed is not lent: a delegate of the signatory cannot sign and does not see it', () => {
    expect(ask('prepared', 'signatory', ['', '/signing', '/signing/prepared'], { lent: true })).to.equal(false);
    expect(ask('signed', 'signatory', ['', '/signed'], { lent: true })).to.equal(true);
  });

  it('a definition without a policy shows drafts and nothing else, and is nobody’s business in public', () => {
    const any = { hash: own.sealed, context: hashes, paths: ['/inForce'], plays: () => true, holds: () => true };
    for (const definition of ['note', 'constructor', '__proto__', 'toString'])
      for (const mode of ['draft', 'prepared', 'signed', 'sealed', 'sheet'] as const) {
        expect(maySeePrint({ ...any, definition, mode }), `${definition} ${mode}`).to.equal(mode === 'draft');
        expect(publicStanding(definition, ['/inForce'])).to.equal(null);
      }
  });

  it('is told in public from issuing on, and never before', () => {
    const told = states.filter((paths) => publicStanding('document', paths) !== null).map((paths) => paths.at(-1));
    expect(told).to.deep.equal(['/issued', '/inForce', '/closed', '/withdrawn', '/replaced']);
    expect(publicStanding('document', ['', 'constructor'])).to.equal(null);
  });

  it('how it came about is read by all but those who only got it; a definition without a policy hides nothing', () => {
    const reads = (definition: string, role: string) =>
      readsWork(definition, { plays: (name) => name === role, holds: (post) => post === role });
    expect(roles.filter((role) => reads('document', role)).join(' ')).to.equal(
      'drafter unitHead formChecker chair signatory clerk consolidator auditor',
    );
    expect(roles.every((role) => reads('note', role))).to.equal(true);
  });

  it('names only roles, posts, states and fields that there are', async () => {
    const models = await loadDefinitions(workflowsFolder, officeCatalogue);
    for (const [id, policy] of printPolicies) {
      const model = models.find(({ ref }) => ref.id === id);
      if (model === undefined) throw new Error(`no definition ${id}`);
      const fields = Object.keys(model.definition.context.properties as object);
      for (const rule of Object.values(policy.prints).flat()) {
        for (const path of rule.states ?? []) expect(model.machine.tree.nodes.has(path), path).to.equal(true);
        if (rule.named !== null) expect(fields).to.include(rule.named);
        if (rule.to === 'readers') continue;
        for (const role of rule.to.roles) expect(model.definition.roles).to.have.property(role);
        for (const post of rule.to.posts ?? []) expect(posts).to.have.property(post);
      }
      for (const path of Object.keys(policy.public)) expect(model.machine.tree.nodes.has(path), path).to.equal(true);
    }
  });
});
