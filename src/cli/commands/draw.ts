import type { StateValue } from '../../commands/look.js';
import { mermaid } from '../../definitions/draw.js';
import { loadDefinitions } from '../../definitions/load.js';
import { TrinhkyError } from '../../errors.js';
import { officeCatalogue } from '../../office/catalogue/index.js';
import { answer, type Session } from '../session.js';

/** `trinhky draw DEFINITION`: the newest version of that id, or the one named (`document.v1`), as Mermaid. */
export async function draw(session: Session, name: string, flags: { readonly state?: string }): Promise<number> {
  const models = await loadDefinitions(session.host.config.workflowsFolder, officeCatalogue);
  const [id = '', version] = name.replace(/\.json$/, '').split('.v');
  const found = models
    .filter(({ ref }) => ref.id === id && (version === undefined || String(ref.version) === version))
    .sort((a, b) => b.ref.version - a.ref.version)[0];
  if (found === undefined) {
    const known = models.map(({ ref }) => `${ref.id}.v${ref.version}`);
    throw new TrinhkyError('definitionUnknown', { reason: 'named', definition: name, id: name, known });
  }
  const paths = [...found.machine.tree.nodes.keys()].filter((path) => path !== '');
  const state = flags.state;
  if (state !== undefined && !paths.includes(state))
    throw new TrinhkyError('notFound', { reason: 'state', state, states: paths });
  const drawing = mermaid(found.definition, {
    language: session.words.language,
    ...(state === undefined ? {} : { state: stateAt(state) }),
  });
  answer(session, { definition: found.ref, mermaid: drawing }, () => drawing);
  return 0;
}

/** `/reviewing/content/waiting` as a state value. */
function stateAt(path: string): StateValue {
  const names = path.split('/').slice(1);
  return names.reduceRight<StateValue | null>((inner, name) => (inner === null ? name : { [name]: inner }), null) ?? '';
}
