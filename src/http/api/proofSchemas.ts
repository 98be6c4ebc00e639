import type { JsonObject } from '../../commands/look.js';
import { count, hash, instanceId, list, object, passwordCharsMax, text, textOrNull } from './schemas.js';

const proofItemsMax = 200;
export const stepUpAsk = object({
  password: { type: 'string', minLength: 1, maxLength: passwordCharsMax },
  code: { type: 'string', minLength: 1, maxLength: 20 },
  items: { type: 'array', minItems: 1, maxItems: proofItemsMax, items: object({ instance: instanceId, hash }) },
});
export const stepUpMade = object({ proof: text, expiresAt: text, csrfToken: textOrNull });

const paperName = object({ number: text, issuedOn: textOrNull });
const certificate: JsonObject = {
  ...object({
    name: text,
    issuer: text,
    serial: text,
    fingerprint: text,
    validFrom: text,
    validTo: text,
    test: { type: 'boolean' },
  }),
  type: ['object', 'null'],
};
const publicPaperFields: JsonObject = {
  number: text,
  title: textOrNull,
  agency: text,
  issuedOn: textOrNull,
  signature: object({ authority: textOrNull, capacity: textOrNull, title: text, name: text }),
  signedAt: textOrNull,
  sealedAt: textOrNull,
  signatoryCertificate: certificate,
  sealCertificate: certificate,
  standing: { enum: ['issued', 'inForce', 'closed', 'withdrawn', 'replaced', 'voided'] },
  voidedOn: textOrNull,
  replacedBy: { ...paperName, type: ['object', 'null'] },
  amendedBy: list(paperName),
  correctedBy: list(paperName),
  file: text,
  code: textOrNull,
};
export const publicPaper = object(publicPaperFields);
const signatureReport = object({
  field: text,
  certificate,
  signedAt: textOrNull,
  timestamp: textOrNull,
  trusted: { type: 'boolean' },
  coversWholeFile: { type: 'boolean' },
  before: textOrNull,
  revision: textOrNull,
  faults: list(text),
});
export const fileVerification = object({
  verdict: {
    enum: [
      'genuine',
      'genuineButOver',
      'genuineSheet',
      'altered',
      'soundButUnknown',
      'signerUnknown',
      'signaturesBroken',
      'unsigned',
      'notPdf',
    ],
  },
  sentence: text,
  report: object({
    sound: { type: 'boolean' },
    length: count,
    hash: text,
    signatures: list(signatureReport),
    faults: list(text),
  }),
  paper: { ...publicPaper, type: ['object', 'null'] },
  sheetOf: textOrNull,
});
