import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, resolve, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const repository = resolve(fileURLToPath(import.meta.url), '..', '..', '..');

export interface Import {
  /** As written. */
  readonly specifier: string;
  /** `import type` or `export type`: gone after compiling. */
  readonly typeOnly: boolean;
}

export interface Source {
  /** Below `src/`, with slashes. */
  readonly path: string;
  /** The first folder, or the file itself at the top. */
  readonly part: string;
  readonly text: string;
  /** Without comments. */
  readonly code: string;
  /** Without comments and the content of strings. */
  readonly bare: string;
  readonly imports: readonly Import[];
}

const COMMENT_OR_STRING = /("(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`)|\/\/[^\n]*|\/\*[\s\S]*?\*\//g;
const IMPORT =
  /\b(?:import|export)\s+(type\s)?[^'";]*?\bfrom\s*['"]([^'"]+)['"]|\bimport\s*\(\s*['"]([^'"]+)['"]|\bimport\s*['"]([^'"]+)['"]/g;

export function sourceOf(path: string, text: string): Source {
  const code = text.replace(COMMENT_OR_STRING, (_all, quoted: string | undefined) => quoted ?? '');
  return {
    path,
    part: path.split('/')[0] ?? path,
    text,
    code,
    bare: text.replace(COMMENT_OR_STRING, (_all, quoted: string | undefined) => (quoted === undefined ? '' : "''")),
    imports: [...code.matchAll(IMPORT)].map((found) => ({
      specifier: found[2] ?? found[3] ?? found[4] ?? '',
      typeOnly: found[1] !== undefined,
    })),
  };
}

/** Every TypeScript file below `src/`. */
export function readSources(): readonly Source[] {
  const folder = join(repository, 'src');
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort()
    .map((file) => sourceOf(relative(folder, file).split(sep).join('/'), readFileSync(file, 'utf8')));
}

/** The path below `src/` that an import of this source names, or null for a package. */
export function targetOf(source: Source, { specifier }: Import): string | null {
  if (!specifier.startsWith('.')) return null;
  return posix.join(posix.dirname(source.path), specifier).replace(/\.js$/, '.ts');
}

/** The package an import names (`@scope/name`, `node:fs`), or null for a file of our own. */
export function packageOf({ specifier }: Import): string | null {
  if (specifier.startsWith('.')) return null;
  const words = specifier.split('/');
  return specifier.startsWith('@') || specifier.startsWith('node:') ? words.slice(0, 2).join('/') : (words[0] ?? null);
}
