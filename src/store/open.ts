import type { Accounts, AddressLimiter, SecondFactors, SignInLimiter, Tokens } from '../commands/application.js';
import type { Store } from '../commands/ports.js';
import { makeVerifyLimiter } from './addressLimiter.js';
import { makeAttachmentStore } from './attachments.js';
import { makeAuditStore } from './audit.js';
import { guardedPort } from './away.js';
import { collectionNames } from './collectionNames.js';
import { ensureIndexes } from './collections.js';
import type { Connection } from './connection.js';
import { makeContentStore } from './contents.js';
import { makeDefinitionStore } from './definitions.js';
import { makeDirectoryStore } from './directory.js';
import type { EntryDocument, InstanceDocument, OutboxDocument } from './documents.js';
import { makeTemplateStore } from './dutyTemplates.js';
import { makeFormStore } from './forms.js';
import { makeInstanceStore } from './instances.js';
import { makeMailLedger } from './mails.js';
import { makeNoticeStore } from './notices.js';
import { makeNumberRegister } from './numbers.js';
import { makeOutboxAdmin } from './outboxAdmin.js';
import { type AccountStore, makeAccounts } from './people.js';
import { makePreferenceStore } from './preferences.js';
import { makeProofStore } from './proofs.js';
import { makeRegisterStore } from './registers.js';
import { makeRelayStore } from './relay.js';
import { makeRenditionStore } from './renditions.js';
import { makeSecondFactors } from './secondFactors.js';
import { makeSealer } from './secretsKey.js';
import { makeSessions, type Sessions } from './sessions.js';
import { makeSignInLimiter } from './signInLimiter.js';
import { makeTokens } from './tokens.js';
import { makeWebhookStore } from './webhooks.js';

/** What stands on one database: the use cases' store, and who may come in. Every call is guarded (`databaseAway`). */
export interface OpenStore {
  readonly store: Store;
  readonly accounts: AccountStore & Accounts;
  readonly tokens: Tokens;
  readonly limiter: SignInLimiter;
  readonly sessions: Sessions;
  readonly secondFactors: SecondFactors;
  readonly verifyLimiter: AddressLimiter;
}

export interface OpenOptions {
  /** Seals the secrets of second factors and webhooks; without it none can be made. */
  readonly secretsKey?: Uint8Array | undefined;
  /** For one-time codes; the wall clock unless a test brings its own. */
  readonly wallNowMs?: (() => number) | undefined;
}

/** Puts the store together on a connection, after every index is there. The public door of this folder, beside `connect`. */
export async function openStore(connection: Connection, options: OpenOptions = {}): Promise<OpenStore> {
  await ensureIndexes(connection);
  const instances = connection.collection<InstanceDocument>(collectionNames.instances);
  const entries = connection.collection<EntryDocument>(collectionNames.entries);
  const outbox = connection.collection<OutboxDocument>(collectionNames.outbox);
  const directory = guardedPort(makeDirectoryStore(connection));
  const sessions = makeSessions(connection);
  const tokens = guardedPort(makeTokens(connection));
  const endSessionsOf: Parameters<typeof makeAccounts>[1]['endSessionsOf'] = async (identity) => {
    await sessions.endAllOf(identity);
  };
  const sealer = makeSealer(options.secretsKey ?? null);
  const secondFactors = guardedPort(makeSecondFactors(connection, { sealer, wallNowMs: options.wallNowMs ?? Date.now }));
  const removeSecondFactorOf: Parameters<typeof makeAccounts>[1]['removeSecondFactorOf'] = async (identity) => {
    await secondFactors.remove(identity);
  };
  return {
    store: {
      instances: guardedPort(makeInstanceStore({ instances, entries })),
      relay: guardedPort(makeRelayStore({ instances, entries, outbox, databaseNow: connection.databaseClock() })),
      directory,
      outbox: guardedPort(makeOutboxAdmin(connection)),
      contents: guardedPort(makeContentStore(connection)),
      renditions: guardedPort(makeRenditionStore(connection)),
      numbers: guardedPort(makeNumberRegister(connection)),
      registers: guardedPort(makeRegisterStore(connection)),
      notices: guardedPort(makeNoticeStore(connection)),
      preferences: guardedPort(makePreferenceStore(connection)),
      mails: guardedPort(makeMailLedger(connection)),
      audit: guardedPort(makeAuditStore(connection)),
      definitions: guardedPort(makeDefinitionStore(connection)),
      proofs: guardedPort(makeProofStore(connection)),
      attachments: guardedPort(makeAttachmentStore(connection)),
      webhooks: guardedPort(makeWebhookStore(connection, { sealer })),
      forms: guardedPort(makeFormStore(connection)),
      dutyTemplates: guardedPort(makeTemplateStore(connection)),
    },
    accounts: guardedPort(
      makeAccounts(connection, { directory, endSessionsOf, endTokensOf: tokens.revokeAll, removeSecondFactorOf }),
    ),
    tokens,
    limiter: guardedPort(makeSignInLimiter(connection)),
    sessions,
    secondFactors,
    verifyLimiter: guardedPort(makeVerifyLimiter(connection)),
  };
}
