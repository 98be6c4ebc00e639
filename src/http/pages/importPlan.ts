import { randomUUID } from 'node:crypto';
import { cleanObject } from '../../commands/cleanInput.js';
import { isObject, type Json, type JsonObject } from '../../commands/look.js';
import { open } from '../../commands/open.js';
import { cleanFileName } from '../../commands/papers/attachments.js';
import { perform } from '../../commands/perform.js';
import { refuseSecret } from '../../commands/refuseSecret.js';
import { textOfFile } from '../../documents/intake/textOfFile.js';
import { TrinhkyError } from '../../errors.js';
import { fieldLabel, sentence, word, words } from '../../locales/sentences.js';
import { documentTypeNamed, documentTypes } from '../../office/papers/symbols.js';
import type { PlanReading } from '../../office/reading/planReading.js';
import { readPlan } from '../../office/reading/readPlan.js';
import { namesOf } from '../api/show.js';
import type { Assets } from '../assets.js';
import { type Form, fieldOf } from '../body.js';
import type { SignedCall } from '../edge.js';
import { namesFor, readable, tell } from '../names.js';
import { isTold } from './attachments.js';
import { dayInWords } from './dates.js';
import { draftOf } from './draftPaper.js';
import { withFileFrom } from './fileForm.js';
import { type PageAnswer, signedFrame } from './frame.js';
import { markedText } from './marked.js';
import { type Linked, linkAsked, ownUnits } from './successors.js';

const titleCharsMax = 1_000;
const restShownMax = 500;
/** What a stored text may not hold, without moving a single place in it. */
const STRANGE = /[^\P{Cc}\t\n]|[\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF]|\p{Cs}/gu;
const HASH = /^[0-9a-f]{64}$/;

interface Read {
  /** Hash of the stored text. */
  readonly source: string;
  readonly name: string;
  readonly text: string;
  readonly reading: PlanReading;
}

interface Shown {
  readonly status: number;
  readonly problems: readonly { readonly sentence: string; readonly todo: string }[];
  readonly read: Read | null;
  readonly typed: { readonly title: string; readonly type: string; readonly unit: string; readonly linkReason: string };
  /** The paper in force that the new one replaces, amends or corrects. */
  readonly linked: Linked | null;
}

const untyped: Shown['typed'] = { title: '', type: '', unit: '', linkReason: '' };
const nothing: Omit<Shown, 'linked'> = { status: 200, problems: [], read: null, typed: untyped };

/** A form for a file that is to become a draft. */
export async function importPage(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  return view(call, assets, { ...nothing, linked: await linkAsked(call) });
}

/** Reads the file and shows what was read beside its place in the text. Of a file that cannot be read nothing is kept. */
export async function importSent(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  const linked = await linkAsked(call);
  try {
    const { name, text } = await withFileFrom(call, async ({ bytes, declared, name: sent }) => {
      const clean = cleanFileName(sent);
      return { name: clean, text: (await textOfFile(bytes, clean, declared)).text.replace(STRANGE, blanks) };
    });
    refuseSecret({ text });
    const reading = readPlan(text);
    const stored = { kind: 'sourceText', name, text };
    const source = await call.edge.app.deps.store.contents.put(call.identity.authority, stored);
    return view(call, assets, { ...nothing, linked, read: { source, name, text, reading }, typed: typedFrom(reading) });
  } catch (error) {
    if (!(error instanceof TrinhkyError) || !isTold(error)) throw error;
    return view(call, assets, { ...nothing, linked, status: error.status, problems: [told(call, error)] });
  }
}

/** Opens a draft from a text that was read, or gives a draft that text; or shows the reading again with what was typed. */
export async function importOpened(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  const form = call.body as Form;
  const linked = await linkAsked(call);
  const type = linked?.type ?? fieldOf(form, 'type');
  const typed = {
    title: fieldOf(form, 'title').trim(),
    type,
    unit: fieldOf(form, 'unit'),
    linkReason: fieldOf(form, 'linkReason'),
  };
  const read = await storedText(call, fieldOf(form, 'source'));
  const { deps } = call.edge.app;
  const { authority, person } = call.identity;
  try {
    const paper = draftOf(read.reading, call.directory.authority, typed);
    const content = await deps.store.contents.put(authority, cleanObject(paper as unknown as JsonObject));
    const key = fieldOf(form, '_key');
    const outcome = await (linked?.field === 'edits'
      ? perform(deps, {
          authority,
          instance: linked.id,
          command: 'EDIT',
          input: { content, title: typed.title },
          actor: person,
          key,
        })
      : open(deps, { authority, definition: 'document', context: contextOf(call, typed, linked), content, actor: person, key }));
    if (outcome.kind === 'accepted') {
      const done = linked?.field === 'edits' ? '?done=EDIT' : '';
      return { kind: 'redirect', to: `/instances/${encodeURIComponent(outcome.instance.id)}${done}` };
    }
    const problems = outcome.blockers.map((blocker) => tell(namesOf(call, deps.models.latest('document')), blocker));
    return view(call, assets, { status: 422, problems, read, typed, linked });
  } catch (error) {
    if (!(error instanceof TrinhkyError) || !(isTold(error) || TYPED.has(error.code))) throw error;
    return view(call, assets, { status: error.status, problems: [told(call, error)], read, typed, linked });
  }
}

