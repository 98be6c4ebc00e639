import { availableTo, type Instance } from '../../commands/look.js';
import { paperStored } from '../../commands/reporting/draft.js';
import { narrativesBehind } from '../../commands/reporting/editDraft.js';
import { rollupStored } from '../../commands/reporting/givenRollup.js';
import { outdatedSources } from '../../commands/reporting/outdated.js';
import { formStored } from '../../commands/reporting/takeRollup.js';
import { word } from '../../locales/sentences.js';
import type { Block } from '../../office/papers/paper.js';
import type { Rollup } from '../../office/reporting/rollup.js';
import { sentencesOf } from '../../office/reporting/sentences.js';
import { sourceFaults, sourcesAt } from '../../office/reporting/sourced.js';
import type { PaperSource } from '../../office/reporting/sources.js';
import type { InstanceCall } from '../edge.js';
import { personName } from '../names.js';
import { instantInWords } from './dates.js';
import { textIn } from './signView.js';

const pathOf = (id: string): string => `/instances/${encodeURIComponent(id)}`;
const faultsShownMax = 50;

/** Where the sources of a place are shown. */
export function sourcesHref(id: string, place: string, sentence: number | null): string {
  const query = new URLSearchParams({ place, ...(sentence === null ? {} : { sentence: String(sentence) }) });
  return `${pathOf(id)}/sources?${query.toString()}`;
}

/** The draft with its sources: each sentence and row a link to what stands behind it; with a form where something is edited or merged. */
export async function paperParts(call: InstanceCall, typed: string | null) {
  const { instance } = call.view;
  const { deps } = call.edge.app;
  const { paper } = await paperStored(deps, instance);
  const rollup = await rollupStored(deps, instance.authority, instance.context.rollup);
  const commands = await availableTo(deps, call.model, instance, call.identity.person);
  const may = (name: string) => commands.some(({ command, open }) => command === name && open);
  const mayEdit = may('EDIT');
  const editing = mayEdit ? (call.query.edit ?? null) : null;
  const index = new Map<string, PaperSource[]>();
  for (const source of paper.sources) index.set(source.place, [...(index.get(source.place) ?? []), source]);
  const show = (blocks: readonly Block[], under: string) =>
    blocks.map((block, at) => blockView(call, { block, place: `${under}/${at}`, index, editing, typed }));
  const faults =
    rollup === null
      ? []
      : sourceFaults({ ...paper.content, sources: paper.sources, rollup: '' }, textIn(instance.context, 'rollup', ''), rollup);
  return {
    mayEdit,
    mayRefresh: may('REFRESH'),
    mayKeep: may('KEEP_ROLLUP'),
    takenAt: rollup === null ? null : word(call.language, 'consolidationTaken', { at: instantInWords(rollup.takenAt) }),
    outdated: rollup === null ? [] : await outdatedView(call, rollup),
    faults: faults.slice(0, faultsShownMax).map(({ text }) => text.slice(0, 200)),
    blocks: show(paper.content.body, '/body'),
    appendices: (paper.content.appendices ?? []).map(({ marker, title, body }, at) => ({
      title: `${marker}. ${title}`,
      blocks: show(body, `/appendices/${at}/body`),
    })),
    merges: mayEdit && rollup !== null ? await mergesOf(call, rollup) : [],
    merging: mayEdit && call.query.merge !== undefined ? await mergingOf(call, instance, call.query.merge) : null,
  };
}

async function outdatedView(call: InstanceCall, rollup: Rollup) {
  const names = new Map(rollup.units.map(({ report, name }) => [report, name]));
  return (await outdatedSources(call.edge.app.deps, call.view.instance)).map(({ report, was, now, at }) => ({
    unit: names.get(report) ?? report,
    what: word(
      call.language,
      was === null ? 'consolidationArrived' : now === null ? 'consolidationReopened' : 'consolidationCorrected',
    ),
    at: instantInWords(at),
    was: was === null ? null : versionHref(report, was),
    now: now === null ? null : versionHref(report, now),
  }));
}

