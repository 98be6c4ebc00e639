import { expect } from 'chai';
import type { Json, JsonObject } from '../../src/engine/json.js';
import { attachmentRequirements, attachmentsMax, attachmentUpdates } from '../../src/office/catalogue/attachments.js';
import { fileNameCharsMax, isFileName } from '../../src/office/papers/fileTypes.js';
import { contentOf } from '../support/builders.js';
import { commandOf, factsOf, given } from '../support/given.js';

const story = given('document');
const [first, second] = [contentOf('one'), contentOf('two')];

function scope(
  files: readonly { hash: string; name: string }[] | undefined,
  input: JsonObject,
  facts: Record<string, unknown> = {},
) {
  const context = { ...story.instance.context, ...(files === undefined ? {} : { attachments: files as unknown as Json }) };
  return {
    instance: { ...story.instance, context },
    command: commandOf({ do: 'ATTACH', by: 'drafter', input }),
    claim: { role: 'drafter', onBehalfOf: null, by: 'field:drafter', capacity: null },
    facts: factsOf({ given: facts }),
  };
}
const judged = (name: string, ...around: Parameters<typeof scope>) =>
  attachmentRequirements[name]?.check('attachments', scope(...around))?.code ?? 'met';
const pdf = { mediaType: 'application/pdf', state: 'clean' };

describe('the catalogue of attachments', () => {
  for (const [told, input, facts, files, answer] of [
    ['no input yet', {}, {}, undefined, 'met'],
    ['a hash under which nothing is', { hash: first, name: 'a.pdf' }, { attachment: null }, undefined, 'attachmentUnknown'],
    [
      'a file in quarantine',
      { hash: first, name: 'a.pdf' },
      { attachment: { ...pdf, state: 'quarantined' } },
      undefined,
      'fileQuarantined',
    ],
    ['a PDF as a picture', { hash: first, name: 'a.png' }, { attachment: pdf }, undefined, 'attachmentMisnamed'],
    ['a PDF with a path', { hash: first, name: '../a.pdf' }, { attachment: pdf }, undefined, 'attachmentMisnamed'],
    ['a PDF', { hash: first, name: 'Phụ lục.PDF' }, { attachment: pdf }, undefined, 'met'],
    ['one more than there may be', { hash: first, name: 'a.pdf' }, { attachment: pdf }, full('x'), 'attachmentsFull'],
    ['a new name where all places are taken', { hash: contentOf('x0'), name: 'a.pdf' }, { attachment: pdf }, full('x'), 'met'],
  ] as const) {
    it(`attachmentKnown@1 judges ${told}: ${answer}`, () => {
      expect(judged('attachmentKnown@1', files, input, facts)).to.equal(answer);
    });
  }

  it('attachmentAmong@1 wants the file to be there', () => {
    const files = [{ hash: first, name: 'a.pdf' }];
    expect(judged('attachmentAmong@1', files, { hash: first })).to.equal('met');
    expect(judged('attachmentAmong@1', files, { hash: second })).to.equal('attachmentUnknown');
    expect(judged('attachmentAmong@1', files, {})).to.equal('met');
    expect(judged('attachmentAmong@1', undefined, {})).to.equal('attachmentUnknown');
  });

  it('adds in order, renames in place of the old, and takes out', () => {
    const change = (name: string, ...around: Parameters<typeof scope>) =>
      attachmentUpdates[name]?.apply('attachments', scope(...around), 2).context?.['attachments'];
    const [a, b] = [
      { hash: first, name: 'a.pdf' },
      { hash: second, name: 'b.pdf' },
    ];
    expect(change('addAttachment@1', undefined, a)).to.deep.equal([a]);
    expect(change('addAttachment@1', [a], b)).to.deep.equal([a, b]);
    expect(change('addAttachment@1', [a, b], { ...a, name: 'c.pdf' })).to.deep.equal([b, { ...a, name: 'c.pdf' }]);
    expect(change('removeAttachment@1', [a, b], { hash: first })).to.deep.equal([b]);
    expect(change('removeAttachment@1', [b], { hash: second })).to.equal(undefined);
  });

  it('takes as a name of a file what every file system takes', () => {
    for (const name of ['Kế hoạch 08.docx', 'a.b.pdf', 'ả (1).png', `${'x'.repeat(fileNameCharsMax - 4)}.pdf`])
      expect(isFileName(name), name).to.equal(true);
    for (const name of [
      '.pdf',
      'pdf',
      'a/b.pdf',
      'a\\b.pdf',
      'c:a.pdf',
      ' a.pdf',
      'a.',
      'a.toolong',
      'a\nb.pdf',
      'a".pdf',
      `${'x'.repeat(fileNameCharsMax - 3)}.pdf`,
    ])
      expect(isFileName(name), name).to.equal(false);
  });
});

function full(prefix: string): readonly { hash: string; name: string }[] {
  return Array.from({ length: attachmentsMax }, (_, n) => ({ hash: contentOf(`${prefix}${n}`), name: `${n}.pdf` }));
}
