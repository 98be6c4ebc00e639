import type { CoverageInput } from '../../../src/office/traceability/coverage.js';
import type { FaultCode } from '../../../src/office/traceability/faults.js';
import type { LineParent } from '../../../src/office/traceability/lines.js';

type Mutable<T> = T extends readonly (infer I)[]
  ? Mutable<I>[]
  : T extends object
    ? { -readonly [K in keyof T]: Mutable<T[K]> }
    : T;
export type Tree = Mutable<CoverageInput>;

/** How large a tree is; each number is small. */
export interface Shape {
  readonly directives: number;
  readonly noAction: number;
  readonly units: number;
  /** Duties of the first directive that are split in two. */
  readonly split: boolean;
  readonly recurring: boolean;
  readonly periods: number;
  /** The last unit of every period is silent. */
  readonly silent: boolean;
}

export const world = {
  today: '2027-02-01',
  idOf: ({ id, kind, key }: LineParent): string => `${id}>${kind}>${key}`,
};

const PLAN = 'plan';
const hash = (text: string): string => `#${text}`;
const child = (id: string, kind: string, key: string) => ({ id: world.idOf({ id, kind, key }), parent: { id, kind, key } });

/** A year that is told to its end: nothing is missing. */
export function soundTree(shape: Shape): Tree {
  const units = Array.from({ length: shape.units }, (_, at) => `p${at + 1}`);
  const ordered = Array.from({ length: shape.directives }, (_, at) => `II.${at + 1}`);
  const without = Array.from({ length: shape.noAction }, (_, at) => `I.${at + 1}`);
  const tree: Tree = {
    plan: {
      id: PLAN,
      open: true,
      clauses: [...without, ...ordered].map((path) => ({ path, text: `Điều khoản ${path}` })),
      review: { hash: hash('review'), found: true },
      content: { hash: hash('plan'), found: true },
      noAction: without.map((clause) => ({ clause, reason: 'Không giao thành việc riêng.' })),
      opened: [...ordered],
      obligations: shape.periods > 0 ? ['quy'] : [],
      continued: [],
      dropped: [],
    },
    directives: [],
    duties: [],
    recurring: [],
    obligations: [],
    periods: [],
    reports: [],
    papers: [],
  };
  ordered.forEach((clause, at) => {
    addDirective(tree, { clause, units, split: shape.split && at === 0, recurring: shape.recurring && at === 0 });
  });
  if (shape.periods > 0) addPeriods(tree, units, shape);
  return tree;
}

interface DirectiveShape {
  readonly clause: string;
  readonly units: readonly string[];
  readonly split: boolean;
  readonly recurring: boolean;
}

function addDirective(tree: Tree, { clause, units, split, recurring }: DirectiveShape): void {
  const [lead = '', ...cooperating] = units;
  const own = child(PLAN, 'directive', clause);
  tree.directives.push({
    ...own,
    plan: PLAN,
    state: 'signedOff',
    open: false,
    clause,
    title: `Việc của ${clause}`,
    dueOn: '2026-12-31',
    lead: [lead],
    cooperating: [...cooperating],
    grade: 'good',
    assessedBy: 'cons',
    continuedIn: [],
  });
  for (const unit of units) {
    if (recurring && unit === lead) {
      addRecurring(tree, { directive: own.id, clause, unit });
      continue;
    }
    const duty = child(own.id, 'assignment', unit);
    tree.duties.push(dutyOf(duty, { directive: own.id, clause, unit, parts: split ? ['p1', 'p2'] : [] }));
    if (split)
      for (const key of ['p1', 'p2']) {
        const part = child(duty.id, 'part', key);
        tree.duties.push({
          ...dutyOf(part, { directive: own.id, clause, unit, parts: [] }),
          above: { field: 'duty', id: duty.id },
        });
      }
  }
}

interface DutyShape {
  readonly directive: string;
  readonly clause: string;
  readonly unit: string;
  readonly parts: readonly string[];
}

