/**
 * Every fault and refusal that trinhky can show, by its stable code. The sentences stand in `locales/vi.json` and
 * `locales/en.json` under `errors.<code>` as `{sentence, todo}`; README lists each code, and a test compares the three.
 * `status` is what the HTTP edge answers; inside, nothing knows of HTTP.
 */
export const errorCatalogue = {
  // the caller's input
  bodyInvalid: { status: 400 },
  inputInvalid: { status: 400 },
  textNotAllowed: { status: 400 },
  bodyTooLarge: { status: 413 },
  notJson: { status: 415 },
  keyMissing: { status: 400 },
  keyReused: { status: 422 },
  contextInvalid: { status: 422 },
  fileTooLarge: { status: 413 },
  fileTypeRefused: { status: 415 },
  fileEncrypted: { status: 422 },
  fileHostile: { status: 422 },
  fileUnreadable: { status: 422 },
  fileWithoutText: { status: 422 },
  fileEncodingOld: { status: 422 },
  fileNameInvalid: { status: 400 },
  uploadInvalid: { status: 400 },
  uploadsTooMany: { status: 429 },
  secretRefused: { status: 422 },
  registerTooLong: { status: 422 },
  // who is asking
  signInNeeded: { status: 401 },
  signInFailed: { status: 401 },
  tooManyTries: { status: 429 },
  csrfFailed: { status: 403 },
  notAllowed: { status: 403 },
  passwordMustChange: { status: 403 },
  stepUpFailed: { status: 401 },
  // what is asked for
  notFound: { status: 404 },
  methodNotAllowed: { status: 405 },
  revisionMoved: { status: 412 },
  revisionInvalid: { status: 400 },
  // blockers: why a command is refused
  notYours: { status: 403 },
  ended: { status: 409 },
  notPossibleHere: { status: 409 },
  contentMissing: { status: 409 },
  contentNotNamed: { status: 409 },
  contentMoved: { status: 409 },
  mustDiffer: { status: 409 },
  notOfUnit: { status: 409 },
  childrenOpen: { status: 409 },
  noChildren: { status: 409 },
  alreadyOpened: { status: 409 },
  fieldMissing: { status: 409 },
  fieldPresent: { status: 409 },
  preparationNeeded: { status: 409 },
  preparedOnEarlierDay: { status: 409 },
  preparedForOtherContent: { status: 409 },
  preparedByOther: { status: 409 },
  capacityMissing: { status: 409 },
  stepUpNeeded: { status: 401 },
  proofForOther: { status: 409 },
  secondFactorMissing: { status: 403 },
  signatureNeeded: { status: 409 },
  sealNeeded: { status: 409 },
  signingKeyMissing: { status: 409 },
  notAddressed: { status: 409 },
  linkNotInForce: { status: 409 },
  linkTypeWrong: { status: 409 },
  linkedHasDuties: { status: 409 },
  recipientsTooMany: { status: 409 },
  numberNeeded: { status: 409 },
  duplicatePaper: { status: 409 },
  leadUnclear: { status: 409 },
  dueNeeded: { status: 409 },
  duePassed: { status: 409 },
  replyMissing: { status: 409 },
  attachmentUnknown: { status: 409 },
  attachmentMisnamed: { status: 409 },
  attachmentsFull: { status: 409 },
  fileQuarantined: { status: 409 },
  clauseNotReviewed: { status: 409 },
  clauseReviewFaulty: { status: 409 },
  tooEarly: { status: 409 },
  seriesBegun: { status: 409 },
  seriesMoved: { status: 409 },
  visitOver: { status: 409 },
  parentRefuses: { status: 409 },
  paperFaulty: { status: 409 },
  formFaulty: { status: 409 },
  leaderUnknown: { status: 409 },
  leaderSame: { status: 409 },
  suspended: { status: 409 },
  notSuspended: { status: 409 },
  suspensionsTooMany: { status: 409 },
  extensionTooEarly: { status: 409 },
  nobodyAwaited: { status: 409 },
  calendarReplaced: { status: 409 },
  urgedToday: { status: 409 },
  notSucceeded: { status: 409 },
  notOnBallot: { status: 409 },
  alreadyVoted: { status: 409 },
  voteForUnnamed: { status: 409 },
  delegationLapsed: { status: 403 },
  grantLapsed: { status: 403 },
  voteNeeded: { status: 409 },
  voteOpen: { status: 409 },
  panelMembers: { status: 409 },
  inputOther: { status: 409 },
  notYourDecision: { status: 409 },
  personUnknown: { status: 409 },
  consultedNumber: { status: 409 },
  boundReached: { status: 409 },
  remarkMisplaced: { status: 409 },
  lineEnds: { status: 409 },
  // notices by mail
  mailOff: { status: 409 },
  mailAddressTooOften: { status: 429 },
  mailCodeWrong: { status: 403 },
  // delegation
  delegationSelf: { status: 409 },
  delegationDates: { status: 409 },
  delegationCycle: { status: 409 },
  delegationsFull: { status: 409 },
  // definitions
  definitionsFaulty: { status: 500 },
  definitionUnknown: { status: 404 },
  definitionChanged: { status: 409 },
  // the machinery
  busy: { status: 503 },
  databaseAway: { status: 503 },
  pendingFull: { status: 503 },
  databaseMissing: { status: 503 },
  dataFolderInUse: { status: 503 },
  browserMissing: { status: 503 },
  printFailed: { status: 503 },
  printTooSlow: { status: 503 },
  signingFailed: { status: 503 },
  configurationInvalid: { status: 500 },
  readingFailed: { status: 422 },
  internal: { status: 500 },
} as const satisfies Record<string, { status: number }>;

export type ErrorCode = keyof typeof errorCatalogue;

/** A fault with a stable code and the parameters of its sentence. Expected outcomes are values, never thrown. */
export class TrinhkyError extends Error {
  readonly code: ErrorCode;
  readonly params: Readonly<Record<string, unknown>>;

  constructor(code: ErrorCode, params: Readonly<Record<string, unknown>> = {}, options?: { cause?: unknown }) {
    super(`${code} ${JSON.stringify(params)}`, options);
    this.name = 'TrinhkyError';
    this.code = code;
    this.params = params;
  }

  get status(): number {
    return errorCatalogue[this.code].status;
  }
}
