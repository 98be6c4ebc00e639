import type { Instance } from '../../engine/instance.js';
import { TrinhkyError } from '../../errors.js';
import type { Directory } from '../../office/organisation/directory.js';
import { arrivalSlipView } from '../../office/papers/arrivalSlip.js';
import type { Sheet } from './printing.js';

const shownCharsMax = 200;

/** The slip of a registered incoming paper. Throws `notFound` for any other instance: it has no arrival number to bear. */
export function arrivalSlip(instance: Instance, directory: Directory): Sheet {
  const { definition, context } = instance;
  const { title, arrivalDay } = context;
  if (definition.id !== 'incoming' || typeof arrivalDay !== 'string' || typeof title !== 'string')
    throw new TrinhkyError('notFound', { instance: instance.id });
  const view = arrivalSlipView(instance, directory);
  const mustShow = ['PHIẾU GIẢI QUYẾT VĂN BẢN ĐẾN', title.slice(0, shownCharsMax)];
  return { template: 'arrivalSlip', title: `Phiếu giải quyết văn bản đến: ${title}`, view, day: arrivalDay, mustShow };
}
