import { hash, parseOptions, verify } from '@node-rs/argon2';
import { TrinhkyError } from '../errors.js';

/** argon2id (the library's default algorithm) with the parameters of OWASP's password storage sheet; memory in KiB. */
export const argon2Parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;
/** Hashes computed at once in one process: each takes 19 MiB and most of a core. */
export const hashesAtOnceMax = 2;
/** Hashes that may wait for their turn; beyond it the answer is `busy`. */
export const hashesWaitingMax = 200;
export const passwordCharsMin = 8;
export const passwordCharsMax = 256;
/** Characters that must be left when everything guessable is taken out of a password. */
const ownCharsMin = 4;

/** Words that stand at the head of every guesser's list, without accents and in lower case; Vietnamese habits included. */
const commonWords = (
  'password passw0rd matkhau admin administrator root user test welcome letmein iloveyou anhyeuem emyeuanh yeuem yeuanh ' +
  'vietnam vietnamese hochiminh saigon hanoi quantri vanthu chutich phochutich uyban nhandan uybannhandan ubnd trinhky ' +
  'qwerty qwertyuiop azerty asdfgh asdfghjkl zxcvbn zxcvbnm abc abcd abcdef monkey dragon football master sunshine princess ' +
  'changeme secret login guest default thang nam ngay quan phuong phong huyen tinh thanhpho'
).split(' ');

/** Why a password is refused. There are no rules of composition: length and guessability only (ASVS 5.0, 6.2). */
export type PasswordFault = 'tooShort' | 'tooLong' | 'guessable';

/**
 * Judges a new password. `context` are words an attacker would try first: the person's login and name, unit, authority, place.
 * A password is guessable when fewer than four characters are left without such words, common words, years, runs and repetitions.
 */
export function passwordFault(password: string, context: readonly string[]): PasswordFault | null {
  const length = Array.from(password.normalize('NFC')).length;
  if (length < passwordCharsMin) return 'tooShort';
  if (length > passwordCharsMax) return 'tooLong';
  const words = [...commonWords, ...context.flatMap(wordsOf)].sort((a, b) => b.length - a.length);
  let rest = foldedOf(password);
  // A space stays behind, so that what stood apart does not become a word or a run.
  for (const word of words) rest = rest.replaceAll(word, ' ');
  rest = withoutRuns(rest.replace(/(19|20)\d\d/g, ' ')).replaceAll(' ', '');
  return Array.from(rest).length < ownCharsMin ? 'guessable' : null;
}

/** Lower case, without accents, white space, punctuation and the other signs of a keyboard. */
function foldedOf(text: string): string {
  return text
    .normalize('NFKD')
    .toLowerCase()
    .replace(/đ/g, 'd')
    .replace(/[\p{M}\p{P}\s$+<=>^`|~]/gu, '');
}

/** Shorter words are in everything. */
const WORD_CHARS_MIN = 3;

/** The words of a name, and all of it written together. */
function wordsOf(text: string): string[] {
  const words = text.split(/[\s\p{P}]+/u).map(foldedOf);
  return [words.join(''), ...words].filter((word) => word.length >= WORD_CHARS_MIN);
}

/** Takes out runs of three or more that repeat, rise or fall by one: `aaaa`, `1234`, `cba`. */
function withoutRuns(text: string): string {
  const chars = Array.from(text);
  const codes = chars.map((char) => char.codePointAt(0) ?? 0);
  const step = (index: number) => (codes[index] ?? 0) - (codes[index - 1] ?? 0);
  const inRun = (index: number) =>
    [index, index + 1, index + 2].some(
      (end) => end >= 2 && end < codes.length && step(end) === step(end - 1) && Math.abs(step(end)) <= 1,
    );
  return chars.filter((_char, index) => !inRun(index)).join('');
}

let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (running >= hashesAtOnceMax) {
    if (waiting.length >= hashesWaitingMax) throw new TrinhkyError('busy', { what: 'passwords' });
    // Whoever ends hands its place over, so `running` stays as it is.
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    if (next === undefined) running -= 1;
    else next();
  }
}

/** Hashes a password in NFC, whole. Throws `busy` when too many wait. */
export function hashPassword(password: string): Promise<string> {
  return inTurn(() => hash(password.normalize('NFC'), argon2Parameters));
}

/** Whether a password is that of a hash. Longer ones than are accepted take the same time and are wrong. */
export function verifyPassword(hashed: string, password: string): Promise<boolean> {
  const text = password.normalize('NFC');
  const tooLong = Array.from(text).length > passwordCharsMax;
  return inTurn(async () => (await verify(hashed, tooLong ? '' : text)) && !tooLong);
}

/** Whether a hash was made with other parameters than today's. */
export function isOutdated(hashed: string): boolean {
  const { memoryCost, timeCost, parallelism } = parseOptions(hashed);
  const now = argon2Parameters;
  return (
    memoryCost !== now.memoryCost ||
    timeCost !== now.timeCost ||
    parallelism !== now.parallelism ||
    !hashed.startsWith('$argon2id$')
  );
}
