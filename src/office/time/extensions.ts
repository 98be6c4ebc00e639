import { isObject, type JsonObject } from '../../engine/json.js';

/** One extension (gia hạn) that was granted, as the context keeps it. Days are `yyyy-mm-dd`. */
export interface Extension {
  /** The day on which it was due before. */
  readonly from: string | null;
  readonly to: string | null;
  readonly reason: string;
  readonly askedBy: string | null;
  /** Who granted it. */
  readonly by: string;
  readonly at: string;
}

/** The extensions of an instance, oldest first; what is none is left out. */
export function extensionsOf(context: JsonObject): readonly Extension[] {
  const list = context.extensions;
  if (!Array.isArray(list)) return [];
  return list.filter(
    (line) => isObject(line) && typeof line.by === 'string' && typeof line.at === 'string',
  ) as unknown as Extension[];
}
