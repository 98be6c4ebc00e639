import type { Claim, Command, Decision, Facts } from '../../src/engine/command.js';
import { decide } from '../../src/engine/decide.js';
import type { Instance } from '../../src/engine/instance.js';
import type { Json, JsonObject } from '../../src/engine/json.js';
import type { Model } from '../../src/engine/model.js';
import type { Opener } from '../../src/engine/remedy.js';
import { seenHash } from '../../src/office/catalogue/attachments.js';
import { blockOf } from '../../src/office/organisation/capacity.js';
import { type Directory, indexOf, postKey } from '../../src/office/organisation/directory.js';
import { asRead } from '../../src/office/papers/clauseReview.js';
import { clauseSource } from '../../src/office/papers/clauseSource.js';
import type { SignatureBlock } from '../../src/office/papers/paper.js';
import { dayOf } from '../../src/office/time/clock.js';
import { worldAt } from '../../src/office/world.js';
import { appointment, contentOf, delegation, division, grant, preparation } from './builders.js';
import { proofAndFiles } from './given.js';

/** A world in which proposals are really carried out, with nothing of the search's own code. */
export interface Scene {
  readonly directory: Directory;
  readonly instance: Instance;
  readonly now: string;
  readonly given: Facts['given'];
}

export interface Asking {
  readonly command: string;
  readonly actor: string;
  readonly input: JsonObject;
  readonly saw: string | null;
  readonly proven: boolean;
  readonly onBehalfOf?: string | undefined;
}

const cleanFile = { mediaType: 'application/pdf', state: 'clean' };

const MACHINE: ReadonlySet<string> = new Set(['preparationNeeded', 'signatureNeeded', 'sealNeeded', 'numberNeeded']);

/** What is known of the file that an input names: it is stored and clean. */
export function filesOf({ hash }: JsonObject): Facts['given'] {
  return typeof hash === 'string' ? { namedFiles: { [hash]: cleanFile } } : {};
}

/** A command performed as the use case does it: what the machinery makes is made where only that is missing. */
export function performed(model: Model, scene: Scene, asking: Asking): Decision {
  const { instance, now, directory, given } = scene;
  const command: Command = {
    name: asking.command,
    actor: asking.actor,
    input: asking.input,
    key: 'k',
    requestHash: '',
    ...(asking.saw === null ? {} : { saw: asking.saw }),
    ...(asking.onBehalfOf === undefined ? {} : { onBehalfOf: asking.onBehalfOf }),
  };
  const { prepared } = instance.context;
  const { signature, seal, number, proof: _, content: __ } = proofAndFiles({}, now);
  const proof = { person: asking.actor, hashes: [prepared], at: now };
  const read = {
    attachment: cleanFile,
    ...filesOf(asking.input),
    ...(asking.command === 'REVIEW_CLAUSES' ? { clauseReview: reviewOf(instance, given.content) } : {}),
    ...given,
    ...(asking.proven ? { proof } : {}),
  };
  const facts: Facts = { now, world: worldAt(directory, now), given: read };
  const first = decide(model, instance, command, facts);
  if (first.kind === 'accepted' || first.claim === null || !first.blockers.every(({ code }) => MACHINE.has(code))) return first;
  const made = { signature, seal, number, preparation: printFor(instance, first.claim, now) };
  return decide(model, instance, command, { ...facts, given: { ...read, ...made } });
}

function printFor(instance: Instance, claim: Claim, now: string) {
  return preparation({
    issuedOn: dayOf(now),
    preparedContent: instance.content ?? '',
    prepared: contentOf(`print ${instance.revision}`),
    signature: blockOf(claim.capacity) as SignatureBlock,
  });
}

function reviewOf(instance: Instance, content: unknown) {
  const source = clauseSource(instance, content as Json);
  return { review: source === null ? null : (asRead(source) as unknown as Json), content };
}

/** The hash that somebody who reads everything would name. */
export function rightHash(model: Model, instance: Instance, command: string): string | null {
  const wantsPrint = (model.byCommand.get(command) ?? []).some(({ definition }) =>
    definition.requires?.includes('sawPrepared@1'),
  );
  const hash = wantsPrint ? instance.context.prepared : seenHash(instance);
  return typeof hash === 'string' ? hash : null;
}

/** The scene after one change of a proposal; where the change cannot be made, the scene as it was. */
export function carryOut(model: Model, scene: Scene, change: Opener): Scene {
  const { directory, instance } = scene;
  const { type, draftingUnit } = instance.context;
  const bounds = {
    types: typeof type === 'string' ? [type] : null,
    units: typeof draftingUnit === 'string' ? [draftingUnit] : null,
  };
  switch (change.kind) {
    case 'bring':
      return scene;
    case 'appoint':
      return withRecords(scene, {
        appointments: [...directory.appointments, appointment(change.person, change.unit, change.post, { from: change.day })],
      });
    case 'delegate': {
      const { from, to, command, day, lastDay } = change;
      const more = { id: 'new', definitions: [instance.definition.id], commands: [command], from: day, to: lastDay };
      return withRecords(scene, { delegations: [...directory.delegations, delegation(from, to, more)] });
    }
    case 'divide': {
      const held = indexOf(directory).appointmentsAt.get(postKey(change.unit, change.post)) ?? [];
      const own = held.filter(({ person }) => person === change.person).at(-1);
      if (own === undefined) return scene;
      return withRecords(scene, {
        divisions: [...directory.divisions, division(own.id, { id: 'new', ...bounds, from: change.day })],
      });
    }
    case 'grant': {
      const { grantor, grantee, day, lastDay } = change;
      const more = { id: 'new', kind: 'TUQ', grantor, grantee, ...bounds, from: day, to: lastDay } as const;
      return withRecords(scene, { grants: [...directory.grants, grant(more)] });
    }
    case 'endChildren': {
      const children = scene.given.children as readonly { readonly id: string }[];
      const ended = children.map((child) => (change.ids.includes(child.id) ? { ...child, open: false } : child));
      return { ...scene, given: { ...scene.given, children: ended } };
    }
    case 'wait': {
      const later = { ...scene, now: change.until > scene.now ? change.until : scene.now };
      return change.sends === null ? later : stepTaken(model, later, change.sends, 'system', {});
    }
    case 'step':
      return stepTaken(model, scene, change.command, change.by, change.input);
  }
}

function withRecords(scene: Scene, records: Partial<Directory>): Scene {
  return { ...scene, directory: { ...scene.directory, ...records } };
}

function stepTaken(model: Model, scene: Scene, command: string, actor: string, input: JsonObject): Scene {
  const saw = rightHash(model, scene.instance, command);
  const decision = performed(model, scene, { command, actor, input, saw, proven: true });
  if (decision.kind === 'refused') return scene;
  // Whoever brings a text because the old one did not do brings one that does.
  const mended = input.content !== undefined && decision.next.content === input.content ? { content: { text: 'mended' } } : {};
  return { ...scene, instance: decision.next, given: { ...scene.given, ...mended } };
}
