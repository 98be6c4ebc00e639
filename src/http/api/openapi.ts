import type { JsonObject, Model } from '../../commands/look.js';
import type { Route } from './route.js';
import * as schemas from './schemas.js';
import { explainedProblem } from './who.js';

const problemAnswer = {
  description: 'A problem document (RFC 9457)',
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/problem' } } },
};

const UPLOAD: JsonObject = {
  required: true,
  content: {
    'multipart/form-data': {
      schema: { type: 'object', required: ['file'], properties: { file: { type: 'string', format: 'binary' } } },
    },
  },
};

/** The OpenAPI 3.1 document: the route table, its schemas, and what each command of each loaded definition takes. */
export function openApiDocument(routes: readonly Route[], models: readonly Model[]): JsonObject {
  const inputs = inputSchemas(models);
  const paths: Record<string, Record<string, JsonObject>> = {};
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)/g, '{$1}');
    const operations = paths[path] ?? {};
    operations[route.method] = operation(route, path, inputs);
    paths[path] = operations;
  }
  return {
    openapi: '3.1.0',
    info: { title: 'trinhky', version: '1', description: 'Workflow and approval of official papers.' },
    paths,
    components: {
      schemas: { problem: explainedProblem, ...inputs, ...contextSchemas(models) },
      securitySchemes: {
        bearer: { type: 'http', scheme: 'bearer', description: 'An API token' },
        session: { type: 'apiKey', in: 'cookie', name: 'trinhky', description: 'Changing requests also bear X-CSRF-Token' },
      },
    },
  };
}

/** `document.v1.SIGN.1`: the input of one transition; the number is its alternative. */
function inputSchemas(models: readonly Model[]): Record<string, JsonObject> {
  return Object.fromEntries(
    models.flatMap((model) =>
      model.machine.tree.transitions
        .filter((transition) => transition.definition.by.some((role) => role !== 'system'))
        .map((transition) => [
          `${versionOf(model)}.${transition.id.replace('/', '.')}`,
          transition.definition.input ?? { type: 'object', additionalProperties: false },
        ]),
    ),
  );
}

function contextSchemas(models: readonly Model[]): Record<string, JsonObject> {
  return Object.fromEntries(models.map((model) => [`${versionOf(model)}.context`, model.definition.context]));
}

function versionOf(model: Model): string {
  return `${model.ref.id}.v${model.ref.version}`;
}

function operation(route: Route, path: string, inputs: Record<string, JsonObject>): JsonObject {
  const parameters = [
    ...[...path.matchAll(/\{(\w+)\}/g)].map((match) => ({
      name: match[1] ?? '',
      in: 'path',
      required: true,
      schema: { type: 'string' },
    })),
    ...Object.entries((route.query?.properties ?? {}) as JsonObject).map(([name, schema]) => ({
      name,
      in: 'query',
      required: false,
      schema,
    })),
    ...(route.keyed
      ? [{ name: 'Idempotency-Key', in: 'header', required: true, schema: { type: 'string', maxLength: 200 } }]
      : []),
    ...(route.takesIfMatch
      ? [{ name: 'If-Match', in: 'header', required: false, schema: { type: 'string', pattern: '^"[1-9][0-9]*"$' } }]
      : []),
  ];
  return {
    summary: route.summary,
    security: route.policy === 'public' ? [] : [{ bearer: [] }, { session: [] }],
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(route.body
      ? { requestBody: { required: true, content: { 'application/json': { schema: bodySchema(route, inputs) } } } }
      : {}),
    ...(route.takesBytes
      ? { requestBody: { required: true, content: { [route.takesBytes]: { schema: { type: 'string', format: 'binary' } } } } }
      : {}),
    ...(route.upload ? { requestBody: UPLOAD } : {}),
    responses: { [String(route.answers.status)]: answer(route), default: problemAnswer },
  };
}

/** A command's body names every input that some definition declares; which one fits, the instance decides. */
function bodySchema(route: Route, inputs: Record<string, JsonObject>): JsonObject {
  if (route.body !== schemas.commandAsk) return route.body ?? {};
  const refs = Object.keys(inputs).map((name) => ({ $ref: `#/components/schemas/${name}` }));
  const properties = route.body.properties as JsonObject;
  return { ...route.body, properties: { ...properties, input: refs.length > 0 ? { anyOf: refs } : { type: 'object' } } };
}

function answer(route: Route): JsonObject {
  const { schema } = route.answers;
  if (schema === null) return { description: route.summary };
  if (typeof schema === 'string')
    return { description: route.summary, content: { [schema]: { schema: { type: 'string', format: 'binary' } } } };
  return { description: route.summary, content: { 'application/json': { schema } } };
}
