import { expect } from 'chai';
import type { Json } from '../../../src/engine/json.js';
import { TrinhkyError } from '../../../src/errors.js';
import { reportContentOf, sectionCharsMax } from '../../../src/office/papers/reportContent.js';

const sound = { sections: [{ clause: 'II.1', text: 'Đã làm.' }], figures: { 'Số lớp': 2.5 } };

function pathOf(value: Json): unknown {
  try {
    reportContentOf(value);
  } catch (error) {
    return error instanceof TrinhkyError && error.code === 'inputInvalid' ? error.params['path'] : error;
  }
  return null;
}

describe('office/reportContent: what a unit reports', () => {
  it('takes sections and figures, and nothing beside them', () => {
    expect(reportContentOf({ ...sound, more: 1 })).to.deep.equal(sound);
  });

  const wrong: readonly (readonly [string, Json, string])[] = [
    ['no object', [], ''],
    ['no sections', { figures: {} }, '/sections'],
    ['a section without text', { ...sound, sections: [{ clause: 'II.1', text: '' }] }, '/sections/0/text'],
    [
      'a section that is too long',
      { ...sound, sections: [{ clause: 'II.1', text: 'x'.repeat(sectionCharsMax + 1) }] },
      '/sections/0/text',
    ],
    ['a figure in words', { ...sound, figures: { 'Số lớp': 'hai' } }, '/figures/Số lớp'],
    ['a negative figure', { ...sound, figures: { 'Số lớp': -1 } }, '/figures/Số lớp'],
  ];
  for (const [name, value, path] of wrong) {
    it(`refuses ${name} with its place`, () => expect(pathOf(value)).to.equal(path));
  }
});
