import { readFileSync } from 'node:fs';
import { TrinhkyError } from '../errors.js';
import { type Language, languages, sentence } from '../locales/sentences.js';

export type Params = Readonly<Record<string, unknown>>;

/** The sentences of one language. */
export interface Words {
  readonly language: Language;
  /** The sentence of a key with its `{names}` filled in; the key itself where there is none. */
  say(key: string, params?: Params): string;
  /** The sentence of an error or a blocker, and what to do; a sentence for the `reason` among its parameters goes first. */
  explain(code: string, params: Params): { readonly sentence: string; readonly todo: string };
}

type Tree = { readonly [name: string]: string | Tree };

/** The language asked for: `--lang`, else LANG where it names one of ours, else Vietnamese. */
export function languageOf(wanted: string | undefined, lang: string | undefined): Language {
  const named = (text: string | undefined) => languages.find((language) => text?.toLowerCase().startsWith(language));
  if (wanted !== undefined && named(wanted) === undefined)
    throw new TrinhkyError('inputInvalid', { path: '--lang', reason: 'language', value: wanted });
  return named(wanted) ?? named(lang) ?? 'vi';
}

/** Reads the words of a language. */
export function wordsOf(language: Language): Words {
  const own = read(`cli.${language}.json`);
  return {
    language,
    say: (key, params = {}) => fill(find(own, key) ?? key, params),
    explain(code, params) {
      const place = `errors.${code}.${String(params['reason'])}`;
      const special = find(own, `${place}.sentence`);
      return special === undefined
        ? sentence(language, code, flat(params))
        : { sentence: fill(special, params), todo: fill(find(own, `${place}.todo`) ?? '', params) };
    },
  };
}

function read(name: string): Tree {
  return JSON.parse(readFileSync(new URL(`../locales/${name}`, import.meta.url), 'utf8')) as Tree;
}

function find(tree: Tree, key: string): string | undefined {
  let at: string | Tree | undefined = tree;
  for (const name of key.split('.')) {
    if (typeof at !== 'object' || !Object.hasOwn(at, name)) return undefined;
    at = at[name];
  }
  return typeof at === 'string' ? at : undefined;
}

function fill(sentence: string, params: Params): string {
  return sentence.replace(/\{(\w+)\}/g, (whole, name: string) => (params[name] === undefined ? whole : shown(params[name])));
}

function shown(value: unknown): string {
  if (typeof value === 'string') return value;
  if (Array.isArray(value)) return value.map(shownItem).join(', ');
  return JSON.stringify(value);
}

function shownItem(item: unknown): string {
  if (typeof item === 'string') return item;
  // A fault of input or configuration: where, and what.
  const { path, name, message, reason } = item as { path?: string; name?: string; message?: string; reason?: string };
  const place = path ?? name;
  return place === undefined ? JSON.stringify(item) : `${place === '' ? '/' : place}: ${message ?? reason ?? ''}`;
}

/** Lists of faults as text, since the shared sentences show plain values only. */
function flat(params: Params): Params {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [name, Array.isArray(value) ? value.map(shownItem) : value]),
  );
}
