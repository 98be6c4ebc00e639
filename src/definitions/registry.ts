import type { Definition } from '../engine/definition.js';
import type { DefinitionRef } from '../engine/instance.js';
import type { Model } from '../engine/model.js';
import type { Catalogue } from '../engine/rules.js';
import { TrinhkyError } from '../errors.js';
import { compileModel } from './compile.js';

/** Where used definitions are kept: a copy in the database, so that deleting a file strands nothing. */
export interface KeptDefinitions {
  all(): Promise<readonly Definition[]>;
  /** Keeps the first of an id and version; answers what is stored. */
  keep(definition: Definition): Promise<Definition>;
}

/** The definitions a process knows: those of its files and those that instances are pinned to. */
export interface Registry {
  pinned(ref: DefinitionRef): Model;
  latest(id: string): Model;
  all(): readonly Model[];
  learn(ref: DefinitionRef): Promise<void>;
  keep(model: Model): Promise<void>;
}

/**
 * Joins the files' definitions with the kept ones. A file that differs from a kept definition of the same id and version
 * is refused: instances rely on what was kept.
 */
export async function makeRegistry(files: readonly Model[], kept: KeptDefinitions, catalogue: Catalogue): Promise<Registry> {
  const byRef = new Map<string, Model>();
  const safe = new Set<string>();
  const add = (model: Model): void => {
    byRef.set(nameOf(model.ref), model);
  };
  for (const definition of await kept.all()) {
    const model = compileModel(definition, catalogue);
    add(model);
    safe.add(nameOf(model.ref));
  }
  const changed = files.filter((model) => (byRef.get(nameOf(model.ref))?.ref.hash ?? model.ref.hash) !== model.ref.hash);
  if (changed.length > 0) throw new TrinhkyError('definitionChanged', { definitions: changed.map((model) => nameOf(model.ref)) });
  files.forEach(add);

  return {
    pinned(ref) {
      const model = byRef.get(nameOf(ref));
      if (model === undefined || model.ref.hash !== ref.hash)
        throw new TrinhkyError('definitionUnknown', { definition: nameOf(ref) });
      return model;
    },
    latest(id) {
      let newest: Model | undefined;
      for (const model of byRef.values())
        if (model.ref.id === id && model.ref.version > (newest?.ref.version ?? 0)) newest = model;
      if (newest === undefined) throw new TrinhkyError('definitionUnknown', { definition: id });
      return newest;
    },
    all: () => [...byRef.values()],
    async learn(ref) {
      if (byRef.get(nameOf(ref))?.ref.hash === ref.hash) return;
      for (const definition of await kept.all())
        if (definition.id === ref.id && definition.version === ref.version) add(compileModel(definition, catalogue));
    },
    async keep(model) {
      const name = nameOf(model.ref);
      if (safe.has(name)) return;
      const stored = compileModel(await kept.keep(model.definition), catalogue);
      if (stored.ref.hash !== model.ref.hash) throw new TrinhkyError('definitionChanged', { definitions: [name] });
      safe.add(name);
    },
  };
}

function nameOf(ref: Pick<DefinitionRef, 'id' | 'version'>): string {
  return `${ref.id}.v${ref.version}`;
}
