import { approvalSheet } from '../../commands/papers/approvalSheet.js';
import { TrinhkyError } from '../../errors.js';
import { slugOf } from '../../office/papers/symbols.js';
import type { InstanceCall } from '../edge.js';
import { audit } from '../gate.js';
import { printSecurityPolicy } from '../headers.js';
import { maySee } from '../renditionAccess.js';
import { fileDisposition } from './disposition.js';
import type { Answer } from './route.js';

/** Whether a reader may see the approval sheet (phiếu trình): who may see a stored one, by the policy of the definition. */
export function maySeeSheet(call: InstanceCall): boolean {
  return maySee(call, { mode: 'sheet', hash: '' });
}

/**
 * The approval sheet of a paper as it stands now: printed anew, not sealed, kept nowhere. The printer's own queue bounds it (`busy`).
 * Who may not see it is answered as if there were none.
 */
export async function readApprovalSheet(call: InstanceCall): Promise<Answer> {
  const { deps } = call.edge.app;
  const { instance } = call.view;
  if (!maySeeSheet(call)) {
    await audit(call, 'readDenied', instance.id, { mode: 'sheet' });
    throw new TrinhkyError('notFound');
  }
  const printed = await deps.printer.printSheet(await approvalSheet(deps, instance));
  await audit(call, 'renditionOpened', instance.id, { mode: 'sheet', hash: printed.hash, revision: instance.revision });
  return {
    status: 200,
    bytes: printed.bytes,
    headers: {
      'Content-Type': 'application/pdf',
      'Content-Disposition': fileDisposition('inline', `phieu-trinh-${slugOf(titleOf(instance.context.title))}.pdf`),
      'Content-Security-Policy': printSecurityPolicy,
      'Cache-Control': 'private, no-store',
    },
  };
}

function titleOf(title: unknown): string {
  return typeof title === 'string' ? title : '';
}
