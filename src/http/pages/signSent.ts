import { type BulkVerdict, bulk } from '../../commands/bulk.js';
import type { Instance } from '../../commands/look.js';
import { type Signable, signable } from '../../commands/papers/stepUp.js';
import { TrinhkyError } from '../../errors.js';
import { sentence, word } from '../../locales/sentences.js';
import { modelFor } from '../api/show.js';
import { proved } from '../api/stepUp.js';
import type { Assets } from '../assets.js';
import { type Form, fieldOf } from '../body.js';
import type { SignedCall } from '../edge.js';
import { requireReadable } from '../gate.js';
import { type PageAnswer, signedFrame } from './frame.js';
import { type Chosen, chosenOf, type DeskProblem, deskView, nothingChosen, reasonsOf } from './signDesk.js';
import { onePaperView } from './signOne.js';
import { textIn } from './signView.js';

/** What leaves the person on the page, with everything chosen; anything else is an error page. */
const SHOWN: ReadonlySet<string> = new Set(['stepUpFailed', 'tooManyTries', 'secondFactorMissing', 'busy']);

/** One password and one code for everything that was chosen; then each is signed, with a verdict of its own. */
export async function signSent(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  const form = call.body as Form;
  const chosen = chosenOf(form);
  if (chosen.length === 0) return nothingChosen(call, assets);
  const judged: (Chosen & { readonly found: Signable })[] = [];
  for (const one of chosen)
    judged.push({
      ...one,
      found: await signable(call.edge.app.deps, call.identity, { instance: one.instance, hash: one.shown }),
    });
  const ready = judged.filter(({ found }) => found.kind === 'signable');
  try {
    const verdicts = ready.length === 0 ? [] : await signAll(call, form, ready);
    return await resultPage(call, assets, [...verdicts, ...judged.flatMap(barredVerdict)]);
  } catch (error) {
    if (!(error instanceof TrinhkyError) || !SHOWN.has(error.code)) throw error;
    return again(call, assets, error, chosen);
  }
}

async function signAll(
  call: SignedCall,
  form: Form,
  ready: readonly (Chosen & { readonly found: Signable })[],
): Promise<readonly BulkVerdict[]> {
  const items = ready.map(({ instance, shown }) => ({ instance, hash: shown }));
  const { proof } = await proved(call, { password: fieldOf(form, 'password'), code: fieldOf(form, 'code'), items });
  const { authority, person: actor } = call.identity;
  const key = fieldOf(form, '_key');
  const verdicts: BulkVerdict[] = [];
  const commandOf = ({ found }: { readonly found: Signable }) => (found.kind === 'signable' ? found.command : '');
  for (const command of new Set(ready.map(commandOf))) {
    const same = ready.filter((one) => commandOf(one) === command).map(({ instance, shown }) => ({ instance, saw: shown }));
    verdicts.push(...(await bulk(call.edge.app.deps, { authority, actor, key, command, proof, items: same })));
  }
  return verdicts;
}

/** What could not be signed before anything was proved, in the shape of a verdict. */
function barredVerdict({ instance, found }: { readonly instance: string; readonly found: Signable }): readonly BulkVerdict[] {
  if (found.kind === 'signable') return [];
  if (found.kind === 'unknown') return [{ instance, error: { code: 'notFound', params: {} } }];
  const { definition, revision, state } = found.view.instance;
  return [{ instance, outcome: { kind: 'refused', definition, revision, state, blockers: found.blockers, happened: [] } }];
}

interface ResultLine {
  readonly signed: boolean;
  readonly title: string;
  readonly dossier: string | null;
  readonly file: string | null;
  readonly reasons: readonly string[];
}

async function resultPage(call: SignedCall, assets: Assets, verdicts: readonly BulkVerdict[]): Promise<PageAnswer> {
  const lines: ResultLine[] = [];
  for (const verdict of verdicts) {
    const signed = 'outcome' in verdict && verdict.outcome.kind === 'accepted' ? verdict.outcome.instance : null;
    lines.push(
      signed === null ? { ...(await notSigned(call, verdict)), signed: false } : { ...signedLine(signed), signed: true },
    );
  }
  const done = lines.filter(({ signed }) => signed).length;
  const view = {
    ...signedFrame(call, assets, word(call.language, 'signResult')),
    summary: word(call.language, 'signResultCount', { done, all: lines.length }),
    whole: done === lines.length,
    any: done > 0,
    lines,
  };
  return { kind: 'page', status: 200, template: 'signResult', view };
}

function signedLine({ id, context }: Instance) {
  const address = `/instances/${encodeURIComponent(id)}`;
  const file = typeof context.signedFile === 'string' ? `/api/v1${address}/renditions/${context.signedFile}?view=1` : null;
  return { title: textIn(context, 'title', id), dossier: address, file, reasons: [] };
}

async function notSigned(call: SignedCall, verdict: BulkVerdict) {
  const { title, reasons } = await reasonsOf(call, verdict);
  return { title, dossier: title === '—' ? null : `/instances/${encodeURIComponent(verdict.instance)}`, file: null, reasons };
}

/** The page from which it was sent, with what went wrong: the one paper's own, or the desk. */
async function again(call: SignedCall, assets: Assets, error: TrinhkyError, chosen: readonly Chosen[]): Promise<PageAnswer> {
  const told = sentence(call.language, error.code, error.params);
  const problem: DeskProblem = {
    status: error.status,
    heading: word(call.language, 'signedNot'),
    lines: [told.sentence, told.todo],
    chosen: new Set(chosen.map(({ value }) => value)),
  };
  const [only] = chosen;
  if (only === undefined || fieldOf(call.body as Form, '_one') !== '1') return deskView(call, assets, problem);
  const view = await requireReadable(call, only.instance);
  return onePaperView({ ...call, view, model: modelFor(call, view.instance.definition) }, assets, problem);
}
