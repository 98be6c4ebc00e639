import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { mermaid } from '../../src/definitions/draw.js';
import type { Definition } from '../../src/engine/definition.js';
import { given, modelOf, shipped, type Told } from '../support/given.js';

const note = modelOf('note').definition;

describe('a drawing of a definition', () => {
  it('of `note`, half reviewed, is the golden one', () => {
    const told: readonly Told[] = [
      { do: 'SUBMIT', by: 'drafter' },
      { do: 'APPROVE_FORM', by: 'formChecker' },
    ];
    const golden = readFileSync(new URL('./golden/note.vi.mmd', import.meta.url), 'utf8');
    expect(mermaid(note, { language: 'vi', state: given('note', told).instance.state })).to.equal(golden);
  });

  for (const id of shipped) {
    it(`of ${id} has every state once, and the label of every transition`, () => {
      const { definition, machine } = modelOf(id);
      const text = mermaid(definition, { language: 'vi' });
      for (const { path, parent } of machine.tree.nodes.values()) {
        if (parent === null) continue;
        const named = text.split('\n').filter((line) => new RegExp(` as s${path.replaceAll('/', '_')}( \\{)?$`).test(line));
        expect(named, path).to.have.length(1);
      }
      for (const { definition: transition } of machine.tree.transitions) {
        expect(text).to.include(transition.label?.vi ?? '(no label)');
      }
    });

    it(`of ${id} opens and closes its boxes in turn, in every configuration`, () => {
      const { definition, configurations } = modelOf(id);
      for (const { state } of configurations.values()) {
        const lines = mermaid(definition, { language: 'en', state }).trim().split('\n');
        const depths = lines.map((line) => (line.endsWith('{') ? 1 : line.trim() === '}' ? -1 : 0));
        expect(depths.reduce<number>((sum, depth) => sum + depth, 0)).to.equal(0);
        expect(lines.at(-1)).to.match(/^ {2}class (s_\w+,?)+ active$/);
      }
    });
  }

  it('shows history as H, regions side by side, and marks the leaves that are active', () => {
    const text = mermaid(modelOf('directive').definition, {
      language: 'en',
      state: { active: { work: { execution: 'carried', reporting: 'collecting' } } },
    });
    expect(text).to.include('state "H*" as s_active_resumePoint');
    expect(text).to.include('s_suspended --> s_active_resumePoint : Resume');
    expect(text).to.include('s_active_work --> s_assessing : done');
    expect(text.split('\n').filter((line) => line.trim() === '--')).to.have.length(1);
    expect(text).to.include('class s_active_work_execution_carried,s_active_work_reporting_collecting active');
  });

  it('writes what stays inside a state, and beside a box', () => {
    const text = mermaid(modelOf('report').definition, { language: 'en' });
    expect(text).to.include('s_preparing_drafting : Save the report');
    expect(text).to.include('note right of s_preparing : Report overdue, Correction overdue');
  });

  it('is safe for any label, and for a state that is called like a word of the language', () => {
    const evil = 'a"b; --> [*] : x\n} %% <b> `#quot;` \\ {{y}} note left of é';
    const label = { vi: evil, en: evil };
    const broken: Definition = {
      ...note,
      initial: 'end',
      states: {
        end: { label, on: { GO: { target: 'state', by: ['drafter'], label }, STAY: { by: ['drafter'], label } } },
        state: { label, final: true },
      },
    };
    const lines = mermaid(broken, { language: 'vi' }).split('\n');
    expect(lines).to.have.length(10);
    const marks = lines
      .slice(1, 7)
      .join('')
      .replace(/ as s_\w+| --> |\[\*\]|s_\w+ : |state "|"/g, '');
    expect(marks.replace(/#\d+;/g, '')).not.to.match(/[";<>{}[\]%`\\&:#]/);
    expect(lines[1]).to.equal(
      '  state "a#34;b#59; --#62; #91;*#93; #58; x #125; #37;#37; #60;b#62; #96;#35;quot#59;#96; #92; #123;#123;y#125;#125; note left of é" as s_end',
    );
  });
});
