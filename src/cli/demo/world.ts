import type { Appointment, Delegation, Directory, Division, Unit } from '../../office/organisation/directory.js';
import { slugOf } from '../../office/papers/symbols.js';
import { addresseesOf, generalAddressees } from '../../office/reading/addressees.js';
import type { Clause, PlanReading } from '../../office/reading/planReading.js';
import type { WorkingCalendar } from '../../office/time/calendar.js';
import { addDays } from '../../office/time/clock.js';
import { type Cast, makeCrowd, officersOf, rootUnit, signatoryOf, type WorldNote } from './people.js';
import { keyOf, type NamedUnit, namedUnits } from './unitNames.js';

/** An authority made from a paper: its issuer, the units it names, its signatory; everyone else is a marked example. */
export interface World {
  readonly directory: Omit<Directory, 'revision'>;
  readonly authority: string;
  readonly cast: Cast;
  /** The unit through which reports go; it drafts and consolidates. */
  readonly draftingUnit: string;
  /** A unit that does not use the system: the clerk enters what it says. Null where the paper names none that fits. */
  readonly served: string | null;
  /** Units that report each quarter. */
  readonly reporting: readonly string[];
  leadsOf(clause: Pick<Clause, 'units'>): readonly string[];
  cooperatingOf(clause: Pick<Clause, 'units'>): readonly string[];
  nameOf(unit: string): string;
  /** Who acts for a unit: its head, or the clerk for the one that is served. */
  headOf(unit: string): string;
  /** What the paper did not say and the demo chose. */
  readonly notes: readonly WorldNote[];
}

const postTitles: Readonly<Record<NamedUnit['kind'], string>> = {
  ward: 'CHỦ TỊCH',
  division: 'TRƯỞNG PHÒNG',
  office: 'CHÁNH VĂN PHÒNG',
  inspectorate: 'CHÁNH THANH TRA',
  other: 'THỦ TRƯỞNG',
};

/** Builds the authority. The records hold from the year before the paper; nothing is typed by hand for one paper. */
export function worldOf(reading: PlanReading, issuedOn: string, draftedOn: string, calendar: WorkingCalendar): World {
  const named = namedUnits(reading);
  const notes: WorldNote[] = named.guessed.map((name) => ({ key: 'groupGuessed', params: { name } }));
  const { drafting, list } = draftingUnitOf(reading, named.units, notes);
  const from = `${Number(issuedOn.slice(0, 4)) - 1}-01-01`;
  const crowd = makeCrowd(from);
  const signatory = signatoryOf(reading, crowd, notes);
  const cast: Cast = { ...signatory, ...officersOf(crowd, drafting.id, named.units.find((unit) => unit.kind === 'office')?.id) };
  const idsOf = (names: readonly { readonly name: string }[]) => [...new Set(names.flatMap(({ name }) => named.idsOf(name)))];
  const general = idsOf(generalAddressees(reading));
  const everyone = list.map((unit) => unit.id);
  const reporting = firstNonEmpty(general, everyone);
  const served = list.find(({ id: unit, kind }) => kind === 'other' && !reporting.includes(unit))?.id ?? null;
  const own = list.filter((unit) => unit.id !== served);
  const heads = new Map(own.map((unit) => [unit.id, unit.id === drafting.id ? cast.head : crowd.person()]));
  for (const unit of own) crowd.appoint(heads.get(unit.id) ?? '', unit.id, 'head', titleOfHead(unit));
  const leadsOf = (clause: Pick<Clause, 'units'>) => firstNonEmpty(idsOf(addresseesOf(reading, clause)), general, everyone);
  const id = authorityId(reading.issuer.name ?? '');
  return {
    directory: {
      authority: authorityOf(reading, id),
      units: [
        rootOf(reading, from),
        ...list.map((unit) => ({ ...unitOf(unit, from), ...(unit.id === served ? { servedBy: 'clerk' as const } : {}) })),
      ],
      people: crowd.people,
      appointments: crowd.appointments,
      delegations: delegationsOf(cast, draftedOn, issuedOn),
      grants: [],
      divisions: divisionsOf(crowd.appointments),
      successions: [],
      lists: [],
      calendar,
    },
    authority: id,
    cast,
    draftingUnit: drafting.id,
    reporting,
    served,
    leadsOf,
    cooperatingOf(clause) {
      const leads = leadsOf(clause);
      const helpers = clause.units.filter(({ role, name }) => role === 'coordinate' && !/^(?:các|những)\s/iu.test(name));
      return idsOf(helpers).filter((unit) => !leads.includes(unit));
    },
    nameOf: (unit) => list.find((one) => one.id === unit)?.name ?? unit,
    headOf: (unit) => (unit === served ? cast.clerk : (heads.get(unit) ?? '')),
    notes,
  };
}

