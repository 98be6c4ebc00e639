import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { repository } from './sources.js';

const run = promisify(execFile);
const version = '0.38.0';
const installMsMax = 240_000;
const validateMsMax = 60_000;
const folder = join(repository, 'node_modules', '.cache', 'trinhky', `pyhanko-${version}`);

/** What pyHanko says of one signature. */
export interface PyhankoFinding {
  readonly field: string;
  readonly intact: boolean;
  readonly valid: boolean;
  readonly trusted: boolean;
  /** ENTIRE_FILE, ENTIRE_REVISION ... */
  readonly coverage: string;
  /** NONE, LTA_UPDATES, FORM_FILLING, ANNOTATIONS, OTHER. */
  readonly changes: string;
  readonly acceptable: boolean;
  /** Instant of a time stamp that is valid and trusted. */
  readonly timestamp: string | null;
}

const program = `
import json, sys
from asn1crypto import pem, x509
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko_certvalidator import ValidationContext
roots = [x509.Certificate.load(der) for path in sys.argv[2:] for _, _, der in pem.unarmor(open(path, 'rb').read(), multiple=True)]
def context(): return ValidationContext(trust_roots=roots, allow_fetching=False)
found = []
for one in PdfFileReader(open(sys.argv[1], 'rb')).embedded_signatures:
    status = validate_pdf_signature(one, context(), context())
    stamp = status.timestamp_validity
    found.append({
        'field': one.field_name, 'intact': status.intact, 'valid': status.valid, 'trusted': status.trusted,
        'coverage': status.coverage.name, 'changes': status.modification_level.name, 'acceptable': status.bottom_line,
        'timestamp': stamp.timestamp.isoformat() if stamp is not None and stamp.valid and stamp.trusted else None,
    })
print(json.dumps(found))
`;

/**
 * Installs pyHanko, an independent validator, once into the cache of node_modules; answers why not, where Python, pip or the network
 * is missing, and null where it is there.
 */
export async function pyhankoMissing(): Promise<string | null> {
  const mark = join(folder, '.complete');
  if (existsSync(mark)) return null;
  try {
    await mkdir(folder, { recursive: true });
    await run('python3', ['-m', 'pip', 'install', '--quiet', '--target', folder, '--upgrade', `pyHanko==${version}`], {
      timeout: installMsMax,
    });
    await writeFile(mark, version);
    return null;
  } catch (error) {
    return `pyHanko could not be installed: ${error instanceof Error ? error.message.split('\n')[0] : String(error)}`;
  }
}

/** pyHanko's findings on a file, trusting the certificates in these PEM files; no network. */
export async function pyhankoFindings(file: string, issuers: readonly string[]): Promise<readonly PyhankoFinding[]> {
  const { stdout } = await run('python3', ['-c', program, file, ...issuers], {
    timeout: validateMsMax,
    env: { ...process.env, PYTHONPATH: folder },
  });
  return JSON.parse(stdout) as PyhankoFinding[];
}
