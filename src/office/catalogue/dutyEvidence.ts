import type { Blocker } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import { isObject, type Json } from '../../engine/json.js';
import type { Requirement, Scope, Update } from '../../engine/rules.js';
import {
  type EvidenceFile,
  type EvidenceRound,
  evidenceOf,
  evidenceRoundsMax,
  figuresFrom,
  filesFrom,
  hashesRestedOn,
} from '../duties/evidence.js';
import { textIn } from '../duties/texts.js';
import { fileTypes, isFileName, kindOfName } from '../papers/fileTypes.js';
import { officeOf } from '../world.js';
import { fieldName, unknownFields, unknownInputs } from './arguments.js';
import { attachmentsMax, filesIn, type GivenAttachment } from './attachments.js';
import type { GivenPaper } from './duties.js';

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });

/** Plans of its own that a unit may attach to one duty. */
export const ownPlansMax = 10;
const findingsToldMax = 10;

/** A unit's own plan (kế hoạch chi tiết): a file by hash, or a paper of its own by id. */
export type OwnPlan =
  | { readonly hash: string; readonly name: string; readonly on: string; readonly by: string }
  | { readonly paper: string; readonly title: string; readonly on: string; readonly by: string };

/** The plans that a unit attached. */
export function ownPlansOf({ context }: Pick<Instance, 'context'>): readonly OwnPlan[] {
  const { ownPlan } = context;
  return Array.isArray(ownPlan) ? (ownPlan.filter(isObject) as unknown as readonly OwnPlan[]) : [];
}

function fileFault({ hash, name }: EvidenceFile, given: Readonly<Record<string, GivenAttachment | null>>): Blocker | null {
  const known = given[hash] ?? null;
  if (known === null) return block('attachmentUnknown', { name });
  if (known.state !== 'clean') return block('fileQuarantined', { name });
  const kind = kindOfName(name);
  const named = isFileName(name) && kind !== null && fileTypes[kind].mediaType === known.mediaType;
  return named ? null : block('attachmentMisnamed', { name });
}

/** The first thing that is wrong with the files of an input, among those that the instance names already. */
function filesFault(files: readonly EvidenceFile[], { instance, facts }: Pick<Scope, 'instance' | 'facts'>): Blocker | null {
  const given = (facts.given.namedFiles ?? {}) as Readonly<Record<string, GivenAttachment | null>>;
  for (const file of files) {
    const fault = fileFault(file, given);
    if (fault !== null) return fault;
  }
  const all = new Set([...filesIn(instance).map(({ hash }) => hash), ...files.map(({ hash }) => hash)]);
  return all.size > attachmentsMax ? block('attachmentsFull', { max: attachmentsMax }) : null;
}

/** The files of an instance with others, each once; the newer name stands. */
function withFiles(instance: Pick<Instance, 'context'>, files: readonly EvidenceFile[]): Json | undefined {
  const kept = filesIn(instance).filter(({ hash }) => !files.some((file) => file.hash === hash));
  const all = [...kept.map(({ hash, name }) => ({ hash, name })), ...files];
  return all.length === 0 ? undefined : (all as unknown as Json);
}