function firstNonEmpty<T>(...lists: readonly (readonly T[])[]): readonly T[] {
  return lists.find((list) => list.length > 0) ?? [];
}

/** The unit through which reports go, or to which they go; else the first division or office; else one is added. */
function draftingUnitOf(
  reading: PlanReading,
  units: readonly NamedUnit[],
  notes: WorldNote[],
): { drafting: NamedUnit; list: readonly NamedUnit[] } {
  const through = reading.reporting.flatMap((duty) => duty.through ?? []);
  const to = reading.reporting.flatMap((duty) => duty.to ?? []);
  for (const name of [...through, ...to]) {
    const known = units.find((unit) => unit.kind !== 'ward' && keyOf(unit.name) === keyOf(name));
    if (known) return { drafting: known, list: units };
  }
  const fallback = units.find((unit) => unit.kind === 'division') ?? units.find((unit) => unit.kind !== 'ward');
  const drafting = fallback ?? { id: 'van-phong', name: 'Văn phòng', kind: 'office' as const };
  notes.push({ key: 'throughGuessed', params: { name: drafting.name } });
  return { drafting, list: fallback ? units : [...units, drafting] };
}

/** While the paper is drafted the head has two stand-ins, so that the demo can show what a delegation does not lend. */
function delegationsOf(cast: Cast, draftedOn: string, issuedOn: string): Delegation[] {
  return [cast.deputyHead, cast.drafter].map((delegate, index) => ({
    id: `uq-${index + 1}`,
    delegator: cast.head,
    delegate,
    definitions: ['document'],
    types: null,
    commands: null,
    from: draftedOn,
    to: addDays(issuedOn, 1),
    revokedAt: null,
    reason: 'Dữ liệu ví dụ: trưởng phòng đi công tác.',
  }));
}

/** A paper that a deputy has signed says that he was in charge of its matter; of which others, nothing says. */
function divisionsOf(appointments: readonly Appointment[]): Division[] {
  return appointments
    .filter(({ post }) => post === 'deputyChair')
    .map(({ id, from, to }) => ({
      id: `pc-${id}`,
      appointment: id,
      fields: ['Dữ liệu ví dụ: lĩnh vực của văn bản'],
      units: null,
      types: null,
      from,
      to,
      decision: 'Dữ liệu ví dụ: quyết định phân công công tác',
    }));
}

function titleOfHead({ name, kind }: NamedUnit): string {
  const rules: readonly (readonly [RegExp, string])[] = [
    [/^Sở\s|^Trung tâm\s|^Đài\s/u, 'GIÁM ĐỐC'],
    [/^Vụ\s/u, 'VỤ TRƯỞNG'],
    [/^Cục\s/u, 'CỤC TRƯỞNG'],
    [/^(?:Ban|Ban chỉ đạo)\s/u, 'TRƯỞNG BAN'],
  ];
  return rules.find(([pattern]) => pattern.test(name))?.[1] ?? postTitles[kind];
}

function unitOf({ id, name, kind }: NamedUnit, from: string): Unit {
  const initials = name.split(/\s+/).map((word) => word.charAt(0).toUpperCase());
  return { id, name, abbreviation: initials.join(''), kind, parent: rootUnit, validFrom: from, validTo: null };
}

function rootOf(reading: PlanReading, from: string): Unit {
  return {
    id: rootUnit,
    name: reading.issuer.name ?? '',
    abbreviation: abbreviationOf(reading),
    kind: 'committee',
    parent: null,
    validFrom: from,
    validTo: null,
  };
}

function authorityOf(reading: PlanReading, id: string): Directory['authority'] {
  const collective = /^TM\s*\.\s*(.+)$/u.exec(reading.signature.authority ?? '')?.[1] ?? null;
  return {
    id,
    name: reading.issuer.name ?? '',
    superior: reading.issuer.superior,
    place: reading.place ?? '',
    abbreviation: abbreviationOf(reading),
    regime: collective === null ? 'head' : 'collective',
    collectiveName: collective ?? reading.issuer.name ?? '',
    rootUnit,
  };
}

/** What stands after the type in the symbol: `KH-UBND` gives `UBND`. */
export function abbreviationOf(reading: PlanReading): string {
  return reading.symbol?.split('-').slice(1).join('-') || 'UBND';
}

function authorityId(name: string): string {
  const short = name.replace(/(?:ỦY|UỶ) BAN NHÂN DÂN/iu, 'UBND');
  return slugOf(short).slice(0, 31).replace(/-$/, '') || 'demo';
}
