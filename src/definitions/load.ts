import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Definition } from '../engine/definition.js';
import type { Fault } from '../engine/fault.js';
import type { Model } from '../engine/model.js';
import type { Catalogue } from '../engine/rules.js';
import { TrinhkyError } from '../errors.js';
import { argumentChecker, compileModel, meaningFaults, shapeFaults } from './compile.js';
import { duplicateKeys } from './duplicateKeys.js';

export const definitionBytesMax = 512 * 1024;
export const definitionFilesMax = 500;
const FILE_NAME = /^([a-z][A-Za-z0-9]*)\.v(\d+)\.json$/;

export interface FileFault extends Fault {
  readonly file: string;
}

export interface Loaded {
  readonly models: readonly Model[];
  readonly faults: readonly FileFault[];
}

export interface DefinitionFile {
  readonly name: string;
  readonly text: string;
}

/** Reads every `*.json` of a folder. Whatever else lies there is left alone. */
export async function readDefinitionFiles(folder: string): Promise<readonly DefinitionFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort();
  return Promise.all(
    names.slice(0, definitionFilesMax).map(async (name) => ({ name, text: await readFile(join(folder, name), 'utf8') })),
  );
}

/** Checks files together: all faults of all files at once, and the models of those that have none. */
export function checkFiles(files: readonly DefinitionFile[], catalogue: Catalogue): Loaded {
  const checkArg = argumentChecker(catalogue);
  const models: Model[] = [];
  const faults: FileFault[] = [];
  const seen = new Map<string, string>();
  for (const { name, text } of files) {
    const { definition, faults: found } = readOne(name, text);
    const all =
      definition === null || found.some((fault) => fault.code === 'shape')
        ? found
        : [...found, ...meaningFaults(definition, catalogue, checkArg)];
    if (definition !== null) {
      const id = `${definition.id}.v${definition.version}`;
      const other = seen.get(id);
      if (other !== undefined)
        all.push({ pointer: '/version', code: 'sameVersionTwice', message: `${id} is also defined in ${other}` });
      else seen.set(id, name);
    }
    faults.push(...all.map((fault) => ({ ...fault, file: name })));
    if (definition !== null && all.length === 0) models.push(compileModel(definition, catalogue));
  }
  return { models, faults };
}

function readOne(name: string, text: string): { definition: Definition | null; faults: Fault[] } {
  if (Buffer.byteLength(text) > definitionBytesMax)
    return {
      definition: null,
      faults: [{ pointer: '', code: 'shape', message: `The file is larger than ${definitionBytesMax} bytes` }],
    };
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    return {
      definition: null,
      faults: [{ pointer: '', code: 'notJson', message: error instanceof Error ? error.message : String(error) }],
    };
  }
  const faults: Fault[] = duplicateKeys(text).map((pointer) => ({
    pointer,
    code: 'duplicateKey',
    message: 'This name is given twice; JSON would silently keep the last',
  }));
  const shape = shapeFaults(value);
  if (shape.length > 0) return { definition: null, faults: [...faults, ...shape] };
  const definition = value as Definition;
  const match = FILE_NAME.exec(name);
  if (!match || match[1] !== definition.id || Number(match[2]) !== definition.version) {
    faults.push({
      pointer: '/id',
      code: 'fileName',
      message: `The file must be named ${definition.id}.v${definition.version}.json`,
    });
  }
  return { definition, faults };
}

/**
 * Loads a folder of definitions. All faults are thrown at once as `definitionsFaulty`; nothing is half-loaded.
 */
export async function loadDefinitions(folder: string, catalogue: Catalogue): Promise<readonly Model[]> {
  const { models, faults } = checkFiles(await readDefinitionFiles(folder), catalogue);
  if (faults.length > 0) throw new TrinhkyError('definitionsFaulty', { folder, faults });
  return models;
}
