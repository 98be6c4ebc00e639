import type { Model } from '../../commands/look.js';
import { mermaid } from '../../definitions/draw.js';
import { TrinhkyError } from '../../errors.js';
import type { SignedCall } from '../edge.js';
import { requireReadable } from '../gate.js';
import { type Answer, ok, param } from './route.js';

export async function readDefinitions(call: SignedCall): Promise<Answer> {
  const models = call.edge.app.deps.models.all();
  return ok({ items: models.map(({ ref, definition }) => ({ ...ref, label: definition.label })) });
}

export async function readDefinition(call: SignedCall): Promise<Answer> {
  const { ref, definition } = modelOf(call);
  return ok({ ref, definition });
}

export async function readDiagram(call: SignedCall): Promise<Answer> {
  const model = modelOf(call);
  const { instance: id } = call.query;
  if (id === undefined) return ok({ mermaid: mermaid(model.definition, { language: call.language }) });
  const { instance } = await requireReadable(call, id);
  if (instance.definition.hash !== model.ref.hash) throw new TrinhkyError('notFound');
  return ok({ mermaid: mermaid(model.definition, { state: instance.state, language: call.language }) });
}

function modelOf(call: SignedCall): Model {
  const id = param(call, 'definition');
  const version = param(call, 'version');
  const model = call.edge.app.deps.models.all().find(({ ref }) => ref.id === id && String(ref.version) === version);
  if (model === undefined) throw new TrinhkyError('definitionUnknown');
  return model;
}
