import type { Catalogue } from '../../engine/rules.js';
import { posts } from '../organisation/posts.js';
import { attachmentRequirements, attachmentUpdates } from './attachments.js';
import { clauseRequirements, clauseUpdates } from './clauses.js';
import { dispatchEffects, dispatchRequirements, dispatchUpdates } from './dispatch.js';
import { effects } from './effects.js';
import { formRequirements, formUpdates } from './form.js';
import { incomingEffects, incomingRequirements, incomingUpdates } from './incoming.js';
import { requirements } from './requirements.js';
import { signingEffects, signingRequirements, signingUpdates } from './signing.js';
import { updates } from './updates.js';

/** Everything that a definition may name, for offices. */
export const officeCatalogue: Catalogue = {
  posts: new Set(Object.keys(posts)),
  requirements: {
    ...requirements,
    ...dispatchRequirements,
    ...signingRequirements,
    ...incomingRequirements,
    ...attachmentRequirements,
    ...formRequirements,
    ...clauseRequirements,
  },
  updates: {
    ...updates,
    ...dispatchUpdates,
    ...signingUpdates,
    ...incomingUpdates,
    ...attachmentUpdates,
    ...clauseUpdates,
    ...formUpdates,
  },
  effects: { ...effects, ...dispatchEffects, ...signingEffects, ...incomingEffects },
};
