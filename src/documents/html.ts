import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';
import type { JsonObject } from '../commands/look.js';
import type { Sheet } from '../commands/papers/printing.js';
import type { PaperView } from './view.js';

const folder = new URL('../../templates/', import.meta.url);
const page = 'documents/paper.hbs';
/** Everything the page is made of; a change of any of them is a new template version. */
const partials = {
  paperStyle: 'styles/paper.css',
  paperPage: 'partials/paperPage.hbs',
  paperSheet: 'partials/paperSheet.hbs',
  paperHead: 'partials/paperHead.hbs',
  paperLines: 'partials/paperLines.hbs',
  paperAddressees: 'partials/paperAddressees.hbs',
  paperBlock: 'partials/paperBlock.hbs',
  paperTable: 'partials/paperTable.hbs',
  paperEnd: 'partials/paperEnd.hbs',
  paperSigner: 'partials/paperSigner.hbs',
  paperPicture: 'partials/paperPicture.hbs',
  paperCopy: 'partials/paperCopy.hbs',
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

export interface SheetTemplate {
  render(view: JsonObject): string;
  /** SHA-256 over the names and bytes of its files, lower-case hex. */
  readonly version: string;
}

const sheets = new Map<string, SheetTemplate>();

/** The template of a sheet, `templates/documents/<name>.hbs` with `templates/styles/<name>.css`; read and compiled once a process. */
export function sheetTemplate(name: Sheet['template']): SheetTemplate {
  let sheet = sheets.get(name);
  if (sheet === undefined) {
    const { read, version } = reader();
    const handlebars = Handlebars.create();
    const template = handlebars.compile<JsonObject>(read(`documents/${name}.hbs`), compileOptions);
    const style = handlebars.compile(read(`styles/${name}.css`), compileOptions);
    sheet = { version: version(), render: (view) => template(view, { partials: { style } }) };
    sheets.set(name, sheet);
  }
  return sheet;
}

let loaded: PaperTemplate | undefined;

/** The template of official papers, read and compiled once a process. */
export function paperTemplate(): PaperTemplate {
  loaded ??= load();
  return loaded;
}

function load(): PaperTemplate {
  const handlebars = Handlebars.create();
  const { read, version } = reader();
  const template = handlebars.compile<PaperView>(read(page), compileOptions);
  const compiled = Object.fromEntries(
    Object.entries(partials).map(([name, path]) => [name, handlebars.compile(read(path), compileOptions)]),
  );
  return { version: version(), render: (view) => template(view, { partials: compiled }) };
}

/** Reads template files and hashes what was read. */
function reader() {
  const hash = createHash('sha256');
  return {
    read(path: string): string {
      const text = readFileSync(new URL(path, folder), 'utf8');
      hash.update(`${path}\0${text}\0`);
      return text;
    },
    version: () => hash.digest('hex'),
  };
}
