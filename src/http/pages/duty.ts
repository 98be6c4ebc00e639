import type { Instance, Json } from '../../commands/look.js';
import { fieldLabel, valueLabel, word } from '../../locales/sentences.js';
import { type CarriedLine, linesIn, type ReassignedLine, type SpokenLine } from '../../office/catalogue/duties.js';
import { ownPlansOf } from '../../office/catalogue/dutyEvidence.js';
import { evidenceOf } from '../../office/duties/evidence.js';
import { closingOf, partsOf } from '../../office/duties/parts.js';
import { printedDecimal } from '../../office/reporting/figures.js';
import { period } from '../../office/time/periods.js';
import { namesOf } from '../api/show.js';
import type { InstanceCall } from '../edge.js';
import { reads } from '../gate.js';
import { commandLabel, type Names, personName, stateLabel, unitName } from '../names.js';
import { dayInWords } from './dates.js';

const DUTIES: ReadonlySet<string> = new Set(['assignment', 'recurring', 'directive']);
/** Shown in the duty's own section, not among the facts. */
export const dutyFields: ReadonlySet<string> = new Set([
  'parts',
  'closing',
  'closingCount',
  'partsEnded',
  'evidence',
  'carried',
  'spoken',
  'reassigned',
  'ownPlan',
  'followed',
  'formerUnit',
  'dutyUnit',
  'duty',
  'recurring',
  'next',
  'opensAt',
]);
const partsShownMax = 40;

/** Who carries a duty with whom, in which parts, with which evidence, and what became of it: null for what is no duty. */
export async function dutyOf(call: InstanceCall, names: Names) {
  const { instance } = call.view;
  if (!DUTIES.has(instance.definition.id)) return null;
  const [shared, parts, plans] = await Promise.all([sharedBy(call, names), partsShown(call, names), plansShown(call)]);
  const carried = linesIn<CarriedLine>(instance, 'carried').map((line) =>
    word(names.language, 'dutyCarried', {
      period: period(line.period)?.label[names.language] ?? line.period,
      on: dayInWords(line.on),
      due: line.dueOn === null ? '–' : dayInWords(line.dueOn),
    }),
  );
  const spoken = linesIn<SpokenLine>(instance, 'spoken').map((line) => ({
    label: commandLabel(names, line.command),
    on: dayInWords(line.on),
    by: personName(names, line.by),
    text: word(names.language, 'spokenFor', { source: line.source }),
  }));
  const moved = linesIn<ReassignedLine>(instance, 'reassigned').map((line) => ({
    text: word(names.language, 'dutyMoved', { from: unitName(names, line.from), to: unitName(names, line.to) }),
    on: dayInWords(line.on),
    reason: line.reason,
  }));
  const evidence = evidenceShown(instance, names);
  const view = { ...shared, rule: ruleOf(instance, names), parts, plans, evidence, carried, spoken, moved };
  const empty = [parts, plans, evidence, carried, spoken, moved].every((list) => list.length === 0);
  return empty && shared.lead.length === 0 ? null : view;
}

function unitsIn(names: Names, value: Json | undefined): readonly string[] {
  return Array.isArray(value) ? value.flatMap((one: Json) => (typeof one === 'string' ? [unitName(names, one)] : [])) : [];
}

/** Lead and co-operating units: of the directive itself, or of the one that a duty belongs to, for those who may read it. */
async function sharedBy(call: InstanceCall, names: Names) {
  const { instance } = call.view;
  const { directive } = instance.context;
  const view =
    typeof directive === 'string' ? await call.edge.app.deps.store.instances.view(instance.authority, directive) : null;
  const context = instance.definition.id === 'directive' ? instance.context : (view?.instance.context ?? {});
  const href = view !== null && reads(call.reader, view) ? `/instances/${encodeURIComponent(view.instance.id)}` : null;
  return {
    directive: href,
    lead: unitsIn(names, context.lead),
    each: context.each === true ? fieldLabel(names.language, 'each') : null,
    cooperating: unitsIn(names, context.cooperating),
  };
}

function ruleOf(instance: Instance, { language }: Names): string | null {
  if (partsOf(instance).length === 0) return null;
  const rule = closingOf(instance);
  if (rule.kind === 'atLeast') return word(language, 'dutyRuleAtLeast', { count: String(rule.count) });
  return valueLabel(language, rule.kind === 'lead' ? 'closing.lead' : 'all');
}

async function partsShown(call: InstanceCall, names: Names) {
  const { instance } = call.view;
  const parts = partsOf(instance);
  if (parts.length === 0) return [];
  const { deps } = call.edge.app;
  const children = await deps.store.instances.childrenOf(instance.authority, instance.id, 'part', partsShownMax);
  const views = new Map(
    (
      await deps.store.instances.views(
        instance.authority,
        children.map(({ id }) => id),
      )
    ).map((view) => [view.instance.parent?.key, view]),
  );
  return parts.map(({ key, title, unit, dueOn }) => {
    const view = views.get(key);
    const model = view === undefined ? null : deps.models.pinned(view.instance.definition);
    return {
      title,
      unit: unitName(names, unit),
      due: dueOn === undefined ? null : dayInWords(dueOn),
      state:
        view === undefined || model === null
          ? word(names.language, 'dutyOpening')
          : stateLabel(namesOf(call, model), view.instance.state),
      href: view !== undefined && reads(call.reader, view) ? `/instances/${encodeURIComponent(view.instance.id)}` : null,
    };
  });
}

async function plansShown(call: InstanceCall) {
  const { instance } = call.view;
  const own = `/api/v1/instances/${encodeURIComponent(instance.id)}/attachments`;
  const shown: { readonly name: string; readonly href: string | null; readonly on: string }[] = [];
  for (const plan of ownPlansOf(instance)) {
    const on = dayInWords(plan.on);
    if ('hash' in plan) shown.push({ name: plan.name, href: `${own}/${plan.hash}`, on });
    else {
      const view = await call.edge.app.deps.store.instances.view(instance.authority, plan.paper);
      const href = view !== null && reads(call.reader, view) ? `/instances/${encodeURIComponent(plan.paper)}` : null;
      shown.push({ name: plan.title, href, on });
    }
  }
  return shown;
}

function evidenceShown(instance: Instance, names: Names) {
  const own = `/api/v1/instances/${encodeURIComponent(instance.id)}/attachments`;
  return [...evidenceOf(instance)].reverse().map((round) => ({
    heading: word(names.language, 'evidenceRound', { round: String(round.round) }),
    on: dayInWords(round.on),
    by: personName(names, round.by),
    spoken: round.source === undefined ? null : word(names.language, 'spokenFor', { source: round.source }),
    result: round.result,
    figures: round.figures.map(({ name, value, measure }) => ({ name, value: printedDecimal(value), measure })),
    files: round.files.map(({ hash, name }) => ({ name, href: `${own}/${hash}` })),
    returned:
      round.returned === undefined
        ? null
        : word(names.language, 'evidenceReturned', {
            on: dayInWords(round.returned.on),
            by: personName(names, round.returned.by),
            reason: round.returned.reason,
          }),
  }));
}
