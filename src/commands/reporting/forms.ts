import { Ajv2020 } from 'ajv/dist/2020.js';
import { hashOf, type Json, type JsonObject } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { postKey } from '../../office/organisation/directory.js';
import { readerOf } from '../../office/organisation/visibility.js';
import type { ReportForm } from '../../office/reporting/form.js';
import { type FormChanges, formChanges, formFaults } from '../../office/reporting/formFaults.js';
import { commandLineActor } from '../administers.js';
import { cleanObject } from '../cleanInput.js';
import type { Deps } from '../deps.js';
import type { FormVersion } from './formPorts.js';
import { formShape } from './formShape.js';

/** Most forms that are listed, and most versions of one. */
export const formsMax = 500;
const faultsShownMax = 100;

const ajv = new Ajv2020({ allErrors: true, strict: true, strictRequired: false, strictTypes: false, discriminator: true });
const fits = ajv.compile<ReportForm>(formShape);

type Needs = Pick<Deps, 'store' | 'clock'>;

export interface FormBy {
  readonly authority: string;
  readonly actor: string;
}

/** What loading a form did. */
export interface FormLoaded {
  readonly form: FormVersion;
  /** False where the same version said the same already. */
  readonly saved: boolean;
  /** Against the version before; null for the first. */
  readonly changes: FormChanges | null;
}

/** Forms are the business of whoever consolidates, and of administrators. */
async function requireKeeper({ store, clock }: Needs, { authority, actor }: FormBy): Promise<void> {
  if (actor === commandLineActor) return;
  const directory = await store.directory.snapshot(authority);
  const at = clock.now();
  const reader = readerOf(directory, actor, at);
  if (reader.administers || reader.keys.includes(postKey(directory.authority.rootUnit, 'consolidator'))) return;
  await store.audit.append({ authority, at, actor, kind: 'formDenied', subject: null, details: {} });
  throw new TrinhkyError('notAllowed');
}

/** A form from a file's JSON. Throws `inputInvalid` with every fault of its shape, or of its meaning, and the place of each. */
export function readForm(value: JsonObject, before: ReportForm | null = null): ReportForm {
  const cleaned = cleanObject(value) as unknown;
  if (!fits(cleaned)) {
    const faults = (fits.errors ?? []).map(({ instancePath, keyword, params, message }) => ({
      path: keyword === 'additionalProperties' ? `${instancePath}/${String(params.additionalProperty)}` : instancePath,
      message: message ?? keyword,
    }));
    throw new TrinhkyError('inputInvalid', { faults: faults.slice(0, faultsShownMax) });
  }
  const meaning = formFaults(cleaned, before);
  if (meaning.length > 0)
    throw new TrinhkyError('inputInvalid', {
      faults: meaning.slice(0, faultsShownMax).map(({ path, code }) => ({ path, message: code })),
    });
  return cleaned;
}

/**
 * Adds a version of a form: the next one, as versions are counted from 1. From now on every period that opens has it; open periods keep
 * theirs. The same version with the same words again changes nothing; with other words it is refused, since periods may have it.
 * Audited before it is written. Throws `notAllowed`, `inputInvalid` with every fault.
 */
export async function loadForm(deps: Needs, by: FormBy, value: JsonObject): Promise<FormLoaded> {
  await requireKeeper(deps, by);
  const { authority, actor } = by;
  const { forms, contents, audit } = deps.store;
  const shape = readForm(value);
  const newest = await forms.newest(authority, shape.id);
  const known = await forms.find(authority, shape.id, shape.version);
  const hash = hashOf(shape);
  if (known !== null && known.hash === hash) return { form: known, saved: false, changes: null };
  const next = (newest?.version ?? 0) + 1;
  if (shape.version !== next) throw wrongVersion(shape.version, next);
  const before = newest === null ? null : await formByHash(deps, authority, newest.hash);
  const form = readForm(value, before);
  await contents.put(authority, form as unknown as Json);
  const at = deps.clock.now();
  const row: FormVersion = { authority, id: form.id, version: form.version, hash, at, by: actor };
  await audit.append({ authority, at, actor, kind: 'formLoaded', subject: form.id, details: { version: form.version, hash } });
  // Two who load the same version at once: one of them did, and the other learns whether it says the same.
  if ((await forms.add(row)) === 'exists') {
    const other = await forms.find(authority, form.id, form.version);
    if (other === null || other.hash !== hash) throw wrongVersion(form.version, form.version + 1);
    return { form: other, saved: false, changes: null };
  }
  return { form: row, saved: true, changes: before === null ? null : formChanges(before, form) };
}

function wrongVersion(value: number, wanted: number): TrinhkyError {
  return new TrinhkyError('inputInvalid', { faults: [{ path: '/version', message: `must be ${wanted}` }], value, wanted });
}

/** The form that is stored under a hash; null where there is none. */
export async function formByHash({ store }: Pick<Deps, 'store'>, authority: string, hash: string): Promise<ReportForm | null> {
  const stored = (await store.contents.get(authority, hash)) as unknown;
  return fits(stored) ? stored : null;
}

/** The newest version of every form of an authority. */
export function listForms({ store }: Pick<Deps, 'store'>, authority: string): Promise<readonly FormVersion[]> {
  return store.forms.list(authority, formsMax);
}

/** A form with its versions: the newest, or the one that is asked for. Throws `notFound`. */
export async function showForm(
  deps: Pick<Deps, 'store'>,
  authority: string,
  id: string,
  version: number | null,
): Promise<{ readonly form: ReportForm; readonly versions: readonly FormVersion[] }> {
  const versions = await deps.store.forms.versions(authority, id, formsMax);
  const row = version === null ? versions[0] : versions.find((one) => one.version === version);
  const form = row === undefined ? null : await formByHash(deps, authority, row.hash);
  if (form === null) throw new TrinhkyError('notFound', { form: id });
  return { form, versions };
}
