import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { PaperView } from './view.js';

const folder = new URL('../../templates/', import.meta.url);
const page = 'documents/paper.hbs';
/** Everything the page is made of; a change of any of them is a new template version. */
const partials = {
  paperStyle: 'styles/paper.css',
  paperHead: 'partials/paperHead.hbs',
  paperBlock: 'partials/paperBlock.hbs',
  paperTable: 'partials/paperTable.hbs',
  paperEnd: 'partials/paperEnd.hbs',
  draftMark: 'partials/draftMark.hbs',
} as const;

/**
 * Strict: a field that the view lacks is an error, never an empty place on an official paper.
 * Everything is escaped; the stylesheet is a partial because a partial is the only text that handlebars takes as it is.
 */
const compileOptions = { strict: true, knownHelpersOnly: true, preventIndent: true } as const;

export interface PaperTemplate {
  /** The whole HTML document of a paper: no script, no reference to anything outside itself. */
  render(view: PaperView): string;
  /** SHA-256 over the names and bytes of all template files, lower-case hex. */
  readonly version: string;
}

let loaded: PaperTemplate | undefined;

/** The template of official papers, read and compiled once a process. */
export function paperTemplate(): PaperTemplate {
  loaded ??= load();
  return loaded;
}

function load(): PaperTemplate {
  const handlebars = Handlebars.create();
  const hash = createHash('sha256');
  const read = (path: string): string => {
    const text = readFileSync(new URL(path, folder), 'utf8');
    hash.update(`${path}\0${text}\0`);
    return text;
  };
  const template = handlebars.compile<PaperView>(read(page), compileOptions);
  const compiled = Object.fromEntries(
    Object.entries(partials).map(([name, path]) => [name, handlebars.compile(read(path), compileOptions)]),
  );
  const version = hash.digest('hex');
  return { version, render: (view) => template(view, { partials: compiled }) };
}
