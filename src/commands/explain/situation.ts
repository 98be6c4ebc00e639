import type { Acceptance, Claim, Command, Decision, Facts } from '../../engine/command.js';
import { decide } from '../../engine/decide.js';
import { SYSTEM_ACTOR } from '../../engine/definition.js';
import type { Instance } from '../../engine/instance.js';
import { type Json, type JsonObject, sha256 } from '../../engine/json.js';
import { candidates, type Judged, judgeBut, needsOf } from '../../engine/judge.js';
import type { Model } from '../../engine/model.js';
import type { Brought, Opener } from '../../engine/remedy.js';
import type { Transition } from '../../engine/tree.js';
import { seenHash } from '../../office/catalogue/attachments.js';
import { blockOf } from '../../office/organisation/capacity.js';
import type { Directory } from '../../office/organisation/directory.js';
import { matterOf } from '../../office/organisation/grants.js';
import { dayOf } from '../../office/time/clock.js';
import { isRecord, withRecord } from '../../office/wayOut/supposed.js';
import { worldAt } from '../../office/world.js';
import { awaitsOnlyGivers, giverCodes } from '../givers.js';
import { NO_HASH } from './pretend.js';
import { pretendedReview } from './pretendedReview.js';

/** The command that is sought to be opened. What it brings itself is as asked, or, where it is not asked yet, taken to be right. */
export interface Sought {
  readonly command: string;
  readonly actor: string;
  readonly onBehalfOf: string | null;
  /** Null: the person will fill the form rightly. */
  readonly input: JsonObject | null;
  /** The hash that the actor had before the eyes; `right`: the one that is wanted. */
  readonly saw: { readonly hash: string | null } | 'right';
  /** True: a fresh proof of the person will be brought. */
  readonly proven: boolean;
}

/** A world that is supposed: the records, the instance and the hour. Plain data; every change makes another one. */
export interface Situation {
  readonly directory: Directory;
  readonly instance: Instance;
  readonly now: string;
  readonly given: Facts['given'];
  readonly sought: Sought;
}

/** A judge of supposed worlds, which counts what it judges. */
export interface Judge {
  readonly model: Model;
  readonly count: { judgements: number };
}

/** What the machinery makes for a command, as far as rules look at it. The print, the number and the signatures are none. */
const PRETENDED_HASH = sha256('supposed');
/** A file that a person has yet to bring. */
const soundFile = { mediaType: 'application/pdf', state: 'clean' };

function factsAt({ model }: Judge, situation: Situation, { command, actor, proven }: Asked): Facts {
  const { directory, instance, now, given } = situation;
  const reviews = needsOf(model, model.byCommand.get(command) ?? []).includes('clauseReview');
  const made = { file: PRETENDED_HASH, certificate: PRETENDED_HASH, signedAt: now };
  const { prepared } = instance.context;
  const proof = { person: actor, hashes: typeof prepared === 'string' ? [prepared] : [], at: now };
  return {
    now,
    world: worldAt(directory, now),
    given: {
      ...given,
      attachment: given.attachment ?? soundFile,
      namedFiles: { [NO_HASH]: soundFile, ...(given.namedFiles as JsonObject | undefined) },
      number: { number: 1, day: dayOf(now) },
      signature: made,
      seal: made,
      ...(reviews ? { clauseReview: given.clauseReview ?? pretendedReview(instance, given) } : {}),
      ...(proven ? { proof } : {}),
    },
  };
}

function withPreparation(facts: Facts, instance: Instance, claim: Claim): Facts {
  const day = dayOf(facts.now);
  const preparation = {
    series: 'KH',
    number: 1,
    symbol: 'KH-UBND',
    title: instance.context.title ?? '',
    year: Number(day.slice(0, 4)),
    issuedOn: day,
    prepared: PRETENDED_HASH,
    preparedContent: instance.content,
    signature: blockOf(claim.capacity),
    code: 'ABCD-EFGH-JKMN-PQRS',
  };
  return { ...facts, given: { ...facts.given, preparation } };
}

type Asked = Omit<Sought, 'input'>;

/** Who gives a supposed step brings with it what it needs. */
export function askedRightly(command: string, actor: string): Asked {
  return { command, actor, onBehalfOf: null, saw: 'right', proven: true };
}

