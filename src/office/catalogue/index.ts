import type { Catalogue } from '../../engine/rules.js';
import { posts } from '../posts.js';
import { effects } from './effects.js';
import { requirements } from './requirements.js';
import { updates } from './updates.js';

/** Everything that a definition may name, for offices. */
export const officeCatalogue: Catalogue = { posts: new Set(Object.keys(posts)), requirements, updates, effects };
