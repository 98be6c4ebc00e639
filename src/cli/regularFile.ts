import { readFile, stat } from 'node:fs/promises';

/**
 * The bytes of a file named on the command line. Throws, before it is opened, for one of more than `bytesMax` (code `EFBIG`) and for
 * whatever is no plain file (`EINVAL`): a pipe or a device tells no size, and may never end.
 */
export async function regularFile(file: string | URL, bytesMax: number): Promise<Buffer> {
  const found = await stat(file);
  if (!found.isFile()) throw Object.assign(new Error('no plain file'), { code: 'EINVAL' });
  if (found.size > bytesMax) throw Object.assign(new Error('too large'), { code: 'EFBIG' });
  return readFile(file);
}

export function isTooLarge(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | null)?.code === 'EFBIG';
}
