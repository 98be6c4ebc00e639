import type { JsonObject } from '../../commands/look.js';
import { list, object, passwordCharsMax, text, textOrNull, textsOrNull } from './schemas.js';

// Sessions, passwords, second factors, tokens: a part of the schemas of the API.

const tokenDaysMax = 366;

export const signIn = object({
  login: { type: 'string', minLength: 1, maxLength: 200 },
  password: { type: 'string', minLength: 1, maxLength: passwordCharsMax },
});
export const passwordChange = object({
  current: { type: 'string', minLength: 1, maxLength: passwordCharsMax },
  password: { type: 'string', minLength: 1, maxLength: passwordCharsMax },
});
export const me = object({
  authority: text,
  person: text,
  name: text,
  keys: list(text),
  lent: list(
    object({
      delegator: text,
      name: text,
      keys: list(text),
      definitions: textsOrNull,
      types: textsOrNull,
      commands: textsOrNull,
    }),
  ),
  readsAll: { type: 'boolean' },
  administers: { type: 'boolean' },
  mustChangePassword: { type: 'boolean' },
  csrfToken: textOrNull,
});

const tokenSummary = object({ id: text, label: text, createdAt: text, expiresAt: text });
const factorFields: JsonObject = { state: { enum: ['none', 'unconfirmed', 'active'] }, since: textOrNull };
const password: JsonObject = { type: 'string', minLength: 1, maxLength: passwordCharsMax };
const oneTimeCode: JsonObject = { type: 'string', minLength: 1, maxLength: 20 };
export const factor = object(factorFields);
export const factorAsk = object({ password });
export const factorMade = object({ secret: text, uri: text });
export const factorConfirm = object({ code: oneTimeCode });
export const factorRemove = object({ password, code: oneTimeCode });
export const factorAfter = object({ ...factorFields, csrfToken: textOrNull });

export const tokenAsk = object({
  label: { type: 'string', minLength: 1, maxLength: 100 },
  days: { type: 'integer', minimum: 1, maximum: tokenDaysMax },
});
export const tokenMade = object({ token: text, summary: tokenSummary });
export const tokenList = object({ items: list(tokenSummary) });
