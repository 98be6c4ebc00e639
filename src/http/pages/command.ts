import type { EntrySummary, Outcome } from '../../commands/ask.js';
import type { JsonObject } from '../../commands/look.js';
import { pathsOf } from '../../commands/look.js';
import { perform } from '../../commands/perform.js';
import { TrinhkyError } from '../../errors.js';
import { sentence, word } from '../../locales/sentences.js';
import { namesOf } from '../api/show.js';
import type { Assets } from '../assets.js';
import { type Form, fieldOf } from '../body.js';
import type { InstanceCall } from '../edge.js';
import { requireReadable } from '../gate.js';
import { readable, tell } from '../names.js';
import { requestIdOf, statusOf } from '../problem.js';
import { inputOf, typedOf } from './forms.js';
import { ownPath, type PageAnswer } from './frame.js';
import { type Failed, instanceView } from './instance.js';
import { happenedLine } from './timeline.js';

const REVISION = /^[1-9]\d{0,9}$/;
/** What leaves the person on the page with everything typed; anything else is an error page. */
const SHOWN_ON_THE_PAGE: ReadonlySet<string> = new Set([
  'revisionMoved',
  'textNotAllowed',
  'secretRefused',
  'inputInvalid',
  'keyReused',
  'busy',
  'databaseAway',
  'printFailed',
  'printTooSlow',
  'browserMissing',
  'pendingFull',
  'contentMissing',
]);

/** A command from a form: carried out and shown, or the page again with the reason and everything that was typed. */
export async function commandSent(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  const form = call.body as Form;
  const command = call.params.command ?? '';
  const typed = typedOf(form);
  const revision = fieldOf(form, '_revision');
  const saw = fieldOf(form, '_saw');
  const proof = fieldOf(form, '_proof');
  const behalf = fieldOf(form, '_behalf');
  if (!REVISION.test(revision)) throw new TrinhkyError('revisionInvalid');
  try {
    const outcome = await perform(call.edge.app.deps, {
      authority: call.identity.authority,
      instance: call.view.instance.id,
      command,
      input: inputOf(schemaOf(call, command), typed),
      actor: call.identity.person,
      key: fieldOf(form, '_key'),
      ifRevision: Number(revision),
      ...(saw === '' ? {} : { saw }),
      ...(proof === '' ? {} : { proof }),
      ...(behalf === '' ? {} : { onBehalfOf: behalf }),
    });
    if (outcome.kind === 'accepted') {
      const next = fieldOf(form, '_next');
      const own = `/instances/${encodeURIComponent(call.view.instance.id)}?done=${encodeURIComponent(command)}`;
      return { kind: 'redirect', to: next === '' ? own : ownPath(next) };
    }
    return await again(call, assets, refused(call, command, typed, outcome));
  } catch (error) {
    if (!(error instanceof TrinhkyError) || !SHOWN_ON_THE_PAGE.has(error.code)) throw error;
    return again(call, assets, thrown(call, command, typed, error));
  }
}

/** The schema of the command where it is possible now; else of its first transition, so that what was typed is not lost. */
function schemaOf(call: InstanceCall, command: string): JsonObject | undefined {
  const transitions = call.model.byCommand.get(command) ?? [];
  const active = new Set(pathsOf(call.view.instance.state));
  return (transitions.find((transition) => active.has(transition.source.path)) ?? transitions[0])?.definition.input;
}

/** The page as it stands now, not as it stood when the form was sent. */
async function again(call: InstanceCall, assets: Assets, failed: Failed): Promise<PageAnswer> {
  return instanceView({ ...call, view: await requireReadable(call, call.view.instance.id) }, assets, failed);
}

function refused(
  call: InstanceCall,
  command: string,
  typed: Failed['typed'],
  outcome: Extract<Outcome, { kind: 'refused' }>,
): Failed {
  const names = namesOf(call, call.model);
  const told = outcome.blockers.map((blocker) => tell(names, blocker));
  return {
    status: statusOf(told[0]?.code ?? 'internal'),
    command,
    typed,
    heading: word(call.language, 'refused'),
    problems: told.map(({ sentence: text, todo, who }) => ({ sentence: text, todo, who: who.map(({ label }) => label) })),
    happened: outcome.happened.map((entry) => happenedLine(names, entry)),
    requestId: requestIdOf(call.request),
    kept: Object.keys(typed).length > 0,
  };
}

function thrown(call: InstanceCall, command: string, typed: Failed['typed'], error: TrinhkyError): Failed {
  const names = namesOf(call, call.model);
  const moved = error.code === 'revisionMoved';
  const params = error.status >= 500 ? {} : readable(names, error.params);
  const happened = (moved ? error.params.happened : []) as readonly EntrySummary[];
  return {
    status: error.status,
    command,
    typed,
    heading: word(call.language, moved ? 'conflict' : 'refused'),
    problems: [{ ...sentence(call.language, error.code, params), who: [] }],
    happened: happened.map((entry) => happenedLine(names, entry)),
    requestId: requestIdOf(call.request),
    kept: true,
  };
}
