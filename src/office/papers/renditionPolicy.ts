import type { JsonObject } from '../../engine/json.js';

/** The kinds of prints; see the port of renditions for what each is. */
export type PrintMode = 'draft' | 'prepared' | 'signed' | 'sealed' | 'sheet';

/** Who may see a print, and when. Every part of a rule must hold. */
export interface PrintRule {
  /** Paths of states; the instance is in one of them. Null: in any. */
  readonly states: readonly string[] | null;
  /** The context field that must name the print's hash; null for prints that no field names. */
  readonly named: string | null;
  /** `readers`: everybody who may read the instance. Else those who play one of the roles, or hold one of the posts. */
  readonly to: 'readers' | Circle;
  /** Only in a role of one's own: what is lent by a delegation does not count. */
  readonly ownOnly?: true;
}

/** How a paper stands towards everybody. */
export type PublicStanding = 'issued' | 'inForce' | 'closed' | 'withdrawn' | 'replaced' | 'voided';

/** Holders of a post count whether they play a role in this paper or not. */
export interface Circle {
  readonly roles: readonly string[];
  readonly posts?: readonly string[];
}

export interface PrintPolicy {
  readonly prints: Readonly<Record<PrintMode, readonly PrintRule[]>>;
  /** What may be told of a paper in public, by the state it is in. A state that is not here is nobody's business. */
  readonly public: Readonly<Record<string, PublicStanding>>;
  /** States in which a paper is void; that is told only of one that was void after it had been told of in public. */
  readonly voided?: readonly string[];
  /** Who reads how the paper came about. Other readers got it when it was out, and read what happened since. Absent: every reader. */
  readonly house?: Circle;
}

const SIGNERS = ['signatory', 'chair', 'orderSigner'];
/** From here on a paper is out: whoever may read it gets what was issued. */
const OUT: Readonly<Record<string, PublicStanding>> = {
  '/issued': 'issued',
  '/inForce': 'inForce',
  '/closed': 'closed',
  '/withdrawn': 'withdrawn',
  '/replaced': 'replaced',
};

const none: PrintPolicy = {
  prints: { draft: [{ states: null, named: null, to: 'readers' }], prepared: [], signed: [], sealed: [], sheet: [] },
  public: {},
};

/** Everybody who has to do with a paper, and the posts that read everything: all its readers but the recipients. */
const HOUSE: Circle = {
  roles: ['drafter', 'unitHead', 'formChecker', ...SIGNERS, 'voter', 'clerk', 'consolidator'],
  posts: ['chair', 'deputyChair', 'formChecker', 'clerk', 'consolidator', 'auditor'],
};

/** By the id of a definition. */
const policies: Readonly<Record<string, PrintPolicy>> = {
  document: {
    prints: {
      // What was struck out before it was signed is nobody's outside.
      draft: [{ states: null, named: null, to: HOUSE }],
      // It looks like the signed paper and is not: for those who may sign, and only until it is signed.
      prepared: [{ states: ['/signing/prepared'], named: 'prepared', to: { roles: SIGNERS }, ownOnly: true }],
      // The picture of the seal stands on it, the seal does not.
      signed: [{ states: ['/signed', '/voided'], named: 'signedFile', to: { roles: [...SIGNERS, 'clerk'] } }],
      sealed: [
        { states: ['/sealed', '/voided'], named: 'sealedFile', to: { roles: [...SIGNERS, 'clerk'] } },
        { states: Object.keys(OUT), named: 'sealedFile', to: 'readers' },
      ],
      // Opinions within the house: recipients of the paper read it, not these.
      sheet: [
        {
          states: null,
          named: null,
          to: { roles: ['drafter', 'unitHead', 'formChecker', ...SIGNERS, 'clerk'], posts: ['auditor'] },
        },
      ],
    },
    public: OUT,
    voided: ['/voided'],
    house: HOUSE,
  },
};

/** The policy of a definition. One without a policy shows its readers drafts, and nothing else to anybody. */
export function printPolicyOf(definition: string): PrintPolicy {
  return Object.hasOwn(policies, definition) ? (policies[definition] as PrintPolicy) : none;
}

/** A definition and the names that its policy relies on; a test holds them against the definition. */
export const printPolicies: readonly (readonly [string, PrintPolicy])[] = Object.entries(policies);

export interface PrintAsk {
  readonly definition: string;
  readonly mode: PrintMode;
  readonly hash: string;
  readonly context: JsonObject;
  /** Paths of the states the instance is in. */
  readonly paths: readonly string[];
  readonly plays: (role: string, ownOnly: boolean) => boolean;
  readonly holds: (post: string) => boolean;
}

/** Whether somebody who reads an instance may see one of its prints. Bytes that the context does not name are orphans: never. */
export function maySeePrint(ask: PrintAsk): boolean {
  return printPolicyOf(ask.definition).prints[ask.mode].some((rule) => {
    if (rule.states !== null && !rule.states.some((path) => ask.paths.includes(path))) return false;
    if (rule.named !== null && ask.context[rule.named] !== ask.hash) return false;
    return rule.to === 'readers' || isIn(rule.to, ask, rule.ownOnly === true);
  });
}

type Standing = Pick<PrintAsk, 'plays' | 'holds'>;

function isIn({ roles, posts = [] }: Circle, { plays, holds }: Standing, ownOnly: boolean): boolean {
  return roles.some((role) => plays(role, ownOnly)) || posts.some((post) => holds(post));
}

/** Whether a reader of an instance may read how it came about: its entries from before it was out, with the opinions in them. */
export function readsWork(definition: string, standing: Standing): boolean {
  const { house } = printPolicyOf(definition);
  return house === undefined || isIn(house, standing, false);
}

/** How a paper in these states stands in public; null while it is nobody's business. */
export function publicStanding(definition: string, paths: readonly string[]): PublicStanding | null {
  const told = printPolicyOf(definition).public;
  for (const path of paths) if (Object.hasOwn(told, path)) return told[path] ?? null;
  return null;
}

/** Whether these are the states of a paper that is void: the state before tells whether anybody outside ever had it. */
export function isVoided(definition: string, paths: readonly string[]): boolean {
  return (printPolicyOf(definition).voided ?? []).some((path) => paths.includes(path));
}

/** Fields that tell how a paper came about: not for those who only received it. */
export const workFields: ReadonlySet<string> = new Set([
  'editors',
  'approvers',
  'contentApprovedBy',
  'formApprovedBy',
  'formFindings',
  'returned',
  'preparedBy',
  'signedFile',
  'voters',
  'ballot',
  'votedContent',
  'consulted',
  'consultations',
  'urged',
  'timesUrged',
  'rollup',
  'rollupKept',
  'outdated',
]);
