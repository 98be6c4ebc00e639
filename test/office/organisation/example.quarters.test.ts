import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import { readAuthority } from '../../../src/commands/organisation/loadAuthority.js';
import { capacityFaults } from '../../../src/commands/verifyHistory.js';
import { readEntry } from '../../../src/engine/entry.js';
import type { JsonObject } from '../../../src/engine/json.js';
import { lendingFaultsOf } from '../../../src/office/organisation/lendingFaults.js';
import { documentType } from '../../../src/office/papers/symbols.js';
import { contentOf, firstDraft, preparation } from '../../support/builders.js';
import { given, proofAndFiles, type Story, readEntry as shown, type Told } from '../../support/given.js';
import { plan } from '../../support/papers.js';

const file = readFileSync(new URL('../../../examples/authority.json', import.meta.url), 'utf8');
const example = { ...readAuthority(JSON.parse(file) as JsonObject), revision: 1 };

/** A paper of a unit that lies before whoever signs it, on a day. */
function laidBefore(day: string, context: { type: string; draftingUnit: string; drafter: string; head: string }): Story {
  const { head, ...paper } = context;
  const at = `${day}T02:00:00.000Z`;
  const { superior, name } = example.authority;
  const typeName = documentType(paper.type)?.name.toLocaleUpperCase('vi') ?? '';
  const content = { ...plan, type: paper.type, typeName, symbol: `${paper.type}-UBND`, issuer: { superior, name } };
  const told = (one: Told): Told => ({ ...one, at, directory: example, given: { children: [], content } });
  return given(
    'document',
    [
      told({ do: 'SUBMIT', by: paper.drafter }),
      told({ do: 'APPROVE_CONTENT', by: head }),
      told({ do: 'APPROVE_FORM', by: 'vidu05' }),
    ],
    { context: { ...paper, title: 'Văn bản ví dụ' }, by: paper.drafter, directory: example, at },
  );
}

const ofInternalAffairs = { type: 'KH', draftingUnit: 'noi-vu', drafter: 'vidu10', head: 'vidu08' };
const invitation = { type: 'GM', draftingUnit: 'noi-vu', drafter: 'vidu10', head: 'vidu08' };

/** Who prepares it, in which block and by which decision; `null` where he is refused, with the reason. */
function prepares(story: Story, day: string, by: string) {
  const at = `${day}T02:00:00.000Z`;
  const { decision } = story.when({
    do: 'PREPARE',
    by,
    at,
    directory: example,
    given: { preparation: preparation({ issuedOn: day }) },
  });
  if (decision.kind === 'refused')
    return {
      refused: decision.blockers.map(({ code, params, who }) => ({ code, reason: params.reason ?? null, who: who ?? [] })),
    };
  const { authority, capacity, title, name } = shown(decision).capacity as Record<string, string | null>;
  const basis = (decision.entry.capacity as { basis: { field?: { decision: string }; order?: { decision: string } } }).basis;
  return { lines: [authority, capacity, title, name], by: basis.order?.decision ?? basis.field?.decision ?? null };
}

