import { STATUS_CODES } from 'node:http';
import type { Outcome } from '../commands/ask.js';
import type { Blocker } from '../commands/look.js';
import { errorCatalogue, TrinhkyError } from '../errors.js';
import { faultLabel, isErrorCode, type Language, sentence } from '../locales/sentences.js';
import { bodyBytesMax } from './body.js';
import { type Names, type ToldBlocker, tell } from './names.js';
import type { explanationBody } from './wayOutWords.js';

type Explained = ReturnType<typeof explanationBody>;

/** A command that was refused, on its way to the one place that answers it. */
export class RefusedError extends Error {
  readonly refusal: { readonly blockers: readonly Blocker[] } & Partial<Extract<Outcome, { kind: 'refused' }>>;
  readonly names: Names;
  /** Who could act and what would open the command, where that was asked for. */
  readonly explanation: Explained | null;

  constructor(refusal: RefusedError['refusal'], names: Names, explanation: Explained | null = null) {
    super(refusal.blockers.map((blocker) => blocker.code).join(' '));
    this.name = 'RefusedError';
    this.refusal = refusal;
    this.names = names;
    this.explanation = explanation;
  }
}

/** A problem document (RFC 9457), with what a program needs to go on and what a person needs to understand. */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly todo: string;
  readonly code: string;
  readonly params: Readonly<Record<string, unknown>>;
  readonly blockers: readonly ToldBlocker[];
  readonly requestId: string;
  readonly revision?: number;
  readonly state?: unknown;
  readonly happened?: readonly unknown[];
  readonly whoCould?: Explained['whoCould'];
  readonly whoCouldNow?: boolean;
  readonly wayOut?: Explained['wayOut'];
}

export const problemMediaType = 'application/problem+json';
const retryAfterSeconds = 2;

/** The problem that a thrown value is. What nobody foresaw is `internal`, and says nothing of itself. */
export function problemOf(thrown: unknown, language: Language, requestId: string): Problem {
  if (thrown instanceof RefusedError) return refusalProblem(thrown, requestId);
  const error = asTrinhkyError(thrown);
  // What the machinery knows of itself (paths, processes) is for the log.
  const params = error.status >= 500 ? {} : error.params;
  // Some rules name one field instead of a list of faults.
  const faults = Array.isArray(params.faults)
    ? params.faults
    : typeof params.field === 'string'
      ? [{ path: `/${params.field}`, message: '' }]
      : [];
  const readableParams = {
    ...params,
    faults: faults.map((fault) => faultLabel(language, fault as { path: string; message: string })),
  };
  const told = sentence(language, error.code, readableParams);
  return {
    ...envelope(error.code, error.status, requestId),
    detail: told.sentence,
    todo: told.todo,
    params,
    blockers: [],
    ...(Array.isArray(params.happened) ? { happened: params.happened } : {}),
    ...(typeof params.revision === 'number' ? { revision: params.revision } : {}),
  };
}

function refusalProblem({ refusal, names, explanation }: RefusedError, requestId: string): Problem {
  const blockers = refusal.blockers.map((blocker) => tell(names, blocker));
  const first = blockers[0] ?? { code: 'internal', sentence: '', todo: '', params: {}, who: [] };
  return {
    ...envelope(first.code, statusOf(first.code), requestId),
    detail: first.sentence,
    todo: first.todo,
    params: first.params,
    blockers,
    ...(refusal.revision === undefined ? {} : { revision: refusal.revision }),
    ...(refusal.state === undefined ? {} : { state: refusal.state }),
    ...(refusal.happened === undefined ? {} : { happened: refusal.happened }),
    ...explanation,
  };
}

function envelope(code: string, status: number, requestId: string) {
  return { type: `urn:trinhky:problem:${code}`, title: STATUS_CODES[status] ?? 'Error', status, code, requestId };
}

/** The id under which a request stands in the log. */
export function requestIdOf(request: object): string {
  const { id } = request as { readonly id?: unknown };
  return typeof id === 'string' ? id : '';
}

/** What the edge answers for a blocker of this code. */
export function statusOf(code: string): number {
  return isErrorCode(code) ? errorCatalogue[code].status : 409;
}

/** Headers that belong to a problem. */
export function problemHeaders(problem: Problem): Readonly<Record<string, string>> {
  const seconds = problem.params.seconds;
  return {
    ...(problem.status === 401 ? { 'WWW-Authenticate': 'Bearer realm="trinhky"' } : {}),
    ...(problem.code === 'tooManyTries' && typeof seconds === 'number' ? { 'Retry-After': String(Math.ceil(seconds)) } : {}),
    ...(problem.status === 503 ? { 'Retry-After': String(retryAfterSeconds) } : {}),
    ...(problem.code === 'methodNotAllowed' ? { Allow: String(problem.params.allowed) } : {}),
  };
}

/** The errors of parsers, router and driver as ours; everything else is `internal` with its cause. */
export function asTrinhkyError(thrown: unknown): TrinhkyError {
  if (thrown instanceof TrinhkyError) return thrown;
  const { type, name, status } = (typeof thrown === 'object' && thrown !== null ? thrown : {}) as {
    type?: unknown;
    name?: unknown;
    status?: unknown;
  };
  if (type === 'entity.too.large') return new TrinhkyError('bodyTooLarge', { bytesMax: bodyBytesMax });
  if (type === 'parameters.too.many') return new TrinhkyError('bodyInvalid', { path: '', reason: 'tooMany' });
  if (type === 'encoding.unsupported' || type === 'charset.unsupported') return new TrinhkyError('notJson');
  if (typeof type === 'string' && /^(entity|request|stream)\./.test(type))
    return new TrinhkyError('bodyInvalid', { path: '', reason: type });
  // A malformed escape in the address names nothing that could exist.
  if (name === 'URIError' || (status === 400 && thrown instanceof Error))
    return new TrinhkyError('bodyInvalid', { path: '', reason: 'address' });
  if (
    typeof name === 'string' &&
    /^Mongo(ServerSelection|Network|NotConnected|Topology|PoolCleared|WaitQueue|ClientClosed)/.test(name)
  ) {
    return new TrinhkyError('databaseAway', {}, { cause: thrown });
  }
  return new TrinhkyError('internal', {}, { cause: thrown });
}
