import { createHash } from 'node:crypto';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { pino } from 'pino';
import type { Assembled } from '../../src/assemble.js';
import type { Printer } from '../../src/commands/papers/printing.js';
import type { Signer, Verifier } from '../../src/commands/papers/signing.js';
import type { Listening } from '../../src/http/server.js';
import { plainSigning } from '../../test/support/signing.js';
import { engineFolder } from '../variants/engine.js';
import type { VariantOptions } from '../variants/variant.js';

const templatesFolder = fileURLToPath(new URL('../../templates', import.meta.url));

type From<P> = P extends keyof Paths ? Paths[P] : never;
interface Paths {
  readonly assemble: typeof import('../../src/assemble.js');
  readonly open: typeof import('../../src/commands/open.js');
  readonly perform: typeof import('../../src/commands/perform.js');
  readonly bulk: typeof import('../../src/commands/bulk.js');
  readonly clauses: typeof import('../../src/commands/papers/clauses.js');
  readonly clauseSource: typeof import('../../src/office/papers/clauseSource.js');
  readonly clauseReview: typeof import('../../src/office/papers/clauseReview.js');
  readonly loadAuthority: typeof import('../../src/commands/organisation/loadAuthority.js');
  readonly forms: typeof import('../../src/commands/reporting/forms.js');
  readonly drafts: typeof import('../../src/commands/reporting/drafts.js');
  readonly consolidate: typeof import('../../src/commands/reporting/consolidate.js');
  readonly reportSheet: typeof import('../../src/commands/reporting/reportSheet.js');
  readonly checkRollups: typeof import('../../src/commands/reporting/checkRollups.js');
  readonly progress: typeof import('../../src/commands/progress/progress.js');
  readonly coverage: typeof import('../../src/commands/traceability/coverage.js');
  readonly printer: typeof import('../../src/documents/printer.js');
  readonly signer: typeof import('../../src/documents/signing/signer.js');
  readonly server: typeof import('../../src/http/server.js');
}

const files: Readonly<Record<keyof Paths, string>> = {
  assemble: 'assemble.js',
  open: 'commands/open.js',
  perform: 'commands/perform.js',
  bulk: 'commands/bulk.js',
  clauses: 'commands/papers/clauses.js',
  clauseSource: 'office/papers/clauseSource.js',
  clauseReview: 'office/papers/clauseReview.js',
  loadAuthority: 'commands/organisation/loadAuthority.js',
  forms: 'commands/reporting/forms.js',
  drafts: 'commands/reporting/drafts.js',
  consolidate: 'commands/reporting/consolidate.js',
  reportSheet: 'commands/reporting/reportSheet.js',
  checkRollups: 'commands/reporting/checkRollups.js',
  progress: 'commands/progress/progress.js',
  coverage: 'commands/traceability/coverage.js',
  printer: 'documents/printer.js',
  signer: 'documents/signing/signer.js',
  server: 'http/server.js',
};

type Modules = { readonly [P in keyof Paths]: From<P> };

/** The parts of the product that the quarter goes through. */
async function productModules(built: boolean): Promise<Modules> {
  const folder = engineFolder(built);
  const loaded = await Promise.all(
    Object.entries(files).map(
      async ([name, path]): Promise<[string, unknown]> => [name, await import(new URL(path, folder).href)],
    ),
  );
  return Object.fromEntries(loaded) as unknown as Modules;
}

export interface Product {
  readonly app: Assembled;
  readonly modules: Modules;
  readonly server: Listening;
  /** The domain's time. */
  readonly time: { now: string };
  /** What is printed and signed from now on is printed and signed in earnest; before that, history is made with stand-ins. */
  readonly inEarnest: { now: boolean };
  close(): Promise<void>;
}

/** The product with its own printer, its own signatures and its own pages, on a clock that the bench moves. */
export async function startProduct(options: VariantOptions): Promise<Product> {
  const modules = await productModules(options.built);
  const time = { now: '2015-11-02T02:00:00.000Z' };
  const inEarnest = { now: false };
  const keyFolder = join(options.cacheFolder, 'keys');
  const onWarning = (text: string): void => void process.stderr.write(`quarter: ${text}\n`);
  const browserPath = process.env['TRINHKY_BROWSER'];
  const printer = modules.printer.makePrinter({
    cacheFolder: `${options.cacheFolder}/browser`,
    ...(browserPath === undefined ? {} : { browserPath }),
    onWarning,
  });
  const signing = { keyFolder, timestampUrl: undefined, onWarning };
  const app = await modules.assemble.assemble({
    uri: options.uri,
    database: options.database,
    workflowsFolder: options.workflowsFolder,
    cacheFolder: options.cacheFolder,
    keyFolder,
    clock: { now: () => time.now },
    printer: printerFor(printer, inEarnest),
    signing: signingFor(modules.signer.makeSigner(signing), modules.signer.makeVerifier(signing), inEarnest),
    onWarning,
  });
  const door = modules.server.makeServer(app, {
    publicUrl: null,
    trustProxy: false,
    sessionStore: app.opened.sessions.store,
    sessionSecret: 'of the bench alone',
    logger: pino({ level: 'info' }, pino.destination({ dest: devNull, sync: true })),
    templatesFolder,
  });
  const server = await modules.server.listen(door, { port: 0, host: '127.0.0.1' });
  return {
    app,
    modules,
    server,
    time,
    inEarnest,
    async close() {
      await server.close();
      await app.close();
    },
  };
}

/** A print for history that nobody opens: its bytes follow from what is printed alone. */
const plainVersions = { browser: 'none', font: 'none', template: 'none', finish: 0 };

function plainPrint(printed: unknown) {
  const bytes = new TextEncoder().encode(JSON.stringify(printed));
  return Promise.resolve({ bytes, hash: createHash('sha256').update(bytes).digest('hex'), pages: 1, versions: plainVersions });
}

function printerFor(printer: Printer, inEarnest: { readonly now: boolean }): Printer {
  return {
    print: (paper) => (inEarnest.now ? printer.print(paper) : plainPrint(paper)),
    printSheet: (sheet) => (inEarnest.now ? printer.printSheet(sheet) : plainPrint(sheet)),
    close: () => printer.close(),
  };
}

function signingFor(signer: Signer, verifier: Verifier, inEarnest: { readonly now: boolean }) {
  const plain = plainSigning;
  return {
    signer: {
      identity: (...asked: Parameters<Signer['identity']>) =>
        inEarnest.now ? signer.identity(...asked) : plain.signer.identity(...asked),
      sign: (asked: Parameters<Signer['sign']>[0]) => (inEarnest.now ? signer.sign(asked) : plain.signer.sign(asked)),
    },
    verifier: {
      verify: (...asked: Parameters<Verifier['verify']>) =>
        inEarnest.now ? verifier.verify(...asked) : plain.verifier.verify(...asked),
    },
  };
}
