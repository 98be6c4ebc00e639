import type { Io } from './host.js';

/** Shows work that takes a while: one line that changes and finished steps on a terminal, plain lines elsewhere. */
export interface Progress {
  /** What is being done now. Only a terminal shows it. */
  doing(text: string): void;
  /** A finished step; `when` is the day in the story. */
  done(when: string, text: string): void;
  /** What stands behind the step that was just finished. */
  detail(text: string): void;
  /** A refusal that was expected. */
  refused(text: string): void;
  /** Something the reader should know. */
  note(text: string): void;
  /** Takes the changing line away. Called again it does nothing. */
  end(): void;
}

const FRAMES = '⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏';
const frameMs = 120;
const columnsDefault = 80;

type Colour = 'green' | 'yellow' | 'dim' | 'bold';
const CODES: Readonly<Record<Colour, string>> = { green: '32', yellow: '33', dim: '2', bold: '1' };
export type Paint = (colour: Colour, text: string) => string;

/** Colours on a terminal without NO_COLOR, nothing elsewhere. */
export function paintOf(io: Pick<Io, 'isTTY' | 'noColor'>): Paint {
  return io.isTTY && !io.noColor ? (colour, text) => `\u001B[${CODES[colour]}m${text}\u001B[0m` : (_, text) => text;
}

/** Progress that says nothing: with `--json` only JSON is printed. */
export const silent: Progress = { doing() {}, done() {}, detail() {}, refused() {}, note() {}, end() {} };

export function makeProgress(io: Io): Progress {
  const paint = paintOf(io);
  const write = (text: string) => io.stdout.write(text);
  return io.isTTY ? changing(io, paint, write) : plain(write);
}

function plain(write: (text: string) => void): Progress {
  return {
    doing() {},
    done: (when, text) => write(`${when}  ${text}\n`),
    detail: (text) => write(`            · ${text}\n`),
    refused: (text) => write(`            × ${text}\n`),
    note: (text) => write(`            ! ${text}\n`),
    end() {},
  };
}

function changing(io: Io, paint: Paint, write: (text: string) => void): Progress {
  let now = '';
  let frame = 0;
  let timer: NodeJS.Timeout | undefined;
  const width = () => Math.max(20, io.columns ?? columnsDefault);
  const clear = () => write('\r\u001B[2K');
  const draw = () => {
    frame = (frame + 1) % FRAMES.length;
    const text = `${FRAMES.charAt(frame)} ${now}`;
    // A line that reaches the last column would wrap, and only its last row could be taken back.
    write(`\r\u001B[2K${paint('dim', text.length < width() ? text : `${text.slice(0, width() - 2)}…`)}`);
  };
  const line = (mark: string, indent: number, text: string) => {
    clear();
    const [first = '', ...more] = wrapped(text, width() - indent - 1);
    write(`${mark}${first}\n${more.map((rest) => `${' '.repeat(indent)}${rest}\n`).join('')}`);
    if (timer !== undefined) draw();
  };
  return {
    doing(text) {
      now = text;
      timer ??= setInterval(draw, frameMs).unref();
      draw();
    },
    done: (when, text) => line(`${paint('green', '✓')} ${paint('dim', when)}  `, when.length + 4, text),
    detail: (text) => line(`${' '.repeat(14)}${paint('dim', '·')} `, 16, text),
    refused: (text) => line(`${' '.repeat(14)}${paint('yellow', '×')} `, 16, text),
    note: (text) => line(`${' '.repeat(14)}${paint('yellow', '!')} `, 16, text),
    end() {
      if (timer === undefined) return;
      clearInterval(timer);
      timer = undefined;
      clear();
    },
  };
}

/** Lines of at most `width` characters, broken between words. Vietnamese in NFC takes one column for each character. */
export function wrapped(text: string, width: number): string[] {
  const lines: string[] = [];
  let current = '';
  for (const word of text.split(' ')) {
    if (current !== '' && current.length + 1 + word.length > width) {
      lines.push(current);
      current = word;
    } else current = current === '' ? word : `${current} ${word}`;
  }
  return [...lines, current];
}