function contextOf(call: SignedCall, { unit, type, title, linkReason }: Shown['typed'], linked: Linked | null): JsonObject {
  const reason = linkReason.trim();
  const link = linked === null ? {} : { [linked.field]: linked.id, ...(reason === '' ? {} : { linkReason: reason }) };
  return cleanObject({ drafter: call.identity.person, draftingUnit: unit, type, title, ...link });
}

const TYPED: ReadonlySet<string> = new Set(['textNotAllowed', 'contextInvalid', 'keyReused']);

const blanks = (strange: string): string => ' '.repeat(strange.length);

function told(call: SignedCall, error: TrinhkyError) {
  return sentence(call.language, error.code, readable(namesFor(call.language, call.directory, null, call.now), error.params));
}

function typedFrom(reading: PlanReading): Shown['typed'] {
  const type = reading.type === null ? undefined : documentTypeNamed(reading.type);
  return { title: (reading.title ?? '').slice(0, titleCharsMax), type: type?.abbreviation ?? '', unit: '', linkReason: '' };
}

async function storedText(call: SignedCall, source: string): Promise<Read> {
  const stored: Json | null = HASH.test(source)
    ? await call.edge.app.deps.store.contents.get(call.identity.authority, source)
    : null;
  if (!isObject(stored) || stored.kind !== 'sourceText' || typeof stored.text !== 'string') throw new TrinhkyError('notFound');
  return { source, name: typeof stored.name === 'string' ? stored.name : '', text: stored.text, reading: readPlan(stored.text) };
}

function view(call: SignedCall, assets: Assets, { status, problems, read, typed, linked }: Shown): PageAnswer {
  const page = {
    ...signedFrame(call, assets, word(call.language, 'importTitle')),
    key: randomUUID(),
    problems: problems.map(({ sentence: text, todo }) => ({ sentence: text, todo })),
    read: read === null ? null : readView(call, read),
    typed,
    linked,
    edits: linked?.field === 'edits',
    asked: linked === null || linked.field === 'edits' ? null : fieldLabel(call.language, 'linkReason'),
    query: linked?.query ?? '',
    types: documentTypes
      .filter(({ abbreviation }) => linked === null || abbreviation === linked.type)
      .map(({ abbreviation, name }) => ({
        value: abbreviation,
        label: name,
        chosen: abbreviation === (linked?.type ?? typed.type),
      })),
    units: ownUnits(call).map((unit) => ({ ...unit, chosen: unit.value === typed.unit })),
  };
  return { kind: 'page', status, template: 'import', view: page };
}

function readView(call: SignedCall, { source, name, text, reading }: Read) {
  const { language } = call;
  const fact = (label: string, value: string | null, wide = false) => ({
    label: word(language, label),
    value: value ?? '—',
    wide,
  });
  const { issuer, signature } = reading;
  const findings = reading.findings.map(({ code, severity, text: said }) => ({
    told: findingInWords(call, code),
    text: said,
    note: severity === 'note',
  }));
  const number = [reading.number ?? '', reading.symbol ?? ''].join('/');
  return {
    source,
    name,
    counted: word(language, 'clausesCount', { count: reading.clauses.length }),
    facts: [
      fact('importIssuer', [issuer.superior, issuer.name].filter((part) => part !== null).join(' · ') || null),
      fact('importNumber', number === '/' ? null : number),
      fact(
        'importPlace',
        [reading.place ?? '', reading.issuedOn === null ? '' : dayInWords(reading.issuedOn)].filter(Boolean).join(', ') || null,
      ),
      fact('importKind', reading.type),
      fact(
        'importSigner',
        [signature.capacity, signature.title, signature.name].filter((part) => part !== null).join(' · ') || null,
      ),
      fact('importRecipients', reading.recipients.map((one) => one.name).join('; ') || null, true),
    ],
    findings: findings.filter(({ note }) => !note),
    notes: findings.filter(({ note }) => note),
    rest: reading.rest
      .filter(({ what }) => what !== 'mark')
      .slice(0, restShownMax)
      .map(({ what, text: left }) => ({ kind: words(language)[`rest${what}`] ?? what, text: left })),
    pieces: markedText(
      text,
      reading.clauses.map(({ path, sourceSpan }, index) => ({ span: sourceSpan, label: path, number: index })),
    ),
    clauses: reading.clauses.map((clause, index) => ({
      number: index,
      place: `#t-${index}`,
      path: clause.path,
      kind: word(language, `clauseKind${clause.kind}`),
      text: clause.text,
      units: clause.units.map((unit) => unit.name).join('; '),
      due: clause.due?.text ?? null,
    })),
  };
}

function findingInWords({ language }: SignedCall, code: string): string {
  return words(language)[`finding${code}`] ?? code;
}