function dutyOf(own: { id: string; parent: LineParent }, { directive, clause, unit, parts }: DutyShape): Tree['duties'][number] {
  return {
    id: own.id,
    parent: { ...own.parent },
    plan: PLAN,
    state: 'confirmed',
    open: false,
    directive,
    clause,
    unit,
    role: 'lead',
    dueOn: '2026-12-31',
    givenOn: '2026-01-10',
    completedOn: '2026-12-20',
    endedOn: '2027-01-15',
    evidence: [{ hash: hash(`${own.id}.pdf`), name: 'minh-chung.pdf', found: true }],
    above: null,
    reassigned: [],
    parts: [...parts],
    ownerless: null,
  };
}

function addRecurring(tree: Tree, { directive, clause, unit }: Omit<DutyShape, 'parts'>): void {
  const own = child(directive, 'recurring', unit);
  tree.recurring.push({
    ...own,
    plan: PLAN,
    state: 'ended',
    open: false,
    directive,
    clause,
    unit,
    occurrences: ['2026-H1'],
    ownerless: null,
  });
  const once = dutyOf(child(own.id, 'assignment', '2026-H1'), { directive, clause, unit, parts: [] });
  tree.duties.push({ ...once, above: { field: 'recurring', id: own.id } });
}

function addPeriods(tree: Tree, units: readonly string[], { periods, silent }: Shape): void {
  const obligation = child(PLAN, 'obligation', 'quy');
  const names = Array.from({ length: periods }, (_, at) => `2026-Q${at + 1}`);
  tree.obligations.push({
    ...obligation,
    plan: PLAN,
    state: 'ended',
    open: false,
    code: 'quy',
    periods: [...names],
    summaries: ['1'],
  });
  const all: { report: string; content: string; found: boolean }[] = [];
  names.forEach((period, at) => {
    const own = child(obligation.id, 'period', period);
    const [from, to] = [`2026-${String(at * 3 + 1).padStart(2, '0')}-01`, `2026-${String(at * 3 + 3).padStart(2, '0')}-30`];
    tree.periods.push({
      ...own,
      plan: PLAN,
      state: 'closed',
      open: false,
      obligation: obligation.id,
      period,
      from,
      to,
      units: [...units],
      papers: ['1'],
    });
    const sources = units.flatMap((unit, index) =>
      addReport(tree, {
        period: own.id,
        name: period,
        obligation: obligation.id,
        unit,
        silent: silent && units.length > 1 && index === units.length - 1,
        on: to.replace('-30', '-31'),
      }),
    );
    all.push(...sources);
    addPaper(tree, child(own.id, 'consolidation', '1'), period, sources);
  });
  addPaper(tree, child(obligation.id, 'summary', '2026-Y/1'), '2026-Y', all);
}

interface ReportShape {
  readonly period: string;
  readonly name: string;
  readonly obligation: string;
  readonly unit: string;
  readonly silent: boolean;
  readonly on: string;
}

function addReport(tree: Tree, shape: ReportShape): { report: string; content: string; found: boolean }[] {
  const { unit, silent } = shape;
  const own = child(shape.period, 'report', unit);
  const content = hash(`${own.id}.json`);
  const duties = tree.duties.filter((duty) => duty.unit === unit && duty.parent?.kind !== 'part');
  tree.reports.push({
    ...own,
    plan: PLAN,
    state: silent ? 'silent' : 'accepted',
    open: false,
    obligation: shape.obligation,
    period: shape.name,
    unit,
    content: silent ? null : content,
    accepted: !silent,
    submittedOn: silent ? null : shape.on,
    sections: silent
      ? null
      : duties.map(({ id, directive, clause }) => ({ assignment: id, directive: directive ?? '', clause: clause ?? '' })),
  });
  return silent ? [] : [{ report: own.id, content, found: true }];
}

function addPaper(
  tree: Tree,
  own: { id: string; parent: LineParent },
  period: string,
  sources: readonly { report: string; content: string; found: boolean }[],
): void {
  tree.papers.push({
    id: own.id,
    parent: { ...own.parent },
    plan: PLAN,
    state: 'closed',
    open: false,
    period,
    title: `Tổng hợp ${period}`,
    number: null,
    content: { hash: hash(own.id), found: true },
    rollup: { hash: hash(`${own.id}.rollup`), found: true },
    sources: sources.map((source) => ({ ...source })),
    unsourced: [],
    clauses: Object.fromEntries(tree.plan.opened.map((clause) => [clause, 2])),
  });
}

