import { type Found, type Place, term } from '../finding.js';
import { centreToleranceMm, millimetres, type Spot } from '../look.js';
import { bottomOf, centreOf, type MeasuredBox, topOf } from '../measures.js';
import { type FormRule, type Judged, rulesOf } from '../rule.js';

/** A seal is as wide as it is high; a signature is not. */
const squareShareMax = 1.25;
/** How far from the name's middle a picture may reach and still belong to its signature. */
const reachMm = 60;
/** A signature is never drawn to the millimetre: half a letter's height beside its middle is still between title and name. */
const heightToleranceMm = 5;
/** `Khoảng 1/3`. */
const coveredShare = { min: 0.2, max: 0.5 } as const;

interface Pictures {
  readonly page: number;
  /** The middle of the name, and of the place between title and name. */
  readonly centreMm: number;
  readonly middleMm: number;
  readonly hand: MeasuredBox | null;
  readonly seal: MeasuredBox | null;
}

/** The pictures at the place between the signatory's title and name; null where there are none, or no such place. */
function picturesOf({ located, measures }: Judged): Pictures | null {
  const [title, name] = [located?.capacity?.lines.at(-1), located?.signer?.lines[0]];
  const spot: Spot | null = located?.signer ?? null;
  const page = measures?.pages.find(({ number }) => number === spot?.page);
  if (title === undefined || name === undefined || page === undefined) return null;
  const [top, bottom, centreMm] = [bottomOf(title), topOf(name), centreOf(name)];
  const here = page.images.filter(
    ({ xMm, yMm, widthMm, heightMm }) =>
      yMm < bottom && yMm + heightMm > top && xMm < centreMm + reachMm && xMm + widthMm > centreMm - reachMm,
  );
  const bySquare = [...here].sort((a, b) => squareness(a) - squareness(b));
  const [first, second] = bySquare;
  if (first === undefined) return null;
  const seal = squareness(first) <= squareShareMax ? first : null;
  return { page: page.number, centreMm, middleMm: (top + bottom) / 2, seal, hand: (seal === null ? first : second) ?? null };
}

/** 1 for a square, more for what is longer than high, or higher than long. */
function squareness({ widthMm, heightMm }: MeasuredBox): number {
  return Math.max(widthMm, heightMm) / Math.max(Math.min(widthMm, heightMm), 0.1);
}

function placeAt(page: number, { xMm, yMm, widthMm, heightMm }: MeasuredBox): Place {
  return { page, xMm, yMm, widthMm, heightMm };
}

/** The signature stands in the middle between title and name, and over the middle of the name. */
function handFaults({ page, hand, centreMm, middleMm }: Pictures): readonly Found[] {
  if (hand === null) return [];
  const place = placeAt(page, hand);
  const [across, down] = [hand.xMm + hand.widthMm / 2, hand.yMm + hand.heightMm / 2];
  return [
    ...(Math.abs(across - centreMm) > centreToleranceMm
      ? [{ place, found: millimetres(across), expected: millimetres(centreMm) }]
      : []),
    ...(Math.abs(down - middleMm) > heightToleranceMm ? [{ place, found: term('notCentred'), expected: term('centred') }] : []),
  ];
}

/** The seal lies over about a third of the signature, from its left. */
function sealFaults({ page, hand, seal }: Pictures): readonly Found[] {
  if (hand === null || seal === null) return [];
  const sealRight = seal.xMm + seal.widthMm;
  const beside = seal.yMm < hand.yMm + hand.heightMm && seal.yMm + seal.heightMm > hand.yMm;
  const covered = beside ? Math.max(0, sealRight - hand.xMm) / hand.widthMm : 0;
  const fits = covered >= coveredShare.min && covered <= coveredShare.max && seal.xMm < hand.xMm;
  const [min, max] = [hand.xMm + hand.widthMm * coveredShare.min, hand.xMm + hand.widthMm * coveredShare.max];
  const found = seal.xMm < hand.xMm ? millimetres(sealRight) : millimetres(seal.xMm);
  return fits ? [] : [{ place: placeAt(page, seal), found, expected: `${millimetres(min)} – ${millimetres(max)}` }];
}

const ruleOf = (key: string, check: (pictures: Pictures) => readonly Found[]): readonly FormRule[] =>
  rulesOf<null>({
    key,
    part: 'signature',
    in: { 'ND30-2020': { trust: 'read', params: null } },
    check: (judged) => {
      const pictures = picturesOf(judged);
      return pictures === null ? [] : check(pictures);
    },
  });

/** Where the pictures of signature and seal stand (ô số 7c and 8). Their colours are not judged: the reader knows places alone. */
export const pictureRules: readonly FormRule[] = [...ruleOf('G-01', handFaults), ...ruleOf('G-02', sealFaults)];
