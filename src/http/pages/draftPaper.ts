import type { Authority } from '../../office/organisation/directory.js';
import type { PaperContent } from '../../office/papers/paper.js';
import { documentType, symbolFor } from '../../office/papers/symbols.js';
import { paperOf } from '../../office/reading/paperOf.js';
import type { PlanReading } from '../../office/reading/planReading.js';

/**
 * A reading as a draft of this authority, of the type that its drafter chose: another issuer's name, and a symbol or a name of
 * another type, are this authority's own instead, since nobody could submit them as they stand. The text stays as it was read.
 */
export function draftOf(
  reading: PlanReading,
  authority: Authority,
  { type, title }: { readonly type: string; readonly title: string },
): PaperContent {
  const read = paperOf(reading);
  const own = plain(read.issuer.name) === plain(authority.name);
  const same = own && read.type === type && read.symbol !== '';
  return {
    ...read,
    type,
    title,
    typeName: (read.type === type && read.typeName) || (documentType(type)?.name ?? '').toLocaleUpperCase('vi'),
    issuer: own ? read.issuer : { superior: authority.superior, name: authority.name },
    place: own && read.place !== '' ? read.place : authority.place,
    symbol: same ? read.symbol : symbolFor(type, authority.abbreviation),
  };
}

function plain(name: string): string {
  return name.normalize('NFC').replace(/uỷ/giu, 'ủy').toLocaleUpperCase('vi').replace(/\s+/gu, ' ').trim();
}
