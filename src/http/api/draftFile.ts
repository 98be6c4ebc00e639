import { draftDocx } from '../../documents/docx/draftDocx.js';
import { TrinhkyError } from '../../errors.js';
import type { PaperContent } from '../../office/papers/paper.js';
import { shapeFaults } from '../../office/papers/paperFaults.js';
import { slugOf } from '../../office/papers/symbols.js';
import type { InstanceCall } from '../edge.js';
import { audit } from '../gate.js';
import { fileSecurityPolicy } from '../headers.js';
import { fileDisposition } from './disposition.js';
import type { Answer } from './route.js';

export const docxMediaType = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

/** The current text as a Word file, for whoever finishes a draft in a word processor. Nothing of it is kept. */
export async function readDraftFile(call: InstanceCall): Promise<Answer> {
  const { authority, content: hash, id } = call.view.instance;
  const content = hash === null ? null : await call.edge.app.deps.store.contents.get(authority, hash);
  if (content === null || shapeFaults(content).length > 0) throw new TrinhkyError('notFound');
  const paper = content as unknown as PaperContent;
  const bytes = await draftDocx(paper);
  await audit(call, 'draftExported', id, { content: hash });
  return {
    status: 200,
    bytes,
    headers: {
      'Content-Type': docxMediaType,
      'Content-Disposition': fileDisposition('attachment', `du-thao-${slugOf(paper.title)}.docx`),
      'Content-Security-Policy': fileSecurityPolicy,
      'Cache-Control': 'private, no-cache',
    },
  };
}
