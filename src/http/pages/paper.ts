import type { Json } from '../../commands/look.js';
import { type PaperView, viewOf } from '../../documents/view.js';
import type { BlockView } from '../../documents/viewBody.js';
import type { SignatureView } from '../../documents/viewEnd.js';
import type { Language } from '../../locales/sentences.js';
import { isPaper } from '../../office/form/ofInstance.js';
import type { Paper } from '../../office/papers/paper.js';
import { isRecord, looseBody, looseHead, looseOutline, looseRecipients, textOf } from './looseText.js';
import { type Piece, type PieceBudget, piece, roomForPieces } from './piece.js';

export interface ListText {
  readonly label: string;
  readonly items: readonly string[];
}

export interface SignerText {
  readonly lines: readonly string[];
  readonly signed: string | null;
  readonly name: string;
}

export interface AppendixText {
  readonly marker: string;
  readonly title: string;
  readonly attached: string;
  readonly landscape: boolean;
  readonly pieces: readonly Piece[];
}

/** One paper, or the block that a copy has below what it copies, in the order of the print. */
export interface SheetText {
  /** `paper`; `copied` and `copy` where a paper copies another. */
  readonly kind: 'paper' | 'copied' | 'copy';
  /** The corners of the head, each with its lines: superior and issuer; country; number; place and day. */
  readonly head: readonly (readonly string[])[];
  readonly typeName: string;
  readonly title: string;
  readonly stamp: string | null;
  readonly addressees: ListText | null;
  readonly pieces: readonly Piece[];
  /** Who signs minutes: before the recipients. */
  readonly minutes: readonly SignerText[];
  readonly recipients: ListText | null;
  readonly signature: SignerText | null;
  readonly appendices: readonly AppendixText[];
}

export interface PaperText {
  /** What is printed around the text: at the head and at the foot of the pages. */
  readonly top: readonly string[];
  readonly sheets: readonly SheetText[];
  readonly foot: readonly string[];
  /** True where the text goes on in the print only. */
  readonly cut: boolean;
}

const recipientsLabel = 'Nơi nhận:';
const country: readonly string[] = ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'Độc lập - Tự do - Hạnh phúc'];
const blankSheet: SheetText = {
  kind: 'paper',
  head: [],
  typeName: '',
  title: '',
  stamp: null,
  addressees: null,
  pieces: [],
  minutes: [],
  recipients: null,
  signature: null,
  appendices: [],
};

/**
 * A stored text as something to read. An official paper is read from the same view as its print, so that the two cannot disagree: every
 * text of the print is here, in its order; `printed` is the paper as it was printed, for readers who may see that. Any other content is
 * laid out by its own names. Nothing is trusted: content comes from callers.
 */
export function paperTextOf(content: Json | null, language: Language, printed: Paper | null = null): PaperText | null {
  if (!isRecord(content)) return null;
  if (isPaper(content))
    return readingOf(viewOf(printed ?? { content, number: null, issuedOn: null, signature: null, final: false }));
  const { take, cut } = roomForPieces();
  const sheet =
    Array.isArray(content.body) && typeof content.title === 'string'
      ? looseSheet(content, language, take)
      : { ...blankSheet, title: textOf(content.title), pieces: looseOutline(content, language, take) };
  return { top: [], sheets: [sheet], foot: [], cut: cut() };
}

function looseSheet(content: Readonly<Record<string, Json>>, language: Language, take: PieceBudget): SheetText {
  const recipients = looseRecipients(content);
  return {
    ...blankSheet,
    head: looseHead(content).map((line) => [line]),
    typeName: textOf(content.typeName),
    title: textOf(content.title),
    pieces: looseBody(content, language, take),
    recipients: recipients.length === 0 ? null : { label: recipientsLabel, items: recipients },
  };
}

function readingOf(view: PaperView): PaperText {
  const { corner, circulation, contact, code, mark } = view.page.around;
  const { take, cut } = roomForPieces();
  const sheets =
    view.copied === null ? [sheetOf(view, 'paper', take)] : [sheetOf(view.copied, 'copied', take), copyBlockOf(view)];
  return { top: present(mark, corner, circulation), sheets, foot: present(contact, code), cut: cut() };
}

function sheetOf(view: PaperView, kind: SheetText['kind'], take: PieceBudget): SheetText {
  const { enacting } = view;
  const letter = view.typeName === null;
  const words = (lines: readonly string[]) => lines.join(' ');
  return {
    ...endOf(view),
    kind,
    head: [
      present(words(view.superior), words(view.issuer)),
      country,
      present(view.number, letter ? view.title : null),
      present(view.placeAndDate),
    ],
    typeName: view.typeName ?? '',
    title: letter ? '' : words(view.titleLines),
    stamp: view.stamp?.text ?? null,
    addressees: addresseesOf(view),
    pieces: take([
      ...(enacting === null ? [] : [piece({ paragraph: words(enacting.by), centred: true })]),
      ...view.bases.map((basis) => piece({ basis })),
      ...(enacting === null ? [] : [piece({ paragraph: enacting.word, centred: true })]),
      ...view.body.flatMap(pieceOf),
    ]),
    appendices: view.appendices.map(({ name, marker, titleLines, attached, body }) => ({
      marker,
      title: words(titleLines),
      attached: words(attached),
      landscape: view.page.appendices.some((page) => page.name === name && page.landscape),
      pieces: take(body.flatMap(pieceOf)),
    })),
  };
}

/** Below what it copies, a copy says who made it, when, and for whom. */
function copyBlockOf(view: PaperView): SheetText {
  const head = [
    present(view.superior.join(' '), view.issuer.join(' ')),
    present(view.typeName),
    present(view.number),
    present(view.placeAndDate),
  ];
  return { ...blankSheet, ...endOf(view), kind: 'copy', head };
}

function endOf({ minutes, recipients, signature }: PaperView): Pick<SheetText, 'minutes' | 'recipients' | 'signature'> {
  const signer = ({ lines, signed, name }: SignatureView): SignerText => ({ lines, signed, name });
  const items = recipients.map(({ text, drafter }) => (drafter === null ? text : `${text} ${drafter}`));
  return {
    minutes: minutes === null ? [] : [signer(minutes.secretary), signer(minutes.chair)],
    recipients: items.length === 0 ? null : { label: recipientsLabel, items },
    signature: signature === null ? null : signer(signature),
  };
}

function addresseesOf({ addressees }: PaperView): ListText | null {
  if (addressees === null) return null;
  const { label, one, several } = addressees;
  return { label: one === null ? `${label}:` : `${label}: ${one}`, items: several };
}

/** One deeper than in the print, whose own heading is the page's. */
const depthMax = 6;

function pieceOf({ heading, paragraph, article, table }: BlockView): readonly Piece[] {
  if (heading !== null) {
    const centred = heading.kind === 'chapter' || heading.kind === 'part';
    return [piece({ heading: heading.lines.join('\n'), depth: Math.min(depthMax, heading.depth + 1), centred })];
  }
  if (article !== null) return [piece({ lead: article.marker, paragraph: article.text })];
  if (table !== null)
    return [piece({ table: { caption: table.caption ?? '', head: table.head, rows: table.rows.map(({ cells }) => cells) } })];
  if (paragraph === null) return [];
  const { marker, text, level } = paragraph;
  return [piece({ paragraph: marker === null ? text : `${marker} ${text}`, level })];
}

function present(...lines: readonly (string | null)[]): readonly string[] {
  return lines.filter((line): line is string => line !== null && line !== '');
}
