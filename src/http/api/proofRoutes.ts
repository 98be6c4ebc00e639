import * as schemas from './proofSchemas.js';
import type { Route } from './route.js';
import { makeProof } from './stepUp.js';
import { verifyByCode, verifyByFile } from './verify.js';

/** Fresh proof before a signature, and verification by anybody: a part of the table of `routes.ts`. */
export const proofRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/api/v1/step-up',
    policy: 'signedIn',
    summary: 'Prove by password and second factor that you are about to sign exactly these prints; the proof serves five minutes',
    body: schemas.stepUpAsk,
    answers: { status: 201, schema: schemas.stepUpMade },
    handle: makeProof,
  },
  {
    method: 'get',
    path: '/api/v1/verify/:code',
    policy: 'public',
    summary: 'What is known of the issued paper that bears this code',
    answers: { status: 200, schema: schemas.publicPaper },
    handle: verifyByCode,
  },
  {
    method: 'post',
    path: '/api/v1/verify',
    policy: 'public',
    summary: 'Whether a PDF is an issued paper, whole and as it was signed; the file is not kept',
    takesBytes: 'application/pdf',
    answers: { status: 200, schema: schemas.fileVerification },
    handle: verifyByFile,
  },
];
