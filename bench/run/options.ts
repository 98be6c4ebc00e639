import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

export interface Options {
  /** Scenarios to run; empty for all. */
  readonly only: readonly string[];
  readonly rounds: number;
  /** How long each variant works in a round. */
  readonly roundMs: number;
  /** Small counts, to see that everything works. */
  readonly quick: boolean;
  /** Instances of the large database. */
  readonly many: number;
  /** File of the raw figures. */
  readonly out: string;
  readonly built: boolean;
  /** Folder for CPU profiles of the variants, or null. */
  readonly profile: string | null;
}

export const usage = `npm run bench -- [--only NAME ...] [--quick] [--rounds N] [--seconds N] [--many N] [--out FILE] [--profile FOLDER] [--sources]`;

/** The options of a run. Throws an Error that says what is wrong. */
export function readOptions(argv: readonly string[]): Options {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      only: { type: 'string', multiple: true, default: [] },
      quick: { type: 'boolean', default: false },
      rounds: { type: 'string' },
      seconds: { type: 'string' },
      many: { type: 'string' },
      out: { type: 'string', default: 'out/bench.json' },
      profile: { type: 'string' },
      sources: { type: 'boolean', default: false },
    },
  });
  const quick = values.quick;
  return {
    only: [...values.only.flatMap((names) => names.split(',')), ...positionals],
    rounds: count(values.rounds, quick ? 2 : 5),
    roundMs: count(values.seconds, quick ? 1 : 4) * 1_000,
    quick,
    many: count(values.many, quick ? 20_000 : 1_000_000),
    out: resolve(values.out),
    built: !values.sources,
    profile: values.profile === undefined ? null : resolve(values.profile),
  };
}

function count(text: string | undefined, usual: number): number {
  const value = text === undefined ? usual : Number(text);
  if (!Number.isFinite(value) || value <= 0) throw new Error(`"${text}" is no count; ${usage}`);
  return value;
}
