import type { Collection, Filter } from 'mongodb';

interface ById {
  _id: string;
  authority: string;
}

/** Ids asked for in one query. */
const idsMax = 1_000;

/** Those of these hashes under which a collection holds something, whose ids are `authority/hash`: by id alone, in pages. */
export async function presentIn<T extends ById>(
  collection: Collection<T>,
  authority: string,
  hashes: Iterable<string>,
): Promise<ReadonlySet<string>> {
  const wanted = [...new Set(hashes)];
  const found = new Set<string>();
  for (let from = 0; from < wanted.length; from += idsMax) {
    const ids = wanted.slice(from, from + idsMax).map((hash) => `${authority}/${hash}`);
    const filter = { _id: { $in: ids }, authority } as unknown as Filter<T>;
    const rows = collection.find<ById>(filter, { projection: { _id: 1 } });
    for await (const { _id } of rows) found.add(_id.slice(authority.length + 1));
  }
  return found;
}
