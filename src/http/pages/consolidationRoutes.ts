import { consolidationPage, consolidationSent } from './consolidation.js';
import type { PageRoute } from './pageRoute.js';
import { reportedPage, sourcesPage } from './sources.js';

/** The pages on which reports are consolidated and on which every number of the paper opens. */
export const consolidationRoutes: readonly PageRoute[] = [
  {
    method: 'get',
    path: '/instances/:id/consolidation',
    policy: { readsInstance: 'id' },
    query: ['done', 'edit', 'merge'],
    handle: consolidationPage,
  },
  { method: 'post', path: '/instances/:id/consolidation', policy: { readsInstance: 'id' }, handle: consolidationSent },
  {
    method: 'get',
    path: '/instances/:id/sources',
    policy: { readsInstance: 'id' },
    query: ['place', 'sentence'],
    handle: sourcesPage,
  },
  {
    method: 'get',
    path: '/instances/:id/reported',
    policy: { readsInstance: 'id' },
    query: ['content'],
    handle: reportedPage,
  },
];
