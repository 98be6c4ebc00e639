import type { Json, JsonObject } from '../../engine/json.js';
import { isObject } from '../../engine/json.js';
import type { Paper, PaperContent, Picture } from '../../office/papers/paper.js';
import type { Store } from '../ports.js';

/** A paper as it was printed, with its content and pictures by their hashes: they are stored once for all papers that bear them. */
type PrintRecord = Omit<Paper, 'content' | 'pictures'> & {
  readonly content: string;
  readonly pictures: { readonly signature: string | null; readonly seal: string | null };
};

/**
 * Stores everything that a print depends on beside the versions of what prints, so that it can be repeated when keys, pictures and
 * posts have long changed. `content` is the hash under which the paper's content is stored. Answers the hash of the record.
 */
export async function recordPaper({ contents }: Store, authority: string, paper: Paper, content: string): Promise<string> {
  const stored = (picture: Picture | null | undefined): Promise<string | null> =>
    picture ? contents.put(authority, { ...picture }) : Promise.resolve(null);
  const [signature, seal] = await Promise.all([stored(paper.pictures?.signature), stored(paper.pictures?.seal)]);
  const record: PrintRecord = { ...paper, content, pictures: { signature, seal } };
  return contents.put(authority, record as unknown as JsonObject);
}

/** The paper of a record, whole; null where the record, its content or a picture is not there. */
export async function recordedPaper(
  { contents }: { readonly contents: Pick<Store['contents'], 'get'> },
  authority: string,
  hash: string,
): Promise<Paper | null> {
  const record = (await contents.get(authority, hash)) as unknown as PrintRecord | null;
  if (record === null) return null;
  const read = (named: string | null): Promise<Json> =>
    named === null ? Promise.resolve(null) : contents.get(authority, named).then((found) => found ?? 'missing');
  const { pictures } = record;
  const [content, signature, seal] = await Promise.all([read(record.content), read(pictures.signature), read(pictures.seal)]);
  if (!isObject(content) || signature === 'missing' || seal === 'missing') return null;
  return {
    ...record,
    content: content as unknown as PaperContent,
    pictures: { signature: signature as Picture | null, seal: seal as Picture | null },
  };
}
