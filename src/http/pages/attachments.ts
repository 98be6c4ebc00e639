import { randomUUID } from 'node:crypto';
import { availableTo, type Instance } from '../../commands/look.js';
import { cleanFileName, keepFile } from '../../commands/papers/attachments.js';
import { perform } from '../../commands/perform.js';
import { examineFile } from '../../documents/intake/textOfFile.js';
import { TrinhkyError } from '../../errors.js';
import { sentence, word } from '../../locales/sentences.js';
import { filesIn } from '../../office/catalogue/attachments.js';
import { namesOf } from '../api/show.js';
import type { Assets } from '../assets.js';
import type { InstanceCall } from '../edge.js';
import { requireReadable } from '../gate.js';
import { readable, tell } from '../names.js';
import { statusOf } from '../problem.js';
import { withFileFrom } from './fileForm.js';
import { type PageAnswer, signedFrame } from './frame.js';

const [ATTACH, DETACH] = ['ATTACH', 'DETACH'];
const REVISION = /^[1-9]\d{0,9}$/;

interface Problem {
  readonly sentence: string;
  readonly todo: string;
}

/** The files of an instance: to be opened, and while it is drafted to be attached and taken off. */
export async function attachmentsPage(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  return view(call, assets, 200, []);
}

/** Takes a file and attaches it, or shows why not. */
export async function attachmentSent(call: InstanceCall, assets: Assets): Promise<PageAnswer> {
  const names = namesOf(call, call.model);
  try {
    const outcome = await attach(call);
    if (outcome.kind === 'accepted') return { kind: 'redirect', to: `${pathOf(call)}/attachments` };
    const told = outcome.blockers.map((blocker) => tell(names, blocker));
    return await view(call, assets, statusOf(told[0]?.code ?? 'internal'), told);
  } catch (error) {
    if (!(error instanceof TrinhkyError) || !isTold(error)) throw error;
    return view(call, assets, error.status, [sentence(call.language, error.code, readable(names, error.params))]);
  }
}

async function attach(call: InstanceCall): Promise<Awaited<ReturnType<typeof perform>>> {
  const { deps } = call.edge.app;
  const { authority, person } = call.identity;
  return withFileFrom(call, async ({ bytes, declared, name: sent }, fields) => {
    const revision = fields.get('_revision') ?? '';
    if (!REVISION.test(revision)) throw new TrinhkyError('revisionInvalid');
    const name = cleanFileName(sent);
    const { mediaType, heads } = await examineFile(bytes, name, declared);
    const { hash } = await keepFile(deps, { authority, person, name, mediaType, bytes, heads });
    return perform(deps, {
      authority,
      instance: call.view.instance.id,
      command: ATTACH,
      input: { hash, name },
      actor: person,
      key: fields.get('_key') ?? '',
      ifRevision: Number(revision),
    });
  });
}

/** What is about the file, or passes; it leaves the person on the page. */
export function isTold({ code }: TrinhkyError): boolean {
  return /^(?:file|upload)/.test(code) || TOLD.has(code);
}

const TOLD: ReadonlySet<string> = new Set([
  'busy',
  'databaseAway',
  'revisionMoved',
  'readingFailed',
  'secretRefused',
  'bodyTooLarge',
]);

/** What an instance is called; its id where it has no title. */
export function titleOf({ context, id }: Instance): string {
  return typeof context.title === 'string' ? context.title : id;
}

function pathOf(call: InstanceCall): string {
  return `/instances/${encodeURIComponent(call.view.instance.id)}`;
}

async function view(call: InstanceCall, assets: Assets, status: number, problems: readonly Problem[]): Promise<PageAnswer> {
  const { instance } = status === 200 ? call.view : await requireReadable(call, call.view.instance.id);
  const commands = await availableTo(call.edge.app.deps, call.model, instance, call.identity.person);
  const isOpen = (name: string): boolean => commands.some(({ command, open }) => command === name && open);
  const mayDetach = isOpen(DETACH);
  const page = {
    ...signedFrame(call, assets, word(call.language, 'attachmentsTitle')),
    paper: { href: pathOf(call), title: titleOf(instance) },
    action: `${pathOf(call)}/attachments`,
    detach: `${pathOf(call)}/commands/${DETACH}`,
    next: `${pathOf(call)}/attachments`,
    revision: instance.revision,
    mayAttach: isOpen(ATTACH),
    problems: problems.map(({ sentence: text, todo }) => ({ sentence: text, todo })),
    files: filesIn(instance).map(({ hash, name }) => ({
      hash,
      name,
      href: `/api/v1/instances/${encodeURIComponent(instance.id)}/attachments/${hash}`,
      key: randomUUID(),
      mayDetach,
    })),
    key: randomUUID(),
  };
  return { kind: 'page', status, template: 'attachments', view: page };
}
