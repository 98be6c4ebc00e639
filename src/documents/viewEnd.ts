import { TrinhkyError } from '../errors.js';
import type { Paper, PaperContent, Picture, Recipient } from '../office/papers/paper.js';
import { clean, listed, withoutEnd } from './printedText.js';

/** What stands below the text: who signs, and who receives. */
export interface EndView {
  readonly signature: SignatureView | null;
  /** Biên bản: secretary on the left, chair on the right, recipients below both. */
  readonly minutes: { readonly secretary: SignatureView; readonly chair: SignatureView } | null;
  /** Without the leading hyphen; the last one is the archive line. */
  readonly recipients: readonly RecipientView[];
}

export interface RecipientView {
  readonly text: string;
  /** Ký hiệu người soạn thảo and the number of copies, at the right end of the last line. */
  readonly drafter: string | null;
}

export interface SignatureView {
  /** Quyền hạn, chức vụ: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH`. */
  readonly lines: readonly string[];
  readonly name: string;
  /** Printed in the place of the signature: `(Đã ký)` on a copied paper. */
  readonly signed: string | null;
  readonly hand: PictureView | null;
  readonly seal: PictureView | null;
  /** Of the place between title and name. */
  readonly heightMm: number;
}

export interface PictureView {
  readonly png: string;
  readonly alt: string;
  readonly widthMm: number;
  readonly heightMm: number;
  /** From the left edge of the signature's column. */
  readonly leftMm: number;
  readonly topMm: number;
}

export interface AddresseesView {
  readonly label: string;
  /** A single addressee stands on the line of `Kính gửi:`; several stand below it, one a line. */
  readonly one: string | null;
  readonly several: readonly string[];
}

/** A recipient with this purpose is an addressee: printed under `Kính gửi`, and `Như trên` stands for it in `Nơi nhận`. */
const addresseePurpose = 'kính gửi';
/** Giấy mời: its sample form invites (`trân trọng kính mời`) instead of addressing. */
const invitationType = 'GM';
/** Half of the text's width (1.2, ô 7): 164 mm on a portrait page. */
const columnMm = 82;
/** For a signature by hand and a seal, where no pictures are given. */
const signedMmMin = 26;
/** Stands for a signature's width where only a seal is pictured. */
const usualSignatureMm = 40;
const pictureMmMax = 80;

/** Who the paper is addressed to: `addressees`, and recipients whose purpose says so. Null where there is nobody. */
export function addresseesOf(content: PaperContent): AddresseesView | null {
  const names = addresseeNames(content);
  const [only] = names;
  if (only === undefined) return null;
  const label = content.type === invitationType ? 'Kính mời' : 'Kính gửi';
  return names.length === 1 ? { label, one: withoutEnd(only), several: [] } : { label, one: null, several: listed(names) };
}

/** Throws `printFailed` {reason: 'pictureInvalid'} for a picture that is no base64 or larger than its place. */
export function endOf(paper: Paper): EndView {
  const { content, signature } = paper;
  const { minutes } = content;
  const recipients = recipientsOf(content, addresseeNames(content).length > 0);
  if (minutes !== undefined) {
    const chair = signerOf([minutes.chair.title], minutes.chair.name, paper.pictures);
    return {
      signature: null,
      minutes: { secretary: signerOf([minutes.secretary.title], minutes.secretary.name), chair },
      recipients,
    };
  }
  if (signature === null) return { signature: null, minutes: null, recipients };
  const { authority, capacity, title, name } = signature;
  const lines = [authority, capacity, title].filter((line) => line !== null);
  return { signature: signerOf(lines, name, paper.pictures), minutes: null, recipients };
}

/** The end of a paper that is copied: `(Đã ký)` in the place of signature and seal. */
export function endAsCopied(end: EndView): EndView {
  const signed = (signer: SignatureView): SignatureView => ({ ...signer, signed: '(Đã ký)', heightMm: 0 });
  const { minutes, signature } = end;
  return {
    ...end,
    signature: signature === null ? null : signed(signature),
    minutes: minutes === null ? null : { secretary: signed(minutes.secretary), chair: signed(minutes.chair) },
  };
}

function addresseeNames(content: PaperContent): readonly string[] {
  const marked = content.recipients.filter(isAddressee).map(({ name }) => name);
  return [...(content.addressees ?? []), ...marked].map((name) => clean(name).replace(/^[-–]\s*/u, ''));
}

function isAddressee({ purpose }: Recipient): boolean {
  return purpose !== null && clean(purpose).toLocaleLowerCase('vi') === addresseePurpose;
}

function recipientsOf(content: PaperContent, asAbove: boolean): readonly RecipientView[] {
  const lines = content.recipients
    .filter((recipient) => !isAddressee(recipient))
    .map(({ name, purpose }) => {
      const why = purpose === null ? '' : withoutEnd(clean(purpose)).replace(/^\((.*)\)$/u, '$1');
      return why === '' ? clean(name) : `${withoutEnd(clean(name))} (${why})`;
    });
  const archive = content.archive === null ? [] : [clean(content.archive)];
  const all = listed([...(asAbove ? ['Như trên'] : []), ...lines, ...archive].map((line) => line.replace(/^[-–]\s*/u, '')));
  const mark = content.drafterMark;
  const drafter = mark === undefined ? null : `${clean(mark.initials)}${mark.copies === null ? '' : `.(${mark.copies})`}`;
  return all.map((text, index) => ({ text, drafter: index === all.length - 1 ? drafter : null }));
}

/** The signature in the middle of its column, the seal over the left third of it, both in their true size (G-01, G-02). */
function signerOf(lines: readonly string[], name: string, pictures?: Paper['pictures']): SignatureView {
  const signature = pictures?.signature ?? null;
  const seal = pictures?.seal ?? null;
  const heightMm = Math.max(signedMmMin, (signature?.heightMm ?? 0) + 2);
  const signatureMm = signature?.widthMm ?? usualSignatureMm;
  const sealRightMm = columnMm / 2 - signatureMm / 2 + signatureMm / 3;
  return {
    lines: lines.map(clean),
    name: clean(name),
    signed: null,
    hand: signature && picture(signature, `Chữ ký của ${clean(name)}`, (columnMm - signature.widthMm) / 2, heightMm),
    seal: seal && picture(seal, 'Dấu của cơ quan ban hành', sealRightMm - seal.widthMm, heightMm),
    heightMm,
  };
}

function picture({ png, widthMm, heightMm }: Picture, alt: string, leftMm: number, placeMm: number): PictureView {
  const sound = [widthMm, heightMm].every((length) => length > 0 && length <= pictureMmMax);
  if (!sound || !/^[A-Za-z0-9+/]+={0,2}$/.test(png)) throw new TrinhkyError('printFailed', { reason: 'pictureInvalid' });
  return { png, alt, widthMm, heightMm, leftMm: rounded(leftMm), topMm: rounded((placeMm - heightMm) / 2) };
}

/** To a hundredth of a millimetre: what stands in the page must not depend on how a machine writes long fractions. */
function rounded(lengthMm: number): number {
  return Math.round(lengthMm * 100) / 100;
}
