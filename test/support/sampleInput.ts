import type { Json, JsonObject } from '../../src/engine/json.js';
import { contentOf } from './builders.js';

/** Units and days that exist in the example authority, where a schema only says "a string". */
const known: Readonly<Record<string, Json>> = {
  lead: ['ward1'],
  leadUnit: 'ward1',
  handler: 'ward1Head',
  newDrafter: 'colleague',
  people: ['clerk'],
  voters: ['chair', 'clerk'],
  cooperating: ['ward2'],
  units: ['ward1', 'ward2'],
  sentTo: ['ward1', 'finance'],
  draftingUnit: 'culture',
  recipients: [{ name: 'Phường 1', unit: 'ward1', purpose: 'để thực hiện' }, { name: 'Sở Ví dụ' }],
  content: contentOf('sample'),
  period: '2010-Q1',
};

/** An input that fits a transition's schema: every field is given, the ones that name units with units that exist. */
export function sampleInput(schema: JsonObject | undefined): JsonObject {
  const properties = (schema?.properties ?? {}) as Readonly<Record<string, JsonObject>>;
  return Object.fromEntries(Object.entries(properties).map(([name, field]) => [name, known[name] ?? sampleOf(field)]));
}

function sampleOf(schema: JsonObject): Json {
  if (Array.isArray(schema.enum)) return schema.enum[0] as Json;
  if (schema.format === 'date') return '2010-04-30';
  if (schema.type === 'string') return 'Ví dụ';
  if (schema.type === 'integer') return 1;
  if (schema.type === 'boolean') return true;
  if (schema.type === 'array') return [];
  throw new Error(`no sample for ${JSON.stringify(schema)}`);
}
