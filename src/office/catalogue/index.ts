import type { Catalogue } from '../../engine/rules.js';
import { posts } from '../posts.js';
import { effects } from './effects.js';
import { requirements } from './requirements.js';
import { signingRequirements, signingUpdates } from './signing.js';
import { updates } from './updates.js';

/** Everything that a definition may name, for offices. */
export const officeCatalogue: Catalogue = {
  posts: new Set(Object.keys(posts)),
  requirements: { ...requirements, ...signingRequirements },
  updates: { ...updates, ...signingUpdates },
  effects,
};
