import { formItemsMax, narrativeCharsMax, tableColumnsMax, tableRowsMax } from '../../office/reporting/formFaults.js';

/** JSON Schema of a report form as it is loaded. What it cannot say is checked by `formFaults`. */

const code = { type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,39}$' } as const;
const words = { type: 'string', minLength: 1, maxLength: 500, pattern: '\\S' } as const;
const label = object({ vi: words, en: words });
const bound = { type: ['string', 'null'], maxLength: 40 } as const;
const required = { type: 'boolean' } as const;

function object(properties: Readonly<Record<string, unknown>>) {
  return { type: 'object', required: Object.keys(properties), additionalProperties: false, properties } as const;
}

const figure = {
  kind: { const: 'figure' },
  code,
  label,
  unit: { type: 'string', minLength: 1, maxLength: 60, pattern: '\\S' },
  decimals: { type: 'integer', minimum: 0, maximum: 6 },
  min: bound,
  max: bound,
  rule: { enum: ['sum', 'last', 'average', 'count'] },
} as const;

const column = {
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: [object({ kind: { const: 'text' }, code, label }), object(figure)],
} as const;

const item = {
  type: 'object',
  required: ['kind'],
  discriminator: { propertyName: 'kind' },
  oneOf: [
    object({ ...figure, required }),
    object({
      kind: { const: 'narrative' },
      code,
      label,
      required,
      charsMax: { type: 'integer', minimum: 1, maximum: narrativeCharsMax },
      merge: { enum: ['sideBySide', 'join', 'byHand'] },
    }),
    object({ kind: { const: 'yesNo' }, code, label, required }),
    object({
      kind: { const: 'table' },
      code,
      label,
      required,
      columns: { type: 'array', minItems: 1, maxItems: tableColumnsMax, items: column },
      rowsMax: { type: 'integer', minimum: 1, maximum: tableRowsMax },
    }),
  ],
} as const;

const items = { type: 'array', maxItems: formItemsMax, items: item } as const;

export const formShape = object({
  kind: { const: 'reportForm' },
  id: { type: 'string', pattern: '^[a-z][a-z0-9-]{0,59}$' },
  version: { type: 'integer', minimum: 1, maximum: 10_000 },
  label,
  perDuty: items,
  once: items,
});
