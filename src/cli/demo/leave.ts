import { giveDelegation, revokeDelegation } from '../../commands/delegations.js';
import { delegationHolds } from '../../office/organisation/delegations.js';
import type { Delegation } from '../../office/organisation/directory.js';
import { addDays } from '../../office/time/clock.js';
import { done, type Stage } from './stage.js';
import { delegatedIn } from './told.js';

const leaveDays = 10;

/** The head of the drafting unit goes away and lends his processing of papers to his deputy, as anybody does on the page. */
export async function headOnLeave({ app, time, world }: Stage): Promise<Delegation> {
  const { authority, cast } = world;
  return giveDelegation(app.deps, {
    authority,
    actor: cast.head,
    delegator: cast.head,
    delegate: cast.deputyHead,
    definitions: ['document'],
    types: null,
    commands: null,
    from: time.today(),
    to: addDays(time.today(), leaveDays),
    reason: 'Dữ liệu ví dụ: trưởng phòng nghỉ phép.',
    key: 'demo-leave',
  });
}

/** He is back and takes it back; told is what was done by it meanwhile. */
export async function headIsBack(stage: Stage, { id }: Delegation, paper: string): Promise<void> {
  const { app, world } = stage;
  const held = await app.deps.store.instances.load(world.authority, paper);
  if (held !== null) done(stage, 'delegated', await delegatedIn(stage, held.instance, 'APPROVE_CONTENT'));
  await revokeDelegation(app.deps, { authority: world.authority, actor: world.cast.head, id });
}

/** Who approves in the drafting unit today: the head, or whoever stands in for him. */
export async function approverOf({ app, world }: Stage): Promise<string> {
  const directory = await app.deps.store.directory.snapshot(world.authority);
  const now = app.deps.clock.now();
  const lent = directory.delegations.find((one) => one.delegator === world.cast.head && delegationHolds(directory, one, now));
  return lent?.delegate ?? world.cast.head;
}
