/** Makes a value when it is first asked for, and keeps it. */
export function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

/** Records by a key of each, in their order. */
export function groupBy<T>(records: readonly T[], keyOf: (record: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const record of records) {
    const key = keyOf(record);
    const group = groups.get(key);
    if (group) group.push(record);
    else groups.set(key, [record]);
  }
  return groups;
}

/** Records that stand under several keys each, by key, in their order. */
export function groupByEach<T>(records: readonly T[], keysOf: (record: T) => readonly string[]): Map<string, T[]> {
  const each = records.flatMap((record) => keysOf(record).map((key) => ({ key, record })));
  return new Map([...groupBy(each, ({ key }) => key)].map(([key, group]) => [key, group.map(({ record }) => record)]));
}

/** Lists that are another one with one record more, each with that one. */
const grown = new WeakMap<object, { readonly from: object; readonly added: unknown }>();

/** The records with one more, whose tables are made from those of the records and not anew. */
export function withOneMore<T>(records: readonly T[], added: T): readonly T[] {
  const more = [...records, added];
  grown.set(more, { from: records, added });
  return more;
}

/** The table of a list by a key, made once for each list: directories that differ in one list share those of all others. */
export function grouped<T>(keyOf: (record: T) => string): (records: readonly T[]) => ReadonlyMap<string, readonly T[]> {
  const made = new WeakMap<object, ReadonlyMap<string, readonly T[]>>();
  const tableOf = (records: readonly T[]): ReadonlyMap<string, readonly T[]> => {
    const table = made.get(records) ?? newTable(records);
    made.set(records, table);
    return table;
  };
  const newTable = (records: readonly T[]): ReadonlyMap<string, readonly T[]> => {
    const origin = grown.get(records);
    if (origin === undefined) return groupBy(records, keyOf);
    const added = origin.added as T;
    const key = keyOf(added);
    const before = tableOf(origin.from as readonly T[]);
    return new Map(before).set(key, [...(before.get(key) ?? []), added]);
  };
  return tableOf;
}

/** Records by their ids, made once for each list; of two with one id the later. */
export function byIds<T extends { readonly id: string }>(): (records: readonly T[]) => ReadonlyMap<string, T> {
  const made = new WeakMap<object, ReadonlyMap<string, T>>();
  return (records) => {
    const table = made.get(records) ?? new Map(records.map((record) => [record.id, record]));
    made.set(records, table);
    return table;
  };
}
