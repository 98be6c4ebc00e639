const text = { type: 'string', minLength: 1, maxLength: 300 } as const;
const day = { type: 'string', pattern: String.raw`^\d{4}-\d{2}-\d{2}$` } as const;
const time = { type: 'string', pattern: '^([01][0-9]|2[0-3]):[0-5][0-9]$' } as const;
const weekdays = { type: 'array', maxItems: 7, items: { type: 'integer', minimum: 0, maximum: 6 } } as const;
const label = {
  type: 'object',
  required: ['vi', 'en'],
  additionalProperties: false,
  properties: { vi: text, en: text },
} as const;

/** Most entries of one kind in a calendar. */
const entriesMax = 2_000;

const daysOff = {
  type: 'array',
  maxItems: entriesMax,
  items: {
    type: 'object',
    required: ['day', 'name', 'source'],
    additionalProperties: false,
    properties: { day, name: label, source: text, proposed: { const: true } },
  },
} as const;

/** JSON Schema of a working calendar (office/time/calendar.ts). What it means is judged by `calendarFaults`. */
export const calendarShape = {
  type: 'object',
  required: ['version', 'restDays', 'holidays', 'workingSwaps', 'validFrom', 'validTo'],
  additionalProperties: false,
  properties: {
    version: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9_.-]{0,79}$' },
    // A week without a working day would let no term end.
    restDays: { ...weekdays, maxItems: 6, uniqueItems: true },
    holidays: daysOff,
    localDays: daysOff,
    workingSwaps: {
      type: 'array',
      maxItems: entriesMax,
      items: {
        type: 'object',
        required: ['day', 'source'],
        additionalProperties: false,
        properties: { day, source: text, dayOff: day, decision: text },
      },
    },
    hours: {
      type: 'array',
      maxItems: 7,
      items: {
        type: 'object',
        required: ['weekdays', 'spans'],
        additionalProperties: false,
        properties: {
          weekdays,
          spans: {
            type: 'array',
            maxItems: 6,
            items: {
              type: 'object',
              required: ['from', 'to'],
              additionalProperties: false,
              properties: { from: time, to: time },
            },
          },
        },
      },
    },
    validFrom: day,
    validTo: day,
  },
} as const;
