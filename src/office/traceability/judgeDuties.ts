import { type FaultCode, name } from './faults.js';
import { addTo, childKey, type DirectiveAccount, type DutyAccount, holdersOf, type Ledger } from './ledger.js';
import type { DutyLine, LineParent, RecurringLine } from './lines.js';

/** Duties of every kind: each hangs where it says, says the same as its directive, has an owner, and its proof is there. */
export function judgeDuties(ledger: Ledger): void {
  const { duties, recurring } = ledger.tree;
  const parents = new Map<string, DutyLine | RecurringLine>([...duties, ...recurring].map((line) => [line.id, line]));
  const known = new Set([...duties, ...recurring].flatMap(({ id, parent }) => (parent === null ? [id] : [id, childKey(parent)])));
  judgeNamed(ledger, known);
  for (const line of recurring) judgeRecurring(ledger, line, known);
  for (const line of duties) judgeDuty(ledger, line, { parents, known });
}

/** Every unit that a directive names has its duty. */
function judgeNamed(ledger: Ledger, known: ReadonlySet<string>): void {
  const held = new Set<string>();
  for (const line of [...ledger.tree.duties, ...ledger.tree.recurring]) {
    const directive = line.parent?.id ?? line.directive;
    if (line.unit !== null && directive !== null) held.add(`${directive}|${line.unit}`);
  }
  for (const { line, clause } of ledger.directives.values()) {
    for (const unit of new Set([...line.lead, ...line.cooperating])) {
      const parent: LineParent = { id: line.id, kind: 'assignment', key: unit };
      const id = ledger.world.idOf(parent);
      const recurs: LineParent = { ...parent, kind: 'recurring' };
      const names = [childKey(parent), id, childKey(recurs), ledger.world.idOf(recurs)];
      if (names.some((one) => known.has(one)) || held.has(`${line.id}|${unit}`)) continue;
      ledger.missing.add(id);
      // Which of the two it was nobody can say any more: what hangs on either is not named again.
      ledger.missing.add(ledger.world.idOf(recurs));
      name(ledger.faults, 'dutyMissing', line.id, { clause, directive: line.id, unit, duty: id });
    }
  }
}

interface Known {
  readonly parents: ReadonlyMap<string, DutyLine | RecurringLine>;
  readonly known: ReadonlySet<string>;
}

/** The duty or recurring duty on which it hangs: where its record points, and where that leads nowhere, what it says itself. */
function aboveOf({ parent, above }: DutyLine, { parents }: Pick<Known, 'parents'>): string | null {
  if (parent !== null && (parents.has(parent.id) || parent.kind === 'part')) return parent.id;
  return above?.id ?? null;
}

/** More levels there are none: directive, recurring duty, occurrence, part. */
const levelsMax = 4;

/** The directive of a duty: where it hangs, through the duties above it; where that leads nowhere, the one that it names. */
function directiveOf(ledger: Ledger, line: DutyLine, sets: Pick<Known, 'parents'>): DirectiveAccount | null {
  let at: DutyLine | RecurringLine | undefined = line;
  for (let level = 0; at !== undefined && level < levelsMax; level += 1) {
    const directive = ledger.directives.get(at.parent?.id ?? '');
    if (directive !== undefined) return directive;
    at = sets.parents.get('above' in at ? (aboveOf(at, sets) ?? '') : '');
  }
  return ledger.directives.get(line.directive ?? '') ?? null;
}

function judgeDuty(ledger: Ledger, line: DutyLine, sets: Known): void {
  const { faults, missing, directives } = ledger;
  const { id, parent } = line;
  const directive = directiveOf(ledger, line, sets);
  const account: DutyAccount = { line, directive, told: 0, lastReport: null };
  ledger.duties.set(id, account);
  directive?.duties.push(account);
  for (const unit of holdersOf(line)) addTo(ledger.ofUnit, unit, account);
  judgeOwn(ledger, line);
  for (const key of line.parts) judgeBelow(ledger, { id, kind: 'part', key }, sets.known, 'partMissing');
  const above = aboveOf(line, sets);
  if (missing.has(above ?? parent?.id ?? '')) return;
  const astray = (field: string): void =>
    name(faults, 'dutyAstray', id, { duty: id, unit: line.unit ?? '', field, clause: directive?.clause ?? line.clause ?? '' });
  const hangs = above === null ? directives.has(parent?.id ?? '') : parent?.id === above && sets.parents.has(above);
  if (!hangs) astray('parent');
  else if (line.above !== null && line.above.id !== parent?.id) astray(line.above.field);
  if (directive === null) return;
  agree(ledger, line, directive, astray);
  if (above === null) judgeUnit(ledger, line, directive, astray);
}

/** A duty and what hangs below it name the directive, the clause and the plan under which it was opened. */
function agree(
  { tree }: Ledger,
  line: DutyLine | RecurringLine,
  { line: directive, clause, continued }: DirectiveAccount,
  astray: (field: string) => void,
): void {
  if (line.directive !== directive.id) astray('directive');
  if (line.clause !== (continued ? directive.parent?.key : clause)) astray('clause');
  if (line.plan !== (continued ? directive.plan : tree.plan.id)) astray('plan');
}

/** A unit that the directive does not name has no duty of it, unless it was taken back. */
function judgeUnit(
  { faults }: Ledger,
  line: DutyLine,
  { line: directive, clause }: DirectiveAccount,
  astray: (field: string) => void,
): void {
  const named = (unit: string | null | undefined): boolean =>
    unit != null && (directive.lead.includes(unit) || directive.cooperating.includes(unit));
  if (named(line.unit)) return;
  if (named(line.parent?.key)) astray('unit');
  else if (line.open || line.completedOn !== null)
    name(faults, 'dutyUnrecorded', line.id, { duty: line.id, directive: directive.id, unit: line.unit ?? '', clause });
}

function judgeOwn({ faults }: Ledger, line: DutyLine): void {
  const { id, ownerless, evidence, unit } = line;
  if (ownerless !== null) name(faults, 'dutyOwnerless', id, { duty: id, unit: unit ?? '', reason: ownerless });
  for (const piece of evidence)
    if (!piece.found) name(faults, 'evidenceMissing', id, { duty: id, unit: unit ?? '', file: piece.name, content: piece.hash });
}

function judgeBelow(ledger: Ledger, parent: LineParent, known: ReadonlySet<string>, code: FaultCode): void {
  const id = ledger.world.idOf(parent);
  if (known.has(childKey(parent)) || known.has(id)) return;
  ledger.missing.add(id);
  name(ledger.faults, code, parent.id, { duty: parent.id, key: parent.key, child: id });
}

function judgeRecurring(ledger: Ledger, line: RecurringLine, known: ReadonlySet<string>): void {
  const { faults, directives, missing } = ledger;
  const { id, parent, unit } = line;
  for (const key of line.occurrences) judgeBelow(ledger, { id, kind: 'assignment', key }, known, 'occurrenceMissing');
  if (line.ownerless !== null) name(faults, 'dutyOwnerless', id, { duty: id, unit: unit ?? '', reason: line.ownerless });
  if (line.open) name(faults, 'recurringOpen', id, { duty: id, unit: unit ?? '' });
  if (missing.has(parent?.id ?? '')) return;
  const astray = (field: string): void => name(faults, 'recurringAstray', id, { duty: id, unit: unit ?? '', field });
  const directive = directives.get(parent?.id ?? '') ?? directives.get(line.directive ?? '');
  if (directive === undefined || directive.line.id !== parent?.id) astray('parent');
  if (directive === undefined) return;
  agree(ledger, line, directive, astray);
}