describe('the example authority', () => {
  it('lends nothing past the law', () => {
    expect(lendingFaultsOf(example)).to.deep.equal([]);
  });

  const deputyA = ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH', 'Người ví dụ 02'];
  const deputyB = ['TM. ỦY BAN NHÂN DÂN', 'KT. CHỦ TỊCH', 'PHÓ CHỦ TỊCH', 'Người ví dụ 03'];
  const twelve = '12/QĐ-UBND (ví dụ)';
  const fortyFive = '45/QĐ-UBND (ví dụ)';
  const cases = [
    ['2026-03-31', 'vidu02', deputyA, twelve, 'vidu03', 'fieldNotBegun'],
    ['2026-04-01', 'vidu03', deputyB, fortyFive, 'vidu02', 'fieldOver'],
    ['2026-06-30', 'vidu03', deputyB, fortyFive, 'vidu02', 'fieldOver'],
    ['2026-07-01', 'vidu02', deputyA, fortyFive, 'vidu03', 'fieldOver'],
  ] as const;
  for (const [day, signer, lines, decision, other, reason] of cases)
    it(`on ${day} ${signer} signs what the division for internal affairs drafts, and ${other} does not`, () => {
      const story = laidBefore(day, ofInternalAffairs);
      expect(prepares(story, day, signer)).to.deep.equal({ lines, by: decision });
      expect(prepares(story, day, other)).to.deep.equal({
        refused: [{ code: 'capacityMissing', reason, who: ['post:ubnd/chair', `person:${signer}`] }],
      });
      // the chairman signs everything, without KT.
      expect(prepares(story, day, 'vidu01')).to.deep.include({
        lines: ['TM. ỦY BAN NHÂN DÂN', null, 'CHỦ TỊCH', 'Người ví dụ 01'],
      });
    });

  it('while he is on leave the head of the office processes for him, and cannot sign by that', () => {
    const day = '2026-05-12';
    expect(prepares(laidBefore(day, ofInternalAffairs), day, 'vidu04')).to.deep.equal({
      refused: [{ code: 'capacityMissing', reason: 'delegationGivesNone', who: [] }],
    });
    const returned = laidBefore(day, ofInternalAffairs)
      .when({ do: 'RETURN', by: 'vidu04', at: `${day}T02:00:00.000Z`, directory: example, input: { reason: 'Chờ ý kiến' } })
      .leadsTo('drafting');
    expect([returned.entry.onBehalfOf, returned.entry.by]).to.deep.equal(['vidu02', 'uq-vidu02-2026-q2']);
  });

  it('the head of the office signs an invitation TL., and so does his deputy under him', () => {
    const day = '2026-02-10';
    const story = laidBefore(day, invitation);
    const regulations = 'Quy chế làm việc kèm theo Quyết định 01/QĐ-UBND (ví dụ)';
    expect(prepares(story, day, 'vidu04')).to.deep.equal({
      lines: [null, 'TL. CHỦ TỊCH', 'CHÁNH VĂN PHÒNG', 'Người ví dụ 04'],
      by: regulations,
    });
    expect(prepares(story, day, 'vidu07')).to.deep.equal({
      lines: ['TL. CHỦ TỊCH', 'KT. CHÁNH VĂN PHÒNG', 'PHÓ CHÁNH VĂN PHÒNG', 'Người ví dụ 07'],
      by: regulations,
    });
    // it waits for whoever holds a grant of the chair when it is looked at, whichever grant that will be
    expect(story.last?.standing.principals).to.deep.equal(['post:ubnd/chair', 'post:ubnd/deputyChair', 'signs:ubnd/chair']);
    // a plan is no matter of theirs
    const other = laidBefore(day, ofInternalAffairs);
    expect(prepares(other, day, 'vidu04')).to.deep.equal({
      refused: [
        { code: 'notYours', reason: null, who: ['post:ubnd/deputyChair', 'post:ubnd/chair'] },
        { code: 'delegationLapsed', reason: 'notBegun', who: [] },
        { code: 'grantLapsed', reason: 'outsideScope', who: [] },
      ],
    });
  });

  it('the chief inspector signs TUQ. the notices that are in the act, in its year', () => {
    const notice = { type: 'TB', draftingUnit: 'van-phong', drafter: 'vidu06', head: 'vidu04' };
    expect(prepares(laidBefore('2026-12-31', notice), '2026-12-31', 'vidu14')).to.deep.equal({
      lines: [null, 'TUQ. CHỦ TỊCH', 'CHÁNH THANH TRA', 'Người ví dụ 14'],
      by: 'Giấy ủy quyền 07/GUQ-UBND (ví dụ)',
    });
    expect(prepares(laidBefore('2027-01-04', notice), '2027-01-04', 'vidu14')).to.have.nested.property(
      'refused[0].code',
      'notYours',
    );
  });

  it('an invitation is signed by order to the end, and its history holds what the block rests on', () => {
    const day = '2026-02-10';
    const at = `${day}T02:00:00.000Z`;
    const block = { authority: null, capacity: 'TL. CHỦ TỊCH', title: 'CHÁNH VĂN PHÒNG', name: 'Người ví dụ 04' };
    const print = contentOf('print 8');
    const brought = {
      ...proofAndFiles({ by: 'vidu04', saw: print }, at),
      preparation: preparation({ issuedOn: day, signature: block }),
    };
    const prepared = laidBefore(day, invitation)
      .when({ do: 'PREPARE', by: 'vidu04', at, directory: example, saw: firstDraft, given: brought })
      .leadsTo({ signing: 'prepared' });
    expect(prepared.next.context.signature).to.deep.equal(block);
    const entry = readEntry(prepared.bytes);
    expect(capacityFaults([entry])).to.deep.equal([]);
    const forged = { ...entry, capacity: { ...(entry.capacity as object), title: 'CHỦ TỊCH' } };
    expect(capacityFaults([forged as typeof entry])).to.deep.equal([{ kind: 'capacity', seq: entry.seq }]);
  });
});