/** One exact version of a report. */
export function versionHref(report: string, content: string): string {
  return `${pathOf(report)}/reported?content=${content}`;
}

interface Shown {
  readonly block: Block;
  readonly place: string;
  readonly index: ReadonlyMap<string, readonly PaperSource[]>;
  readonly editing: string | null;
  readonly typed: string | null;
}

const bare = { heading: null, paragraph: null, table: null, editForm: null };

function blockView(call: InstanceCall, { block, place, index, editing, typed }: Shown) {
  const { id } = call.view.instance;
  const anchor = `b-${place.replace(/^\/body\//, '').replaceAll('/', '-')}`;
  const text = `${place}/text`;
  if (block.kind === 'table') {
    const rows = block.rows.map((cells, at) => ({
      href: sourcesHref(id, `${place}/rows/${at}`, null),
      ...rowCells(cells, block.numeric),
    }));
    return { anchor, ...bare, table: { caption: block.caption, head: block.head, rows } };
  }
  if (block.kind !== 'paragraph') return { anchor, ...bare, heading: `${block.marker} ${block.text ?? ''}` };
  const own = index.get(text) ?? [];
  const sentences = sentencesOf(block.text).map((sentence, at) => ({
    text: sentence,
    href: sourcesHref(id, text, at),
    ...sourceWords(call, sourcesAt(own, text, at)),
  }));
  return {
    anchor,
    ...bare,
    paragraph: {
      marker: block.marker ?? '',
      sentences,
      edit: `${pathOf(id)}/consolidation?edit=${encodeURIComponent(text)}#${anchor}`,
    },
    editForm: editing === text ? { place: text, text: typed ?? block.text } : null,
  };
}

function rowCells(cells: readonly string[], numeric: readonly number[]) {
  const link = cells.findIndex((cell, at) => at > 0 && cell !== '');
  return {
    first: cells[0] ?? '',
    name: cells[link] ?? '',
    before: cells.slice(1, Math.max(1, link)),
    rest: cells.slice(link + 1).map((text, at) => ({ text, figure: numeric.includes(link + 1 + at) })),
  };
}

function sourceWords(call: InstanceCall, sources: readonly PaperSource[]) {
  const reports = sources.filter(({ kind }) => kind === 'report').length;
  const own = sources.find(({ kind }) => kind === 'own');
  const kind = own !== undefined ? 'own' : reports > 0 ? 'report' : (sources[0]?.kind ?? 'none');
  const label =
    own !== undefined
      ? word(call.language, 'sourceOwn', { person: personName(call, own.of) })
      : word(call.language, `source_${kind}`, { count: reports });
  return { kind, label };
}

/** What can be merged otherwise: each narrative that units told, once or clause by clause. */
async function mergesOf(call: InstanceCall, rollup: Rollup) {
  const form = await formStored(call.edge.app.deps, call.view.instance.authority, rollup.form);
  const here = `${pathOf(call.view.instance.id)}/consolidation?merge=`;
  const once = form.once.filter(({ kind }) => kind === 'narrative').map(({ code, label }) => ({ code, label: label.vi }));
  const each = form.perDuty.filter(({ kind }) => kind === 'narrative');
  const duties = each.flatMap(({ code, label }) =>
    rollup.clauses.map(({ clause }) => ({ code: `${code}@${clause}`, label: `${label.vi} – ${clause}` })),
  );
  return [...once, ...duties].map(({ code, label }) => ({ href: `${here}${encodeURIComponent(code)}#merging`, label }));
}

async function mergingOf(call: InstanceCall, instance: Instance, of: string) {
  const { told } = await narrativesBehind(call.edge.app.deps, instance, of);
  return {
    of,
    none: told.length === 0,
    told: told.map(({ report, name, text, content }) => ({ report, name, text, href: versionHref(report, content) })),
  };
}