/** One link, how it is broken, and the one fault that must name it. */
export interface Break {
  readonly link: string;
  readonly code: FaultCode;
  /** What the fault must say, beside its code. */
  readonly says: Readonly<Record<string, string | number>>;
  readonly apply: (tree: Tree) => void;
}

const other = 'other';

/** Changes fields of one record of the tree. */
function put(record: object | null, fields: Readonly<Record<string, unknown>>): void {
  Object.assign(record ?? {}, fields);
}

/** Every link of a tree, each with one way to break it. */
export function breaksOf(tree: Tree): readonly Break[] {
  return [...planBreaks(tree), ...dutyBreaks(tree), ...periodBreaks(tree), ...reportBreaks(tree), ...paperBreaks(tree)];
}

/** The same line in a copy of the tree. */
const at = <T extends { id: string }>(lines: T[], id: string): T => {
  const found = lines.find((line) => line.id === id);
  if (found === undefined) throw new Error(`no ${id}`);
  return found;
};
const without = <T extends { id: string }>(lines: T[], id: string): void => {
  lines.splice(
    lines.findIndex((line) => line.id === id),
    1,
  );
};

function planBreaks(tree: Tree): readonly Break[] {
  return [
    {
      link: 'plan.review',
      code: 'reviewMissing',
      says: { content: hash('review') },
      apply: (t) => put(t.plan, { review: { hash: hash('review'), found: false } }),
    },
    {
      link: 'plan.content',
      code: 'contentMissing',
      says: { content: hash('plan') },
      apply: (t) => put(t.plan, { content: { hash: hash('plan'), found: false } }),
    },
    ...tree.plan.noAction.map(
      ({ clause }): Break => ({
        link: 'clause-noAction',
        code: 'clauseUnaccounted',
        says: { clause },
        apply: (t) => put(t.plan, { noAction: t.plan.noAction.filter((one) => one.clause !== clause) }),
      }),
    ),
    ...tree.directives.flatMap(({ id, clause }): Break[] => {
      const says = { directive: id, clause: clause ?? '' };
      return [
        { link: 'plan-directive', code: 'directiveMissing', says, apply: (t) => without(t.directives, id) },
        {
          link: 'directive.recorded',
          code: 'directiveUnrecorded',
          says,
          apply: (t) => put(t.plan, { opened: t.plan.opened.filter((one) => one !== clause) }),
        },
        {
          link: 'directive-clause',
          code: 'directiveWithoutClause',
          says: { directive: id, clause: 'IX.9' },
          apply: (t) => put(at(t.directives, id), { clause: 'IX.9' }),
        },
        {
          link: 'clause',
          code: 'directiveWithoutClause',
          says,
          apply: (t) => put(t.plan, { clauses: t.plan.clauses.filter(({ path }) => path !== clause) }),
        },
        {
          link: 'directive-plan',
          code: 'directiveAstray',
          says: { ...says, field: 'plan' },
          apply: (t) => put(at(t.directives, id), { plan: other }),
        },
        {
          link: 'directive-parent',
          code: 'directiveAstray',
          says: { ...says, field: 'parent' },
          apply: (t) => put(at(t.directives, id).parent, { id: other }),
        },
        {
          link: 'directive-signOff',
          code: 'directiveOpen',
          says,
          apply: (t) => void Object.assign(at(t.directives, id), { state: 'assessed', open: true }),
        },
        { link: 'directive-grade', code: 'assessmentMissing', says, apply: (t) => put(at(t.directives, id), { grade: null }) },
        {
          link: 'directive-assessor',
          code: 'assessmentMissing',
          says,
          apply: (t) => put(at(t.directives, id), { assessedBy: null }),
        },
      ];
    }),
  ];
}

