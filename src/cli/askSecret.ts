/** The part of a terminal's input that asking needs. */
export interface SecretInput {
  readonly isTTY?: boolean;
  setRawMode?(raw: boolean): unknown;
  on(event: 'data', listener: (chunk: Buffer) => void): unknown;
  off(event: 'data', listener: (chunk: Buffer) => void): unknown;
  resume(): unknown;
  pause(): unknown;
}

const secretBytesMax = 1_024;
const keys = { interrupt: 0x03, endOfInput: 0x04, newLine: 0x0a, enter: 0x0d, backspace: 0x7f, erase: 0x08 } as const;

/** Asks for a secret on a terminal, without showing it; null where there is no terminal, or the asking was broken off. */
export async function askSecret(
  question: string,
  input: SecretInput,
  output: { write(text: string): unknown },
): Promise<string | null> {
  if (input.isTTY !== true || input.setRawMode === undefined) return null;
  output.write(question);
  input.setRawMode(true);
  input.resume();
  try {
    return await typed(input);
  } finally {
    input.setRawMode(false);
    input.pause();
    output.write('\n');
  }
}

function typed(input: SecretInput): Promise<string | null> {
  return new Promise((resolve) => {
    let bytes: number[] = [];
    const finish = (answer: string | null) => {
      input.off('data', listen);
      resolve(answer);
    };
    const listen = (chunk: Buffer) => {
      for (const byte of chunk) {
        if (byte === keys.interrupt || byte === keys.endOfInput || bytes.length > secretBytesMax) return finish(null);
        if (byte === keys.enter || byte === keys.newLine) return finish(Buffer.from(bytes).toString('utf8'));
        if (byte === keys.backspace || byte === keys.erase) bytes = bytes.slice(0, lastCharAt(bytes));
        else bytes.push(byte);
      }
    };
    input.on('data', listen);
  });
}

/** Where the last character of UTF-8 begins: the bytes after its first are 10xxxxxx. */
function lastCharAt(bytes: readonly number[]): number {
  let at = bytes.length - 1;
  while (at > 0 && ((bytes[at] ?? 0) & 0xc0) === 0x80) at -= 1;
  return Math.max(0, at);
}
