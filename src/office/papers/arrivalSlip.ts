import type { Instance } from '../../engine/instance.js';
import type { JsonObject } from '../../engine/json.js';
import type { Directory } from '../organisation/directory.js';
import { dayIn, personName, textIn, textsIn, unitName } from '../registers/cells.js';
import { incomingCode } from './incoming.js';
import { printedNumber } from './paper.js';

/**
 * The view of the slip that travels with an incoming paper (phiếu giải quyết văn bản đến), with the data of the stamp "ĐẾN"
 * (NĐ 30/2020, Phụ lục IV). What is recorded is printed; what is not yet stays open, to be written by hand.
 */
export function arrivalSlipView({ context }: Pick<Instance, 'context'>, directory: Directory): JsonObject {
  const source = { directory };
  const { arrivalNumber } = context;
  const named = (field: string) => {
    const id = textIn(context, field);
    return id === '' ? '' : unitName(source, id);
  };
  const person = (field: string) => {
    const id = textIn(context, field);
    return id === '' ? '' : personName(source, id);
  };
  const paper = [textIn(context, 'typeName'), incomingCode(context), dayIn(context, 'issuedOn'), textIn(context, 'issuer')];
  return {
    superior: directory.authority.superior,
    issuer: directory.authority.name,
    number: typeof arrivalNumber === 'number' ? printedNumber(arrivalNumber) : '',
    day: dayIn(context, 'arrivalDay'),
    to: named('leadUnit'),
    file: textIn(context, 'fileNotation'),
    paper: paper.filter((part) => part !== '').join(', '),
    title: textIn(context, 'title'),
    direction: textIn(context, 'direction'),
    lead: named('leadUnit'),
    due: dayIn(context, 'dueOn'),
    cooperating: textsIn(context.cooperating).map((id) => unitName(source, id)),
    cooperatingDue: dayIn(context, 'cooperatingDueOn') || dayIn(context, 'dueOn'),
    directedBy: person('directedBy'),
    directedOn: dayIn(context, 'directedOn'),
    handler: person('handler'),
    handlerDue: dayIn(context, 'handlerDueOn'),
    proposal: textIn(context, 'proposal'),
  };
}
