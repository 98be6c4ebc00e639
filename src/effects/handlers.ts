import { printApprovalSheet } from './approvalSheet.js';
import { carryOver } from './carryOver.js';
import type { Handlers } from './handler.js';
import { confirmAddressMail, digest, mail } from './mail.js';
import { notify, remind, urge } from './notify.js';
import { openChildren } from './openChildren.js';
import { render } from './render.js';
import { followReassign, tellChildren, tellLinked, tellParent, timer } from './sendCommand.js';
import { settleNumber } from './settleNumber.js';
import { tellBuiltOn } from './tellBuiltOn.js';

/** One handler for each kind that the catalogue of effects can plan; a test compares the two. */
export const handlers: Handlers = {
  notify,
  remind,
  urge,
  open: openChildren,
  tellParent,
  tellChildren,
  tellLinked,
  followReassign,
  carryOver,
  timer,
  render,
  approvalSheet: printApprovalSheet,
  settleNumber,
  tellBuiltOn,
  mail,
  digest,
  confirmAddress: confirmAddressMail,
};
