/** What is wrong with a definition, and where. `definitions/` adds the file; all faults are reported at once. */
export interface Fault {
  /** JSON pointer inside the file. */
  readonly pointer: string;
  readonly code: FaultCode;
  readonly message: string;
}

export type FaultCode =
  | 'shape'
  | 'notJson'
  | 'duplicateKey'
  | 'sameVersionTwice'
  | 'changedAfterUse'
  | 'fileName'
  | 'stateName'
  | 'initialUnknown'
  | 'initialIsHistory'
  | 'initialIsFinal'
  | 'regionNotCompound'
  | 'regionHasDone'
  | 'finalHasMore'
  | 'historyMisplaced'
  | 'historyTargetedFromInside'
  | 'targetUnknown'
  | 'domainIsParallel'
  | 'everywhereMoves'
  | 'commandShadowed'
  | 'commandInTwoRegions'
  | 'alternativeUnreachable'
  | 'doneWithoutEnd'
  | 'doneIntoEnd'
  | 'roleUnknown'
  | 'postUnknown'
  | 'fieldUnknown'
  | 'ruleUnknown'
  | 'ruleArgument'
  | 'schemaInvalid'
  | 'dueAmbiguous'
  | 'dueCommandClosed'
  | 'dueLadder'
  | 'panelRole'
  | 'panelBallot'
  | 'panelCommandTaken'
  | 'stateUnreachable'
  | 'stateTrapped'
  | 'tooManyConfigurations';
