import type { Catalogue } from '../../engine/rules.js';
import { posts } from '../organisation/posts.js';
import { withRemedies } from '../wayOut/remedies.js';
import { attachmentRequirements, attachmentUpdates } from './attachments.js';
import { clauseRequirements, clauseUpdates } from './clauses.js';
import { consolidatingEffects, consolidatingRequirements, consolidatingUpdates } from './consolidating.js';
import { dispatchEffects, dispatchRequirements, dispatchUpdates } from './dispatch.js';
import { dutyRequirements } from './duties.js';
import { dutyEffects } from './dutyEffects.js';
import { evidenceRequirements, evidenceUpdates } from './dutyEvidence.js';
import { dutyUpdates } from './dutyUpdates.js';
import { effects } from './effects.js';
import { formRequirements, formUpdates } from './form.js';
import { incomingEffects, incomingRequirements, incomingUpdates } from './incoming.js';
import { organisationRequirements, organisationUpdates } from './organisation.js';
import { recurringEffects, recurringRequirements, recurringUpdates } from './recurring.js';
import { reportingEffects, reportingRequirements, reportingUpdates } from './reporting.js';
import { requirements } from './requirements.js';
import { routingRequirements, routingUpdates } from './routing.js';
import { signingEffects, signingRequirements, signingUpdates } from './signing.js';
import { suspendingRequirements, suspendingUpdates } from './suspending.js';
import { timeEffects, timeRequirements, timeUpdates } from './time.js';
import { tracingEffects, tracingRequirements, tracingUpdates } from './tracing.js';
import { updates } from './updates.js';

/** Everything that a definition may name, for offices. */
export const officeCatalogue: Catalogue = {
  posts: new Set(Object.keys(posts)),
  requirements: withRemedies({
    ...requirements,
    ...dispatchRequirements,
    ...signingRequirements,
    ...incomingRequirements,
    ...attachmentRequirements,
    ...formRequirements,
    ...clauseRequirements,
    ...routingRequirements,
    ...organisationRequirements,
    ...suspendingRequirements,
    ...timeRequirements,
    ...dutyRequirements,
    ...evidenceRequirements,
    ...recurringRequirements,
    ...tracingRequirements,
    ...reportingRequirements,
    ...consolidatingRequirements,
  }),
  updates: {
    ...updates,
    ...dispatchUpdates,
    ...signingUpdates,
    ...incomingUpdates,
    ...attachmentUpdates,
    ...clauseUpdates,
    ...formUpdates,
    ...routingUpdates,
    ...organisationUpdates,
    ...suspendingUpdates,
    ...timeUpdates,
    ...dutyUpdates,
    ...evidenceUpdates,
    ...recurringUpdates,
    ...tracingUpdates,
    ...reportingUpdates,
    ...consolidatingUpdates,
  },
  effects: {
    ...effects,
    ...dispatchEffects,
    ...signingEffects,
    ...incomingEffects,
    ...timeEffects,
    ...dutyEffects,
    ...recurringEffects,
    ...tracingEffects,
    ...reportingEffects,
    ...consolidatingEffects,
  },
};
