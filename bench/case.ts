import { createHash } from 'node:crypto';

/**
 * The work that every variant does: an approval case of seven commands with one return loop, each with a note of about
 * 400 bytes. The rules are in workflows/approval.v1.json; this file says who does what in which order.
 */
export interface Step {
  readonly command: string;
  /** Id of the person, see town.ts. */
  readonly actor: string;
  readonly from: string;
  readonly to: string;
  /** The person who is told. */
  readonly told: string;
}

export const steps: readonly Step[] = [
  { command: 'SUBMIT', actor: 'officer', from: 'drafting', to: 'reviewing', told: 'head' },
  { command: 'RETURN', actor: 'head', from: 'reviewing', to: 'drafting', told: 'officer' },
  { command: 'SUBMIT', actor: 'officer', from: 'drafting', to: 'reviewing', told: 'head' },
  { command: 'APPROVE', actor: 'head', from: 'reviewing', to: 'checking', told: 'form' },
  { command: 'CHECK', actor: 'form', from: 'checking', to: 'signing', told: 'deputy' },
  { command: 'SIGN', actor: 'deputy', from: 'signing', to: 'issuing', told: 'clerk' },
  { command: 'ISSUE', actor: 'clerk', from: 'issuing', to: 'issued', told: 'officer' },
];

/** A case whose definition names somebody to tell at every command, and one that does so on the return only; whose turn it is is told in both. */
export type CaseKind = 'approval' | 'quiet';

/** Whether a command of this kind of case leaves an effect behind. */
export function tells(kind: CaseKind, step: Step): boolean {
  return kind === 'approval' || step.command === 'RETURN';
}

const words =
  'đề nghị xem xét nội dung đối chiếu căn cứ pháp lý thời hạn thực hiện từng đơn vị trước khi trình phường quận phòng ban chuyên môn rà soát bổ sung số liệu báo cáo quý tổng hợp kinh phí dự toán phụ lục người phụ trách tiến độ kết quả kiểm tra ý kiến'.split(
    ' ',
  );
const noteBytes = 400;

/** Words in an order that repeats nowhere, so that a note is stored as notes are. */
function written(number: number): string {
  let text = `${number}:`;
  let chance = number * 2_654_435_761 + 1;
  for (;;) {
    chance = (Math.imul(chance, 1_664_525) + 1_013_904_223) >>> 0;
    const longer = `${text} ${words[(chance >>> 8) % words.length]}`;
    if (Buffer.byteLength(longer) > noteBytes) return text.padEnd(text.length + noteBytes - Buffer.byteLength(text), '.');
    text = longer;
  }
}

const notesKept = 64;
// Made before anything is measured.
const notes = Array.from({ length: notesKept }, (_, number) => written(number));

/** A note of 400 bytes of UTF-8; another one for each of 64 numbers that follow one another. */
export function noteOf(number: number): string {
  return notes[number % notesKept] as string;
}

export const titleOf = (number: number): string => `Kế hoạch ví dụ số ${number}`;

/** Where a step of the endless loop SUBMIT, RETURN stands: for what needs one instance to take any number of commands. */
export function loopStep(number: number): Step {
  return steps[number % 2] as Step;
}

/** The facts of one history entry as the variants without the engine store them; the engine stores its own, which say more. */
export interface PlainEntry {
  readonly seq: number;
  readonly at: string;
  readonly actor: string;
  readonly role: string;
  readonly command: string;
  readonly transition: string;
  readonly key: string;
  readonly requestHash: string;
  readonly before: string;
  readonly after: string;
  readonly input: { readonly note: string };
}

export interface PlainCommand {
  readonly step: Step;
  readonly seq: number;
  readonly key: string;
  readonly note: string;
}

export function plainEntry({ step, seq, key, note }: PlainCommand): PlainEntry {
  const { command, actor, from, to } = step;
  return {
    seq,
    at: new Date().toISOString(),
    actor,
    role: actor,
    command,
    transition: `${command}/1`,
    key,
    requestHash: createHash('sha256').update(`${command}${note}`).digest('hex'),
    before: from,
    after: to,
    input: { note },
  };
}
