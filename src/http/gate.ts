import type { Request } from 'express';
import type { Identity } from '../commands/application.js';
import type { InstanceView } from '../commands/ports.js';
import { TrinhkyError } from '../errors.js';
import { type Directory, indexOf } from '../office/organisation/directory.js';
import { lapseInTime, nearestLapse } from '../office/organisation/lapsed.js';
import { mayRead, type Reader, readableOf, readerOf } from '../office/organisation/visibility.js';
import { endOfDay } from '../office/time/clock.js';
import type { Edge, Policy, SignedCall } from './edge.js';
import { namesFor } from './names.js';
import { RefusedError } from './problem.js';

const bearerCharsMax = 300;
const BEARER = /^Bearer ([\x21-\x7e]+)$/i;

/** The API token of a request; null where it bears none. Tokens are taken from nowhere else, least of all the address. */
export function bearerOf(request: Request): string | null {
  const header = request.headers.authorization;
  if (header === undefined) return null;
  const token = header.length <= bearerCharsMax ? BEARER.exec(header)?.[1] : undefined;
  if (token === undefined) throw new TrinhkyError('signInNeeded');
  return token;
}

/** A person at this instant, or `signInNeeded` where the account is disabled or gone: what was granted before counts for nothing. */
export async function standing(edge: Edge, identity: Identity): Promise<{ directory: Directory; reader: Reader; now: string }> {
  const { deps } = edge.app;
  const now = deps.clock.now();
  const directory = await deps.store.directory.snapshot(identity.authority);
  if (indexOf(directory).person.get(identity.person)?.disabled !== false) throw new TrinhkyError('signInNeeded');
  return { directory, reader: readerOf(directory, identity.person, now), now };
}

/** Throws `notAllowed` for a policy about posts that the reader does not meet; other policies pass. */
export async function requirePosts(call: SignedCall, policy: Policy): Promise<void> {
  if (typeof policy === 'string') return;
  const { reader } = call;
  const allowed =
    'administers' in policy
      ? reader.administers
      : 'audits' in policy
        ? reader.administers || holdsPost(reader, 'auditor')
        : 'readsAll' in policy
          ? reader.readsAll
          : true;
  if (allowed) return;
  await denied(call, 'routeDenied', null);
  throw new TrinhkyError('notAllowed');
}

export function holdsPost(reader: Reader, post: string): boolean {
  return reader.keys.some((key) => key.startsWith('post:') && key.endsWith(`/${post}`));
}

/** The instance where the caller may read it; else `notFound`, audited, and the same whether it exists or not. */
export async function requireReadable(call: SignedCall, id: string): Promise<InstanceView> {
  const view = await call.edge.app.deps.store.instances.view(call.identity.authority, id);
  if (view !== null && reads(call.reader, view)) {
    await call.edge.app.deps.models.learn(view.instance.definition);
    return view;
  }
  await denied(call, 'readDenied', id);
  throw (view === null ? null : await lentUntilNow(call, view)) ?? new TrinhkyError('notFound');
}

/**
 * Who sends what stood open before him, after a delegation by which he could read exactly this was taken back or came to its end, is told
 * so. Null for everybody else, and for whoever only asks: what happened since is none of his business.
 */
async function lentUntilNow(call: SignedCall, view: InstanceView): Promise<RefusedError | null> {
  if (call.request.method === 'GET' || call.request.method === 'HEAD') return null;
  const { directory, identity, now } = call;
  const lapses = (indexOf(directory).delegationsTo.get(identity.person) ?? []).flatMap((one) => {
    const lapse = lapseInTime(one, now);
    const end = lapse?.reason === 'revoked' ? one.revokedAt : lapse?.reason === 'over' ? endOfDay(one.to) : null;
    if (lapse === null || end === null || view.since > end) return [];
    const before = readerOf(directory, identity.person, new Date(Date.parse(end) - 1).toISOString());
    const lent = before.lent.filter(({ delegation }) => delegation === one.id);
    const could = reads({ ...before, keys: [], signings: [], readsAll: false, lent }, view);
    return could ? [{ ...lapse, person: one.delegator }] : [];
  });
  const nearest = nearestLapse(lapses);
  if (nearest === undefined) return null;
  const { models } = call.edge.app.deps;
  await models.learn(view.instance.definition);
  const names = namesFor(call.language, directory, models.pinned(view.instance.definition), now);
  return new RefusedError({ blockers: [{ code: 'delegationLapsed', params: { ...nearest } }] }, names);
}

export function reads(reader: Reader, view: InstanceView): boolean {
  return mayRead(reader, readableOf(view.instance, view.readers));
}

const subjectCharsMax = 120;

async function denied(call: SignedCall, kind: string, subject: string | null): Promise<void> {
  await audit(call, kind, subject === null ? null : subject.replace(/[^\w.:/-]/g, '?').slice(0, subjectCharsMax), {});
}

/** Appends to the audit who did what from where. When that fails, the answer fails. */
export async function audit(
  call: Pick<SignedCall, 'edge' | 'identity' | 'now' | 'request'>,
  kind: string,
  subject: string | null,
  details: Readonly<Record<string, string | number | null>>,
): Promise<void> {
  await call.edge.app.deps.store.audit.append({
    authority: call.identity.authority,
    at: call.now,
    actor: call.identity.person,
    kind,
    subject,
    // The pattern of the route, never the address: what a caller wrote has no place in the log.
    details: { ...details, method: call.request.method, route: routeOf(call.request), address: call.request.ip ?? null },
  });
}

function routeOf(request: Request): string {
  const { path } = (request.route ?? {}) as { path?: unknown };
  return typeof path === 'string' ? path : '';
}
