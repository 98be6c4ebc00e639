import { join } from 'node:path';
import type { CertificateSummary, KeyHolder } from '../../commands/papers/signing.js';
import { type Certificate, nameOids } from './certificate.js';
import { namesIn, readPrivate } from './keyFolder.js';
import { authoritiesIn, certificatesAt, fileOf, placeOf } from './keyStore.js';

export interface ListedKey {
  readonly authority: string;
  readonly holder: KeyHolder;
  readonly certificate: CertificateSummary;
  /** The post that the certificate names, or null. */
  readonly title: string | null;
  readonly organisation: string | null;
  readonly hasKey: boolean;
  readonly hasPicture: boolean;
}

/** Everyone who has a certificate in the folder, agencies first. Throws `signingFailed` where others can reach it. */
export async function listKeys(keyFolder: string, authority?: string): Promise<readonly ListedKey[]> {
  const names = (await authoritiesIn(keyFolder)).filter((name) => authority === undefined || name === authority);
  const lists = await Promise.all(
    names.map(async (name) => {
      const files = await namesIn(join(keyFolder, name, 'people'));
      const people = files.filter((file) => file.endsWith('.cert.pem')).map((file) => file.slice(0, -'.cert.pem'.length));
      const holders: KeyHolder[] = [
        { kind: 'agency' },
        ...people.sort().map((person): KeyHolder => ({ kind: 'person', person })),
      ];
      return Promise.all(holders.map((holder) => listed(keyFolder, name, holder)));
    }),
  );
  return lists.flat().filter((one) => one !== null);
}

async function listed(keyFolder: string, authority: string, holder: KeyHolder): Promise<ListedKey | null> {
  const place = placeOf(authority, holder);
  const [certificate] = await certificatesAt(keyFolder, place);
  if (certificate === undefined) return null;
  const has = async (ending: string) => (await readPrivate(keyFolder, ...fileOf(place, ending))) !== null;
  return {
    authority,
    holder,
    certificate: certificate.summary,
    ...subjectOf(certificate),
    hasKey: await has('.key.pem'),
    hasPicture: (await has('.png')) && (await has('.json')),
  };
}

function subjectOf({ subjectParts }: Certificate): Pick<ListedKey, 'title' | 'organisation'> {
  return { title: subjectParts.get(nameOids.title) ?? null, organisation: subjectParts.get(nameOids.organisation) ?? null };
}