function commandOf({ model }: Judge, { instance }: Situation, asked: Asked, input: JsonObject): Command {
  const namesPrint = candidates(model, instance, asked.command).some(
    ({ definition }) => definition.requires?.includes('sawPrepared@1') === true,
  );
  const wanted = namesPrint ? instance.context.prepared : seenHash(instance);
  const saw = asked.saw === 'right' ? (typeof wanted === 'string' ? wanted : null) : asked.saw.hash;
  return {
    name: asked.command,
    actor: asked.actor,
    input,
    key: 'supposed',
    requestHash: '',
    ...(asked.onBehalfOf === null ? {} : { onBehalfOf: asked.onBehalfOf }),
    ...(saw === null ? {} : { saw }),
  };
}

/** The decision on a supposed command; what the machinery would make for it is taken as made. */
export function attempt(judging: Judge, situation: Situation, asked: Asked, input: JsonObject): Decision {
  const { model, count } = judging;
  count.judgements += 1;
  const { instance } = situation;
  const command = commandOf(judging, situation, asked, input);
  const facts = factsAt(judging, situation, asked);
  const decision = decide(model, instance, command, facts);
  if (decision.kind === 'accepted' || decision.claim === null || !awaitsOnlyGivers(decision.blockers)) return decision;
  return decide(model, instance, command, withPreparation(facts, instance, decision.claim));
}

/** What stands in the way of a transition for an actor, besides what the machinery makes; with the scope in which it was judged. */
export function judgedAt(judging: Judge, situation: Situation, sought: Asked, transition: Transition, input: JsonObject) {
  judging.count.judgements += 1;
  const command = commandOf(judging, situation, sought, input);
  const facts = factsAt(judging, situation, sought);
  const asked = { instance: situation.instance, command, facts };
  const judged: Judged = judgeBut(giverCodes, judging.model, transition, asked);
  return { ...judged, command, facts };
}

/** Whether the command is open; `pretended` makes up the input where none is asked with. */
export function opensAt(judging: Judge, situation: Situation, pretended: (transition: Transition) => JsonObject): boolean {
  const { instance, sought } = situation;
  if (sought.input !== null) return attempt(judging, situation, sought, sought.input).kind === 'accepted';
  return candidates(judging.model, instance, sought.command).some(
    (transition) =>
      instance.open &&
      (attempt(judging, situation, sought, pretended(transition)).kind === 'accepted' ||
        // As a page shows it: what a form will bring is not asked for yet.
        judgedAt(judging, situation, sought, transition, {}).blockers.length === 0),
  );
}

/** The situation after a change; null where it cannot be made. */
export function applied(judging: Judge, situation: Situation, opener: Opener): Situation | null {
  const { instance, directory, given, sought } = situation;
  if (isRecord(opener)) {
    const record = withRecord(directory, opener, { definition: instance.definition.id, matter: matterOf(instance) });
    return record === null ? null : { ...situation, directory: record };
  }
  switch (opener.kind) {
    case 'bring':
      return { ...situation, sought: broughtRightly(sought, opener.what) };
    case 'endChildren': {
      const ended = new Set(opener.ids);
      const children = (given.children ?? []) as readonly { readonly id: string }[];
      return {
        ...situation,
        given: { ...given, children: children.map((child) => (ended.has(child.id) ? { ...child, open: false } : child)) },
      };
    }
    case 'wait': {
      const later = { ...situation, now: opener.until > situation.now ? opener.until : situation.now };
      return opener.sends === null ? later : stepped(judging, later, askedRightly(opener.sends, SYSTEM_ACTOR), {});
    }
    case 'step':
      return stepped(judging, situation, askedRightly(opener.command, opener.by), opener.input);
  }
}

function broughtRightly(sought: Sought, what: Brought): Sought {
  if (what === 'saw') return { ...sought, saw: 'right' };
  return what === 'proof' ? { ...sought, proven: true } : { ...sought, input: null };
}

function stepped(judging: Judge, situation: Situation, asked: Asked, input: JsonObject): Situation | null {
  const decision = attempt(judging, situation, asked, input);
  if (decision.kind === 'refused') return null;
  return { ...situation, instance: decision.next, given: givenAfter(situation, decision, input) };
}

/** A text that is brought anew is taken to be sound: nothing is known of it yet. */
function givenAfter({ given }: Situation, { entry }: Acceptance, input: JsonObject): Facts['given'] {
  const bringsText: Json | undefined = input.content;
  return bringsText !== undefined && entry.content === bringsText ? { ...given, content: {} } : given;
}