function dutyBreaks(tree: Tree): readonly Break[] {
  const recurring = tree.recurring.flatMap(({ id, unit, directive }): Break[] => [
    {
      link: 'directive-recurring',
      code: 'dutyMissing',
      says: { directive: directive ?? '', unit: unit ?? '' },
      apply: (t) => without(t.recurring, id),
    },
    ...(['directive', 'clause', 'plan'] as const).map(
      (field): Break => ({
        link: `recurring.${field}`,
        code: 'recurringAstray',
        says: { duty: id, field },
        apply: (t) => put(at(t.recurring, id), { [field]: other }),
      }),
    ),
    {
      link: 'recurring-parent',
      code: 'recurringAstray',
      says: { duty: id, field: 'parent' },
      apply: (t) => put(at(t.recurring, id).parent, { id: other }),
    },
    { link: 'recurring-end', code: 'recurringOpen', says: { duty: id }, apply: (t) => put(at(t.recurring, id), { open: true }) },
  ]);
  const duties = tree.duties.flatMap(({ id, unit, parent, above, evidence }): Break[] => {
    const code = parent?.kind === 'part' ? 'partMissing' : above === null ? 'dutyMissing' : 'occurrenceMissing';
    const says =
      above === null ? { directive: parent?.id ?? '', unit: unit ?? '' } : { duty: parent?.id ?? '', key: parent?.key ?? '' };
    return [
      { link: code, code, says, apply: (t) => without(t.duties, id) },
      ...(['directive', 'clause', 'plan'] as const).map(
        (field): Break => ({
          link: `duty.${field}`,
          code: 'dutyAstray',
          says: { duty: id, field },
          apply: (t) => put(at(t.duties, id), { [field]: other }),
        }),
      ),
      {
        link: 'duty-parent',
        code: 'dutyAstray',
        says: { duty: id, field: 'parent' },
        apply: (t) => put(at(t.duties, id).parent, { id: other }),
      },
      ...(above === null
        ? []
        : [
            {
              link: 'duty-above',
              code: 'dutyAstray' as const,
              says: { duty: id, field: above.field },
              apply: (t: Tree) => put(at(t.duties, id), { above: { ...above, id: other } }),
            },
          ]),
      {
        link: 'duty-owner',
        code: 'dutyOwnerless',
        says: { duty: id, reason: 'vacant' },
        apply: (t) => put(at(t.duties, id), { ownerless: 'vacant' }),
      },
      ...evidence.map(
        (piece): Break => ({
          link: 'duty-evidence',
          code: 'evidenceMissing',
          says: { duty: id, content: piece.hash },
          apply: (t) => put(at(t.duties, id), { evidence: [{ ...piece, found: false }] }),
        }),
      ),
    ];
  });
  return [...recurring, ...duties];
}

function periodBreaks(tree: Tree): readonly Break[] {
  const obligations = tree.obligations.flatMap(({ id }): Break[] => [
    { link: 'plan-obligation', code: 'obligationMissing', says: { obligation: id }, apply: (t) => without(t.obligations, id) },
    {
      link: 'obligation-plan',
      code: 'obligationAstray',
      says: { obligation: id, field: 'plan' },
      apply: (t) => put(at(t.obligations, id), { plan: other }),
    },
    {
      link: 'obligation-code',
      code: 'obligationAstray',
      says: { obligation: id, field: 'code' },
      apply: (t) => put(at(t.obligations, id), { code: other }),
    },
  ]);
  const periods = tree.periods.flatMap(({ id, period }): Break[] => [
    {
      link: 'obligation-period',
      code: 'periodMissing',
      says: { child: id, period: period ?? '' },
      apply: (t) => without(t.periods, id),
    },
    {
      link: 'period-obligation',
      code: 'periodAstray',
      says: { instance: id, field: 'parent' },
      apply: (t) => put(at(t.periods, id).parent, { id: other }),
    },
    {
      link: 'period-plan',
      code: 'periodAstray',
      says: { instance: id, field: 'plan' },
      apply: (t) => put(at(t.periods, id), { plan: other }),
    },
    { link: 'period-closed', code: 'periodOpen', says: { instance: id }, apply: (t) => put(at(t.periods, id), { open: true }) },
  ]);
  return [...obligations, ...periods];
}

