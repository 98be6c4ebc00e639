import type { Bench } from '../run/bench.js';
import type { Report } from '../run/report.js';
import { bulk } from './bulk.js';
import { command, commandInProcess } from './command.js';
import { history } from './history.js';
import { hot } from './hot.js';
import { instances } from './instances.js';
import { paper } from './paper.js';
import { quarter } from './quarter.js';
import { reform } from './reform.js';
import { refused } from './refused.js';
import { server } from './server.js';
import { storage } from './storage.js';
import { timers } from './timers.js';

/** Every scenario by its name, in the order in which they run. */
export const scenarios: Readonly<Record<string, (bench: Bench) => Promise<readonly Report[]>>> = {
  command,
  commandInProcess,
  refused,
  bulk,
  hot,
  history,
  storage,
  paper,
  server,
  instances,
  timers,
  reform,
  quarter,
};