export const evidenceRequirements: Readonly<Record<string, Requirement>> = {
  'evidenceSound@1': {
    meaning:
      'The evidence in the input stands: every file is stored, clean and named as what it is, every figure is a number, and there is room.',
    needs: ['namedFiles'],
    checkArg: (_, place) => [
      ...unknownInputs(['result', 'files', 'figures'], place),
      ...unknownFields(['evidence', 'attachments'], place),
    ],
    check: (_, scope) => {
      const { input } = scope.command;
      if (evidenceOf(scope.instance).length >= evidenceRoundsMax) return block('evidenceFull', { max: evidenceRoundsMax });
      const { findings } = figuresFrom(input.figures);
      if (findings.length > 0)
        return block('figuresUnsound', {
          named: findings
            .map(({ name, typed }) => `${name}: “${typed}”`)
            .slice(0, findingsToldMax)
            .join('; '),
          findings: findings.slice(0, findingsToldMax).map(({ name, typed, fault }) => ({ name, typed, fault })),
        });
      return filesFault(filesFrom(input.files), scope);
    },
  },
  'ownPlanSound@1': {
    meaning:
      'The input names one plan of the unit: a stored, clean file (hash, name), or a paper that exists and that the actor may read.',
    needs: ['namedFiles', 'namedPaper'],
    checkArg: (_, place) => [
      ...unknownInputs(['hash', 'name', 'paper'], place),
      ...unknownFields(['ownPlan', 'attachments'], place),
    ],
    check: (_, scope) => {
      const { hash, name, paper } = scope.command.input;
      if (ownPlansOf(scope.instance).length >= ownPlansMax) return block('ownPlansFull', { max: ownPlansMax });
      const byFile = typeof hash === 'string' && typeof name === 'string';
      if (byFile === (typeof paper === 'string')) return block('ownPlanUnclear');
      if (byFile) return filesFault([{ hash, name }], scope);
      const found = (scope.facts.given.namedPaper as GivenPaper | undefined)?.found === true;
      return found ? null : block('paperNotNamed', { paper: paper ?? null });
    },
  },
  'notRestedOn@1': {
    meaning: "The file of the input (hash) is neither evidence nor the unit's own plan: what was laid before somebody stays.",
    arg: fieldName,
    checkArg: (arg, place) => [...unknownFields([arg as string], place), ...unknownInputs(['hash'], place)],
    check: (arg, { instance, command }) => {
      const { hash } = command.input;
      const rested = hashesRestedOn(instance);
      const files = filesIn(instance, arg as string);
      // Before a file is named: there is one that may go.
      if (typeof hash !== 'string')
        return files.length > 0 && files.every((one) => rested.has(one.hash))
          ? block('evidenceKept', { name: files[0]?.name ?? '' })
          : null;
      const file = files.find((one) => one.hash === hash);
      return file !== undefined && rested.has(file.hash) ? block('evidenceKept', { name: file.name }) : null;
    },
  },
};

export const evidenceUpdates: Readonly<Record<string, Update>> = {
  'takeEvidence@1': {
    meaning: 'Keeps a round of evidence: the words, files and figures of the input, who laid it before whom and when.',
    checkArg: (_, place) => [
      ...unknownInputs(['result', 'files', 'figures'], place),
      ...unknownFields(['evidence', 'attachments'], place),
    ],
    writes: () => ['evidence'],
    apply: (_, { instance, command, facts }) => {
      const rounds = evidenceOf(instance);
      const files = filesFrom(command.input.files);
      const { source } = command.input;
      const round: EvidenceRound = {
        round: (rounds.at(-1)?.round ?? 0) + 1,
        on: officeOf(facts).today,
        by: command.actor,
        result: textIn(command.input, 'result'),
        files,
        figures: figuresFrom(command.input.figures).figures,
        ...(typeof source === 'string' ? { source } : {}),
      };
      return { context: { evidence: [...rounds, round] as unknown as Json, attachments: withFiles(instance, files) } };
    },
  },
  'returnEvidence@1': {
    meaning: 'Keeps with the last round of evidence that it came back, by whom and why.',
    checkArg: (_, place) => [...unknownInputs(['reason'], place), ...unknownFields(['evidence'], place)],
    apply: (_, { instance, command, facts }) => {
      const rounds = evidenceOf(instance);
      const last = rounds.at(-1);
      if (last === undefined) return {};
      const returned = { on: officeOf(facts).today, by: command.actor, reason: textIn(command.input, 'reason') };
      return { context: { evidence: [...rounds.slice(0, -1), { ...last, returned }] as unknown as Json } };
    },
  },
  'takeOwnPlan@1': {
    meaning: "Adds the plan that the input names to the unit's own plans; a file among them can be read where the duty can.",
    checkArg: (_, place) => [
      ...unknownInputs(['hash', 'name', 'paper'], place),
      ...unknownFields(['ownPlan', 'attachments'], place),
    ],
    writes: () => ['ownPlan'],
    apply: (_, { instance, command, facts }) => {
      const { hash, name, paper } = command.input;
      const by = { on: officeOf(facts).today, by: command.actor };
      const before = ownPlansOf(instance);
      if (typeof hash === 'string' && typeof name === 'string') {
        const plans = [...before.filter((one) => !('hash' in one && one.hash === hash)), { hash, name, ...by }];
        return { context: { ownPlan: plans as unknown as Json, attachments: withFiles(instance, [{ hash, name }]) } };
      }
      const title = (facts.given.namedPaper as GivenPaper | undefined)?.title ?? '';
      const plans = [
        ...before.filter((one) => !('paper' in one && one.paper === paper)),
        { paper: textIn(command.input, 'paper'), title, ...by },
      ];
      return { context: { ownPlan: plans as unknown as Json } };
    },
  },
};
