import { access, constants, mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Deps } from '../../commands/deps.js';
import type { Instance } from '../../commands/look.js';
import { verifyHistory } from '../../commands/verifyHistory.js';
import { TrinhkyError } from '../../errors.js';
import { numberAndSymbol } from '../../office/papers/paper.js';
import type { CoverageCounts } from './closing.js';
import type { Provoked } from './desk.js';
import type { WorldNote } from './people.js';
import type { QuarterCounts } from './quarters.js';
import type { IssuedPaper, Stage, Told } from './stage.js';

export interface WrittenPaper extends IssuedPaper {
  readonly numberAndSymbol: string;
  readonly file: string;
  readonly pages: number;
  readonly bytes: number;
  /** Valid signatures; 0 where the verifier finds any fault in the file. */
  readonly signatures: number;
}

/** What the demo did, counted from what is stored. */
export interface Summary {
  readonly plan: {
    readonly instance: string;
    readonly numberAndSymbol: string;
    readonly title: string;
    readonly closed: boolean;
  };
  readonly authority: { readonly id: string; readonly name: string; readonly units: number; readonly people: number };
  readonly instances: Readonly<Record<string, number>>;
  readonly openInstances: number;
  readonly commands: { readonly byPeople: number; readonly bySystem: number; readonly refused: number };
  readonly chains: { readonly checked: number; readonly entries: number; readonly faulty: number };
  readonly provoked: readonly Provoked[];
  readonly quarters: readonly QuarterCounts[];
  /** The matrix of the plan before it was closed. */
  readonly coverage: CoverageCounts;
  readonly papers: readonly WrittenPaper[];
  readonly told: readonly Told[];
  readonly notes: readonly WorldNote[];
  readonly findings: readonly { readonly code: string; readonly text: string }[];
  readonly storyFrom: string;
  readonly storyTo: string;
  readonly durationMs: number;
  readonly dataFolder: string | null;
}

const pageRows = 200;

interface Counted {
  readonly instances: Record<string, number>;
  openInstances: number;
  entries: number;
  bySystem: number;
  faulty: number;
  checked: number;
}

/** Reads every instance of the authority and every entry, and checks every chain. */
export async function countAll(deps: Pick<Deps, 'store'>, authority: string): Promise<Counted> {
  const counted: Counted = { instances: {}, openInstances: 0, entries: 0, bySystem: 0, faulty: 0, checked: 0 };
  const { instances } = deps.store;
  const filter = { authority, anyOf: null };
  for (let after: string | null = null; ; ) {
    const rows = await instances.list({
      filter,
      definition: null,
      parent: null,
      open: null,
      originator: null,
      after,
      limit: pageRows,
    });
    const held = await instances.loadMany(
      authority,
      rows.map((row) => row.id),
    );
    await Promise.all(held.map(({ instance }) => countOne(deps, instance, counted)));
    after = rows.at(-1)?.id ?? null;
    if (rows.length === 0 || after === null) return counted;
  }
}

async function countOne(deps: Pick<Deps, 'store'>, instance: Instance, counted: Counted): Promise<void> {
  const { entries, faults } = await verifyHistory(deps, instance);
  counted.instances[instance.definition.id] = (counted.instances[instance.definition.id] ?? 0) + 1;
  counted.openInstances += instance.open ? 1 : 0;
  counted.entries += entries.length;
  counted.bySystem += entries.filter(({ actor }) => actor === 'system').length;
  counted.faulty += faults.length > 0 ? 1 : 0;
  counted.checked += 1;
}

/** The folder for the papers, tried before the story begins. Throws `inputInvalid` where nothing can be written to it. */
export async function makeOut(out: string): Promise<void> {
  try {
    await mkdir(out, { recursive: true });
    await access(out, constants.W_OK);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new TrinhkyError('inputInvalid', { path: '--out', reason: 'outFolder', folder: out, message }, { cause: error });
  }
}

/** Writes the papers' stored bytes, as they were signed, under the names they were stored with. */
export async function writePapers(
  { app, world }: Stage,
  papers: readonly IssuedPaper[],
  out: string,
): Promise<readonly WrittenPaper[]> {
  const written: WrittenPaper[] = [];
  for (const paper of papers) {
    const { renditions } = app.deps.store;
    const rendition = await renditions.byHash(world.authority, paper.instance, paper.sealed);
    const bytes = await renditions.bytes(world.authority, paper.sealed);
    if (rendition === null || bytes === null) throw new TrinhkyError('contentMissing', { content: paper.sealed });
    const { sound, signatures } = await app.deps.verifier.verify(bytes, world.authority);
    const name = written.some((one) => one.file === join(out, rendition.name))
      ? `${paper.issuedOn}-${rendition.name}`
      : rendition.name;
    const file = join(out, name);
    await writeFile(file, bytes);
    written.push({
      ...paper,
      numberAndSymbol: numberAndSymbol(paper.number, paper.symbol),
      file,
      pages: rendition.pages,
      bytes: bytes.length,
      signatures: sound ? signatures.length : 0,
    });
  }
  return written;
}
