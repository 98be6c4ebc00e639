import type { Blocker } from '../../engine/command.js';
import type { Json } from '../../engine/json.js';
import type { EffectKind, Requirement, Update } from '../../engine/rules.js';
import { unknownFields } from './arguments.js';

const block = (code: string, params: Blocker['params'] = {}): Blocker => ({ code, params });

/** How old a proof may be when it is used. */
export const proofMsMax = 300_000;

interface GivenProof {
  readonly person: string;
  readonly hashes: readonly string[];
  readonly at: string;
}

/** The signature of a person, the seal of the agency, and the fresh proof before them. */
export const signingRequirements: Readonly<Record<string, Requirement>> = {
  'freshProof@1': {
    meaning:
      'The actor proved who he is, by password and second factor, for exactly this prepared print, at most five minutes ago.',
    needs: ['proof'],
    check: (_, { facts, command, instance }) => {
      const proof = (facts.given.proof ?? null) as GivenProof | null;
      if (proof === null || proof.person !== command.actor) return block('stepUpNeeded');
      const ageMs = Date.parse(facts.now) - Date.parse(proof.at);
      if (ageMs < 0 || ageMs > proofMsMax) return block('stepUpNeeded');
      const { prepared } = instance.context;
      return typeof prepared === 'string' && proof.hashes.includes(prepared) ? null : block('proofForOther');
    },
  },
  'signed@1': {
    meaning: "The prepared bytes are signed with the actor's own key for this command, before it is judged again.",
    needs: ['signature'],
    check: (_, { facts }) => (facts.given.signature === undefined ? block('signatureNeeded') : null),
  },
  'sealed@1': {
    meaning: "The signed file is sealed with the agency's key for this command, before it is judged again.",
    needs: ['seal'],
    check: (_, { facts }) => (facts.given.seal === undefined ? block('sealNeeded') : null),
  },
};

const SIGNED = ['signedFile', 'signedWith', 'signedAt'] as const;
const SEALED = ['sealedFile', 'sealedWith', 'sealedAt'] as const;

interface GivenSignature {
  readonly file: string;
  readonly certificate: string;
  readonly signedAt: string;
}

function taken(names: readonly [string, string, string], made: GivenSignature): { readonly context: Record<string, Json> } {
  const [file, certificate, at] = names;
  return { context: { [file]: made.file, [certificate]: made.certificate, [at]: made.signedAt } };
}

export const signingUpdates: Readonly<Record<string, Update>> = {
  'takeSignature@1': {
    meaning: 'Records what SIGN made: hash of the signed file, fingerprint of the certificate, instant.',
    checkArg: (_, place) => unknownFields(SIGNED, place),
    writes: () => SIGNED,
    outcome: true,
    apply: (_, { facts }) => taken(SIGNED, facts.given.signature as GivenSignature),
  },
  'takeSeal@1': {
    meaning: 'Records what SEAL made: hash of the sealed file, fingerprint of the certificate, instant.',
    checkArg: (_, place) => unknownFields(SEALED, place),
    writes: () => SEALED,
    apply: (_, { facts }) => taken(SEALED, facts.given.seal as GivenSignature),
  },
};

export const signingEffects: Readonly<Record<string, EffectKind>> = {
  'approvalSheet@1': {
    kind: 'approvalSheet',
    meaning: "Prints the approval sheet (phiếu trình) of the paper and seals it with the agency's key.",
    plan: (_, { next }) => (next.content === null ? [] : [{ params: { content: next.content, revision: next.revision } }]),
  },
};
