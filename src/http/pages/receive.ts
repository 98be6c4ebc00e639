import { randomUUID } from 'node:crypto';
import type { JsonObject } from '../../commands/look.js';
import { open } from '../../commands/open.js';
import { TrinhkyError } from '../../errors.js';
import { sentence, word } from '../../locales/sentences.js';
import { dayOf } from '../../office/time/clock.js';
import { namesOf } from '../api/show.js';
import type { Assets } from '../assets.js';
import { type Form, fieldOf } from '../body.js';
import type { SignedCall } from '../edge.js';
import { holdsPost } from '../gate.js';
import { readable, tell } from '../names.js';
import { statusOf } from '../problem.js';
import { fieldsOf, inputOf, typedOf } from './forms.js';
import { type PageAnswer, signedFrame } from './frame.js';

const INCOMING = 'incoming';
/** What can be mended on the page; anything else is an error page. */
const SHOWN_ON_THE_PAGE: ReadonlySet<string> = new Set(['secretRefused', 'textNotAllowed', 'contextInvalid', 'keyReused']);

type Problem = { readonly sentence: string; readonly todo: string };
type Typed = ReturnType<typeof typedOf>;

/** The form with which the clerk receives an incoming paper (tiếp nhận văn bản đến). */
export async function receivePage(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  requireClerk(call);
  const typed = { receivedOn: dayOf(call.now), urgency: 'thuong', medium: 'paper' };
  return shown(call, assets, { status: 200, problems: [], typed, key: randomUUID() });
}

/** Opens the incoming paper and shows it; or the form again with the reasons and everything that was typed. */
export async function receiveSent(call: SignedCall, assets: Assets): Promise<PageAnswer> {
  requireClerk(call);
  const form = call.body as Form;
  const typed = typedOf(form);
  const key = fieldOf(form, '_key');
  const { deps } = call.edge.app;
  const { authority, person } = call.identity;
  try {
    const context = inputOf(schemaOf(call), typed);
    const outcome = await open(deps, { authority, definition: INCOMING, context, actor: person, key });
    if (outcome.kind === 'accepted') return { kind: 'redirect', to: `/instances/${encodeURIComponent(outcome.instance.id)}` };
    const problems = outcome.blockers.map((blocker) => tell(namesOf(call, deps.models.latest(INCOMING)), blocker));
    return shown(call, assets, { status: statusOf(problems[0]?.code ?? 'internal'), problems, typed, key: randomUUID() });
  } catch (error) {
    if (!(error instanceof TrinhkyError) || !SHOWN_ON_THE_PAGE.has(error.code)) throw error;
    const names = namesOf(call, deps.models.latest(INCOMING));
    const problems = [sentence(call.language, error.code, readable(names, error.params))];
    return shown(call, assets, { status: error.status, problems, typed, key: randomUUID() });
  }
}

function requireClerk(call: SignedCall): void {
  if (!holdsPost(call.reader, 'clerk')) throw new TrinhkyError('notAllowed');
}

/** What the clerk brings is what he may correct later: the input of `EDIT`, with what the definition requires. */
function schemaOf(call: SignedCall): JsonObject {
  const model = call.edge.app.deps.models.latest(INCOMING);
  const input = model.byCommand.get('EDIT')?.[0]?.definition.input ?? {};
  return { ...input, required: model.definition.context.required ?? [] };
}

interface Shown {
  readonly status: number;
  readonly problems: readonly Problem[];
  readonly typed: Typed;
  readonly key: string;
}

function shown(call: SignedCall, assets: Assets, { status, problems, typed, key }: Shown): PageAnswer {
  const { language, directory, now } = call;
  const fields = fieldsOf(schemaOf(call), { language, directory, now, form: 'receive', typed });
  const view = { ...signedFrame(call, assets, word(language, 'receive')), problems, fields, key };
  return { kind: 'page', status, template: 'receive', view };
}
