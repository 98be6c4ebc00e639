import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Handlebars, { type TemplateDelegate } from 'handlebars';

/** Strict: a word or field that the view lacks is an error in a test, never an empty place on a page. Everything is escaped. */
const compileOptions = { strict: true, knownHelpersOnly: true, preventIndent: true } as const;

export interface Renderer {
  /** The HTML of one page template with its view. */
  render(template: string, view: object): string;
}

/** Reads and compiles `pages/*.hbs` and `partials/page*.hbs` once. Only files of the repository are ever compiled. */
export function makeRenderer(templatesFolder: string): Renderer {
  const handlebars = Handlebars.create();
  const compile = (path: string): TemplateDelegate => handlebars.compile(readFileSync(path, 'utf8'), compileOptions);
  const load = (folder: string, wanted: (name: string) => boolean) =>
    Object.fromEntries(
      readdirSync(join(templatesFolder, folder))
        .filter((name) => name.endsWith('.hbs') && wanted(name))
        .map((name) => [name.slice(0, -'.hbs'.length), compile(join(templatesFolder, folder, name))]),
    );
  const pages = load('pages', () => true);
  const partials = load('partials', (name) => name.startsWith('page'));
  return {
    render(template, view) {
      const page = Object.hasOwn(pages, template) ? pages[template] : undefined;
      if (page === undefined) throw new Error(`No page template ${template}`);
      return page(view, { partials });
    },
  };
}
