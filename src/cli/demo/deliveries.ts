import { done, fieldOf, type Stage, settle } from './stage.js';

const deliveriesMax = 500;

/** Every unit that got the paper acknowledges it, reads it; how many did is told. */
export async function acknowledge(stage: Stage, paper: string): Promise<void> {
  const { app, desk, world } = stage;
  const deliveries = await app.deps.store.instances.childrenOf(world.authority, paper, 'delivery', deliveriesMax);
  let count = 0;
  for (const delivery of deliveries) {
    const head = world.headOf(fieldOf(delivery, 'unit'));
    if (head === '') continue;
    await desk.act(head, delivery.id, 'ACKNOWLEDGE');
    await desk.act(head, delivery.id, 'READ');
    count += 1;
  }
  await settle(stage);
  done(stage, 'acknowledged', { count });
}
