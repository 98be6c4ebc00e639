import { readdirSync, readFileSync } from 'node:fs';
import { expect } from 'chai';
import { checkFiles, type DefinitionFile } from '../../src/definitions/load.js';
import { explore } from '../../src/engine/explore.js';
import type { Machine } from '../../src/engine/machine.js';
import { treeOf } from '../../src/engine/tree.js';
import { officeCatalogue } from '../../src/office/catalogue/index.js';
import { modelOf } from '../support/given.js';

const folder = new URL('./broken/', import.meta.url);

/**
 * Each file has one mistake, and is refused with exactly this complaint: code and JSON pointer.
 * A file that no JSON tool would take, or that it would mend, ends in `.txt` so that tools leave it alone.
 */
const complaints: Readonly<Record<string, readonly string[]>> = {
  alternativeUnreachable: ['alternativeUnreachable /states/reviewing/on/APPROVE/1'],
  badLabel: ['shape /label'],
  commandInTwoRegions: ['commandInTwoRegions /states/both/parallel/right/states/waiting/on/APPROVE_LEFT'],
  commandShadowed: ['commandShadowed /states/both/parallel/left/states/waiting/on/APPROVE_LEFT'],
  domainIsParallel: ['domainIsParallel /states/both/parallel/left/states/waiting/on/CROSS/target'],
  doneDomainIsParallel: ['domainIsParallel /states/both/parallel/left/states/waiting'],
  doneIntoEnd: ['doneIntoEnd /states/outer/states/one'],
  doneTargetUnknown: ['targetUnknown /states/both'],
  doneWithoutEnd: ['doneWithoutEnd /states/reviewing'],
  dueAmbiguous: ['dueAmbiguous /states/reviewing/due'],
  dueCommandClosed: ['dueCommandClosed /states/reviewing/due/send'],
  dueEmpty: ['dueAmbiguous /states/reviewing/due'],
  dueFieldUnknown: ['fieldUnknown /states/reviewing/due/field'],
  dueKeptTerm: ['dueAmbiguous /states/reviewing/due/onResume'],
  dueLadder: ['dueLadder /states/reviewing/due/remindAfter'],
  dueRoleUnknown: ['roleUnknown /states/reviewing/due/remind/0'],
  dueSuspendedUnknown: ['fieldUnknown /states/reviewing/due/suspendedBy'],
  escalateRoleUnknown: ['roleUnknown /states/reviewing/due/escalate/0/to/0'],
  escalateTooMany: ['shape /states/reviewing/due/escalate'],
  'duplicateKey.v1.json.txt': ['duplicateKey /states/reviewing/on/APPROVE/target'],
  effectUnknown: ['ruleUnknown /states/reviewing/entry/0'],
  emptyLabel: ['shape /states/reviewing/label/vi'],
  everywhereMoves: ['everywhereMoves /on/VOID/target'],
  finalWithEntry: ['finalHasMore /states/ended'],
  finalWithOn: ['finalHasMore /states/ended'],
  historyAtTop: ['historyMisplaced /states/back'],
  historyDefaultOutside: ['targetUnknown /states/active/states/back'],
  historyFromHolder: ['historyTargetedFromInside /states/active/on/AGAIN/target'],
  historyFromInside: ['historyTargetedFromInside /states/active/states/second/on/AGAIN/target'],
  historyInParallel: ['regionNotCompound /states/both/parallel/back', 'historyMisplaced /states/both/parallel/back'],
  initialFinal: ['initialIsFinal /states/both/parallel/left'],
  initialHistory: ['initialIsHistory /states/active'],
  initialUnknown: ['initialUnknown'],
  inputOpen: ['schemaInvalid /states/reviewing/on/APPROVE/input'],
  misspeltGuard: ['shape /states/reviewing/on/APPROVE'],
  'notJson.v1.json.txt': ['notJson'],
  notifyUnknownRole: ['ruleArgument /states/reviewing/on/APPROVE/effects/0'],
  openByUnknown: ['roleUnknown /openBy/0'],
  panelBallotRequired: ['panelBallot /states/voting/panel/ballot'],
  panelBallotShape: ['panelBallot /states/voting/panel/ballot'],
  panelBallotShared: ['panelBallot /states/again/panel/ballot'],
  panelBallotUnknown: ['fieldUnknown /roles/voter', 'fieldUnknown /states/voting/panel/ballot'],
  panelBallotWritten: ['panelBallot /states/voting/panel/ballot'],
  panelCommandTaken: ['panelCommandTaken /states/voting/panel/command'],
  panelMembersBallot: ['panelRole /states/voting/panel/members'],
  panelMembersUnknown: ['roleUnknown /states/voting/panel/members'],
  panelOnCompound: ['shape /states/voting/states'],
  panelRuleOfEngine: ['ruleUnknown /states/drafting/on/SUBMIT/requires/0'],
  panelRuleUnknown: ['ruleUnknown /states/voting/panel/requires/0'],
  panelShareZero: [
    'shape /states/voting/panel/rule',
    'shape /states/voting/panel/rule',
    'shape /states/voting/panel/rule',
    'shape /states/voting/panel/rule/share',
  ],
  panelTargetUnknown: ['targetUnknown /states/voting/panel/failed'],
  panelVoterMissing: ['panelRole /states/voting/panel/members'],
  postUnknown: ['postUnknown /roles/head/post'],
  rawXstate: ['shape /states/reviewing/on/APPROVE'],
  regionIsLeaf: ['regionNotCompound /states/both/parallel/left'],
  regionWithDone: ['regionHasDone /states/both/parallel/left'],
  roleFieldUnknown: ['fieldUnknown /roles/head'],
  roleNamedSystem: ['roleUnknown /roles/system'],
  roleUnknown: ['roleUnknown /states/reviewing/on/APPROVE/by/1'],
  ruleArgumentMissing: ['ruleArgument /states/reviewing/on/APPROVE/requires/0'],
  ruleArgumentNotTaken: ['ruleArgument /states/reviewing/on/APPROVE/requires/0'],
  ruleArgumentWrong: ['ruleArgument /states/reviewing/on/APPROVE/requires/0'],
  ruleFieldUnknown: ['ruleArgument /states/reviewing/on/APPROVE/updates/0'],
  ruleInputUnknown: ['ruleArgument /states/reviewing/on/APPROVE/updates/0'],
  ruleIsPrototype: ['ruleUnknown /states/reviewing/on/APPROVE/requires/0'],
  ruleUnknown: ['ruleUnknown /states/reviewing/on/APPROVE/requires/0'],
  ruleWithoutVersion: ['ruleUnknown /states/reviewing/on/APPROVE/requires/0'],
  schemaKeyword: ['schemaInvalid /context'],
  schemaOpen: ['schemaInvalid /context'],
  stateCapital: ['stateName /states/Reviewing'],
  stateConstructor: ['stateName /states/constructor'],
  targetInsideUnknown: ['targetUnknown /states/reviewing/on/APPROVE/target'],
  targetUnknown: ['targetUnknown /states/reviewing/on/APPROVE/target'],
  trapState: ['stateTrapped /states/stuck'],
  unknownStateKey: ['shape /states/reviewing'],
  unreachableBranch: ['stateUnreachable /states/island'],
  unreachableState: ['stateUnreachable /states/island'],
  updateUnknown: ['ruleUnknown /states/reviewing/on/APPROVE/updates/0'],
  withoutBy: ['shape /states/drafting/on/SUBMIT'],
  wrongFileName: ['fileName /id'],
};