function reportBreaks(tree: Tree): readonly Break[] {
  return tree.reports.flatMap(({ id, unit, parent, content, accepted, sections }): Break[] => [
    {
      link: 'period-report',
      code: 'reportMissing',
      says: { report: id, unit: unit ?? '' },
      apply: (t) => without(t.reports, id),
    },
    ...(['plan', 'period', 'obligation', 'unit'] as const).map(
      (field): Break => ({
        link: `report.${field}`,
        code: 'reportAstray',
        says: { report: id, field },
        apply: (t) => put(at(t.reports, id), { [field]: other }),
      }),
    ),
    {
      link: 'report-parent',
      code: 'reportAstray',
      says: { report: id, field: 'parent' },
      apply: (t) => put(at(t.reports, id).parent, { id: other }),
    },
    ...(!accepted
      ? []
      : ([
          {
            link: 'report-stored',
            code: 'contentMissing',
            says: { report: id, content: content ?? '' },
            apply: (t: Tree) => put(at(t.reports, id), { sections: null }),
          },
          {
            link: 'report-content',
            code: 'reportEmpty',
            says: { report: id },
            apply: (t: Tree) => void Object.assign(at(t.reports, id), { content: null, sections: null }),
          },
        ] as const)),
    ...(sections ?? []).flatMap((section, index): Break[] => [
      {
        link: 'duty-section',
        code: 'dutyWithoutSection',
        says: { report: id, duty: section.assignment, unit: parent?.key ?? '' },
        apply: (t) => void at(t.reports, id).sections?.splice(index, 1),
      },
      {
        link: 'section-directive',
        code: 'sectionAstray',
        says: { report: id, section: index + 1 },
        apply: (t) => void Object.assign(at(t.reports, id).sections?.[index] ?? {}, { directive: other }),
      },
      {
        link: 'section-clause',
        code: 'sectionAstray',
        says: { report: id, section: index + 1 },
        apply: (t) => void Object.assign(at(t.reports, id).sections?.[index] ?? {}, { clause: other }),
      },
      {
        link: 'section-duty',
        code: 'sectionWithoutDuty',
        says: { report: id, duty: other },
        apply: (t) => void at(t.reports, id).sections?.push({ ...section, assignment: other }),
      },
    ]),
  ]);
}

function paperBreaks(tree: Tree): readonly Break[] {
  return tree.papers.flatMap(({ id, parent, content, rollup, sources }): Break[] => [
    { link: `${parent?.kind ?? ''}`, code: 'paperMissing', says: { key: '1' }, apply: (t) => without(t.papers, id) },
    {
      link: 'paper-parent',
      code: 'paperAstray',
      says: { paper: id, field: 'parent' },
      apply: (t) => put(at(t.papers, id).parent, { id: other }),
    },
    {
      link: 'paper-plan',
      code: 'paperAstray',
      says: { paper: id, field: 'plan' },
      apply: (t) => put(at(t.papers, id), { plan: other }),
    },
    {
      link: 'paper-content',
      code: 'contentMissing',
      says: { paper: id, content: content?.hash ?? '' },
      apply: (t) => void Object.assign(at(t.papers, id).content ?? {}, { found: false }),
    },
    { link: 'paper-rollup', code: 'rollupMissing', says: { paper: id }, apply: (t) => put(at(t.papers, id), { rollup: null }) },
    {
      link: 'paper-rollupStored',
      code: 'rollupMissing',
      says: { paper: id, content: rollup?.hash ?? '' },
      apply: (t) => void Object.assign(at(t.papers, id).rollup ?? {}, { found: false }),
    },
    {
      link: 'paper-sentence',
      code: 'sentenceWithoutSource',
      says: { paper: id, place: '/body/3/text#0' },
      apply: (t) => void at(t.papers, id).unsourced.push('/body/3/text#0'),
    },
    ...sources.slice(0, 1).flatMap(({ report, content: version }): Break[] => [
      {
        link: 'source-report',
        code: 'sourceReportMissing',
        says: { paper: id, report: other },
        apply: (t) => void Object.assign(at(t.papers, id).sources[0] ?? {}, { report: other }),
      },
      {
        link: 'source-version',
        code: 'sourceVersionMissing',
        says: { paper: id, report, content: version },
        apply: (t) => void Object.assign(at(t.papers, id).sources[0] ?? {}, { found: false }),
      },
    ]),
  ]);
}
