/** The shape of an OCEL 2.0 log in JSON, in our own words after its specification (chapter "JSON format"): what every reader asks for. */
const name = { type: 'string', minLength: 1 } as const;
const instant = { type: 'string', format: 'date-time' } as const;
const list = (items: object) => ({ type: 'array', items });
const object = (properties: Record<string, object>, required = Object.keys(properties)) => ({
  type: 'object',
  required,
  properties,
});

const types = list(
  object({ name, attributes: list(object({ name, type: { enum: ['string', 'time', 'integer', 'float', 'boolean'] } })) }),
);
const relationships = list(object({ objectId: name, qualifier: { type: 'string' } }));
const value = { type: 'string' } as const;

export const ocelSchema = object({
  eventTypes: types,
  objectTypes: types,
  objects: list(
    object({ id: name, type: name, attributes: list(object({ name, value, time: instant })), relationships }, ['id', 'type']),
  ),
  events: list(object({ id: name, type: name, time: instant, attributes: list(object({ name, value })), relationships })),
});