/** The files of which more than one complaint is expected, told in tests of their own. */
const toldBelow = ['sameVersion.v01.json', 'sameVersion.v1.json', 'threeFaults.v1.json', 'threeShapes.v1.json'];

const read = (name: string): DefinitionFile => ({
  name: name.replace(/\.txt$/, ''),
  text: readFileSync(new URL(name, folder), 'utf8'),
});

function faultsOf(...files: readonly DefinitionFile[]): string[] {
  const { faults } = checkFiles(files, officeCatalogue);
  return faults.map(({ code, pointer }) => `${code} ${pointer}`.trim());
}

describe('loading a broken definition', () => {
  it('knows every file of the folder, at least fifty', () => {
    const told = [...Object.keys(complaints).map(fileOf), ...toldBelow].sort();
    expect(readdirSync(folder).sort()).to.deep.equal(told);
    expect(told.length).to.be.greaterThan(50);
  });

  for (const [name, expected] of Object.entries(complaints)) {
    it(`refuses ${name}: ${expected.join(', ')}`, () => {
      expect(faultsOf(read(fileOf(name)))).to.deep.equal(expected);
    });
  }

  it('reports all faults of one file at once', () => {
    expect(faultsOf(read('threeFaults.v1.json'))).to.have.members([
      'postUnknown /roles/head/post',
      'ruleUnknown /states/reviewing/on/APPROVE/requires/0',
      'roleUnknown /states/reviewing/on/RETURN/by/0',
    ]);
    expect(faultsOf(read('threeShapes.v1.json'))).to.have.members([
      'shape',
      'shape /states/drafting/on/SUBMIT',
      'shape /states/reviewing/on/APPROVE',
    ]);
  });

  it('reports all faults of all files at once, and still makes models of the sound ones', () => {
    // given two broken files around a sound one
    const sound = read('sameVersion.v1.json');
    const { faults, models } = checkFiles([read('trapState.v1.json'), sound, read('withoutBy.v1.json')], officeCatalogue);
    expect(faults.map(({ file, code }) => `${file} ${code}`)).to.deep.equal([
      'trapState.v1.json stateTrapped',
      'withoutBy.v1.json shape',
    ]);
    expect(models.map((model) => model.definition.id)).to.deep.equal(['sameVersion']);
  });

  it('refuses a second file with the same id and version', () => {
    expect(faultsOf(read('sameVersion.v01.json'))).to.deep.equal([]);
    expect(faultsOf(read('sameVersion.v01.json'), read('sameVersion.v1.json'))).to.deep.equal(['sameVersionTwice /version']);
  });

  it('takes a later alternative that admits one more person, or that only looks unreachable', () => {
    const { name, text } = read('sameVersion.v1.json');
    const sound = JSON.parse(text) as { states: { reviewing: { on: Record<string, unknown> } } };
    for (const alternatives of [
      [
        { target: 'ended', by: ['head'] },
        { target: 'drafting', by: ['head', 'drafter'] },
      ],
      [
        { target: 'ended', by: ['head'], requires: ['contentPresent@1'] },
        { target: 'drafting', by: ['head'] },
      ],
    ]) {
      sound.states.reviewing.on.APPROVE = alternatives;
      expect(faultsOf({ name, text: JSON.stringify(sound) })).to.deep.equal([]);
    }
  });

  it('says what is wrong in words that name the culprit', () => {
    const messages = ['misspeltGuard', 'stateConstructor', 'targetUnknown', 'ruleFieldUnknown', 'dueCommandClosed'].map(
      (name) => checkFiles([read(`${name}.v1.json`)], officeCatalogue).faults[0]?.message ?? '',
    );
    const culprits = ['require', 'constructor', 'approved', 'returns', 'APPROVE'];
    culprits.forEach((culprit, index) => {
      expect(messages[index]).to.include(culprit);
    });
  });

  it('stops walking a definition with more configurations than can be checked', () => {
    // given a machine that never comes to the same place twice
    const tree = treeOf(modelOf('note').definition);
    let count = 0;
    const endless: Machine = {
      tree,
      initial: { state: 'drafting', history: {}, ended: false, moves: [] },
      step: () => {
        count += 1;
        return { state: 'drafting', history: { h: [`n${count}`] }, ended: false, moves: [] };
      },
    };
    // when it is walked, then the walk ends with one fault
    const { faults, configurations } = explore(endless);
    expect(faults.map(({ code }) => code)).to.deep.equal(['tooManyConfigurations']);
    expect(configurations.size).to.equal(20_000);
  });
});

function fileOf(name: string): string {
  return name.endsWith('.txt') ? name : `${name}.v1.json`;
}
