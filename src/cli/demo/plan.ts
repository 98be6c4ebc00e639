import type { Instance, Json } from '../../commands/look.js';
import type { Unit } from '../../office/organisation/directory.js';
import type { PaperContent } from '../../office/papers/paper.js';
import { seriesFor } from '../../office/papers/paperSettings.js';
import { acknowledge } from './deliveries.js';
import { doing, done, fieldOf, type IssuedPaper, issuedPaper, type Stage, settle, showRefusal } from './stage.js';
import { tellCapacity, tellWho } from './told.js';

/**
 * The plan from its first draft into force: drafted, reviewed side by side, returned once, reviewed again, prepared, signed,
 * sealed, issued, sent. The story's day must be the drafting day before, and is the day of issue after.
 */
export async function carryPlan(stage: Stage, issuedOn: string): Promise<IssuedPaper> {
  await openRegister(stage, issuedOn);
  const draft = await draftPlan(stage);
  const returned = await firstRound(stage, draft);
  const approved = await secondRound(stage, returned, draft.content ?? '');
  stage.time.to(issuedOn, 9);
  const signed = await signPlan(stage, approved);
  return issuedPaper(await dispatch(stage, signed));
}

/** The register as it stood when the demo's story begins: taken over in mid-year, so that the paper gets its own number. */
async function openRegister({ app, world, reading, paper }: Stage, issuedOn: string): Promise<void> {
  const number = Number(reading.number ?? '1');
  if (number <= 1) return;
  const reason = `Tiếp nhận sổ đăng ký giữa năm: số đã cấp gần nhất là ${number - 1}, theo số ghi trên văn bản.`;
  await app.deps.store.numbers.takeOver(
    world.authority,
    seriesFor(world.directory.authority.papers, paper.type, paper.symbol).id,
    Number(issuedOn.slice(0, 4)),
    number - 1,
    reason,
  );
}

/** A first draft in which two things are missing, so that there is a reason to return it. */
function firstDraft(paper: PaperContent): PaperContent {
  const closing = paper.body.length > 1 ? paper.body.slice(0, -1) : paper.body;
  return { ...paper, body: closing, archive: null };
}

async function draftPlan(stage: Stage): Promise<Instance> {
  const { app, desk, world, paper } = stage;
  doing(stage, 'drafting');
  const content = await app.deps.store.contents.put(world.authority, firstDraft(paper) as unknown as Json);
  const plan = await desk.open({
    definition: 'document',
    context: { drafter: world.cast.drafter, draftingUnit: world.draftingUnit, type: paper.type, title: paper.title },
    content,
    actor: world.cast.drafter,
  });
  // The same click twice, as on a bad line: it is done once.
  const submitted = await desk.repeat({ instance: plan.id, actor: world.cast.drafter, command: 'SUBMIT' });
  await settle(stage);
  done(stage, 'drafted', { unit: world.nameOf(world.draftingUnit) });
  return submitted;
}

async function firstRound(stage: Stage, plan: Instance): Promise<Instance> {
  const { desk, time, world } = stage;
  const { cast } = world;
  const saw = plan.content ?? '';
  doing(stage, 'reviewing');
  time.workingDays(1);
  showRefusal(
    stage,
    await desk.provoke('ownPaper', 'mustDiffer', { instance: plan.id, actor: cast.drafter, command: 'APPROVE_CONTENT', saw }),
  );
  await desk.act(cast.head, plan.id, 'APPROVE_CONTENT', { saw });
  const returned = await desk.act(cast.formChecker, plan.id, 'RETURN', {
    saw,
    input: { reason: 'Phần “Nơi nhận” thiếu dòng lưu; dự thảo thiếu đoạn kết nêu trách nhiệm thi hành. Đề nghị bổ sung.' },
  });
  await settle(stage);
  done(stage, 'returned');
  return returned;
}

async function secondRound(stage: Stage, plan: Instance, seenBefore: string): Promise<Instance> {
  const { app, desk, time, world, paper } = stage;
  const { cast } = world;
  doing(stage, 'reviewing');
  time.to(time.today(), 14);
  const content = await app.deps.store.contents.put(world.authority, paper as unknown as Json);
  await desk.act(cast.drafter, plan.id, 'EDIT', { input: { content } });
  const again = await desk.act(cast.drafter, plan.id, 'SUBMIT');
  time.workingDays(1);
  await tellWho(stage, again, 'APPROVE_CONTENT');
  showRefusal(
    stage,
    await desk.provoke('staleContent', 'contentMoved', {
      instance: plan.id,
      actor: cast.head,
      command: 'APPROVE_CONTENT',
      saw: seenBefore,
    }),
  );
  const approval = { instance: plan.id, command: 'APPROVE_CONTENT', saw: content };
  showRefusal(
    stage,
    await desk.race('twoAtOnce', [
      { ...approval, actor: cast.head },
      { ...approval, actor: cast.deputyHead },
    ]),
  );
  const approved = await desk.act(cast.formChecker, plan.id, 'APPROVE_FORM', { saw: content });
  await settle(stage);
  done(stage, 'approved');
  return approved;
}

async function signPlan(stage: Stage, plan: Instance): Promise<Instance> {
  const { desk, world } = stage;
  doing(stage, 'signing');
  showRefusal(
    stage,
    await desk.provoke('notSignatory', 'notYours', { instance: plan.id, actor: world.cast.drafter, command: 'PREPARE' }),
  );
  const signed = await prepareAndSign(stage, plan.id);
  const { number, symbol } = issuedPaper(signed);
  done(stage, 'signed', {
    number: `${String(number).padStart(2, '0')}/${symbol}`,
    name: stage.reading.signature.name ?? world.cast.signatory,
  });
  await tellCapacity(stage, signed);
  return signed;
}

/** PREPARE takes the number and prints the exact bytes; SIGN names their hash. */
export async function prepareAndSign({ app, desk, world }: Stage, document: string): Promise<Instance> {
  const prepared = await desk.act(world.cast.signatory, document, 'PREPARE');
  const print = fieldOf(prepared, 'prepared');
  // No person sits here to give a password and a code: the demo issues the proof itself, and the proof says so.
  const proof = await app.deps.store.proofs.issue(world.authority, {
    person: world.cast.signatory,
    hashes: [print],
    at: app.deps.clock.now(),
    method: 'demo',
  });
  return desk.act(world.cast.signatory, document, 'SIGN', { saw: print, proof });
}

async function dispatch(stage: Stage, plan: Instance): Promise<Instance> {
  const units = stage.world.directory.units.filter((unit) => unit.parent !== null);
  const sent = await sealAndSend(stage, plan.id, units);
  await settle(stage);
  done(stage, 'sent', { count: units.length });
  await acknowledge(stage, plan.id);
  return sent;
}

/** The clerk's three steps. */
export async function sealAndSend({ desk, world }: Stage, document: string, units: readonly Unit[]): Promise<Instance> {
  await desk.act(world.cast.clerk, document, 'SEAL');
  await desk.act(world.cast.clerk, document, 'ISSUE');
  const recipients = units.map((unit) => ({ name: unit.name, unit: unit.id, purpose: 'để thực hiện' }));
  return desk.act(world.cast.clerk, document, 'SEND', { input: { recipients } });
}
