import { putAttachment, readAttachment } from './attachments.js';
import type { Route } from './route.js';
import * as schemas from './schemas.js';

/** Files that come in: a part of the table of `routes.ts`. */
export const attachmentRoutes: readonly Route[] = [
  {
    method: 'post',
    path: '/api/v1/attachments',
    policy: 'signedIn',
    summary: 'Store a file, sent as multipart/form-data in the field `file`; its hash names it',
    upload: true,
    answers: { status: 201, schema: schemas.attachmentMade },
    handle: putAttachment,
  },
  {
    method: 'get',
    path: '/api/v1/instances/:id/attachments/:hash',
    policy: { readsInstance: 'id' },
    summary: 'The bytes of a file that it names, as what they are',
    answers: { status: 200, schema: '*/*' },
    handle: readAttachment,
  },
];
