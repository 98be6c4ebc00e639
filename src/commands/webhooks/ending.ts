import { SYSTEM_ACTOR } from '../../engine/definition.js';
import type { Deps } from '../deps.js';
import type { DisabledBy, Subscription } from './ports.js';

/** Ends a subscription on the system's own account, and says so in the audit. Repeatable; audited once. */
export async function endWebhook(
  deps: Pick<Deps, 'store' | 'clock'>,
  authority: string,
  { id, url }: Subscription,
  by: Exclude<DisabledBy, 'administrator'>,
): Promise<void> {
  const at = deps.clock.now();
  if (!(await deps.store.webhooks.disable(authority, id, at, by))) return;
  await deps.store.audit.append({
    authority,
    at,
    actor: SYSTEM_ACTOR,
    kind: 'webhookDisabled',
    subject: id,
    details: { by, host: new URL(url).host },
  });
}
