import type { Claim, Command, Facts } from '../engine/command.js';
import type { Instance } from '../engine/instance.js';
import type { Deps } from './deps.js';

/** A command that is refused by nothing but the lack of something that the machinery makes for it. */
export interface Giving {
  readonly instance: Instance;
  readonly claim: Claim;
  readonly command: Command;
  readonly facts: Facts;
}

/**
 * Makes what a command needs beside its one write: content stored under its own hash, or a number reserved. Repeatable: what a
 * process that died had made is found again, or is an orphan that nobody is served.
 */
export interface Giver {
  /** The name under which requirements and updates find it in `facts.given`. */
  readonly gives: string;
  give(deps: Deps, giving: Giving): Promise<unknown>;
}
