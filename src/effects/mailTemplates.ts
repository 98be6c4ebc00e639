import { readFileSync } from 'node:fs';
import Handlebars from 'handlebars';

const folder = new URL('../../templates/mail/', import.meta.url);
/** Strict, as on pages: what the view lacks is an error, never an empty place. HTML is escaped at the exit; a plain text is not HTML. */
const compileOptions = { strict: true, knownHelpersOnly: true, preventIndent: true } as const;

/** One mail as its templates show it. Everything in it is text. */
export interface MailView {
  readonly lang: string;
  readonly subject: string;
  readonly lead: string;
  readonly code: string | null;
  readonly groups: readonly MailGroup[];
  readonly more: string | null;
  readonly action: { readonly href: string; readonly label: string };
  readonly why: string;
  readonly settings: { readonly href: string; readonly label: string };
  readonly sender: string;
}

export interface MailGroup {
  readonly title: string;
  readonly items: readonly MailItem[];
}

export interface MailItem {
  readonly title: string;
  readonly href: string;
  readonly line: string;
  readonly due: string | null;
  readonly isLate: boolean;
  readonly reason: string | null;
}

let loaded: { readonly html: (view: MailView) => string; readonly text: (view: MailView) => string } | undefined;

/** The two texts of a mail. Templates are read and compiled once a process; only files of the repository are ever compiled. */
export function mailTexts(view: MailView): { readonly html: string; readonly text: string } {
  loaded ??= load();
  return { html: loaded.html(view), text: loaded.text(view).replace(/\n{3,}/g, '\n\n') };
}

function load() {
  const handlebars = Handlebars.create();
  const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');
  return {
    html: handlebars.compile<MailView>(read('notice.html.hbs'), compileOptions),
    text: handlebars.compile<MailView>(read('notice.text.hbs'), { ...compileOptions, noEscape: true }),
  };
}
