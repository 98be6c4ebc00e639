import type { Facts } from '../../engine/command.js';
import type { Instance } from '../../engine/instance.js';
import { hashOf } from '../../engine/json.js';
import { TrinhkyError } from '../../errors.js';
import { blockOf } from '../../office/organisation/capacity.js';
import type { Paper, PaperContent } from '../../office/papers/paper.js';
import { paperFaults } from '../../office/papers/paperFaults.js';
import { seriesFor } from '../../office/papers/paperSettings.js';
import type { Preparation } from '../../office/papers/preparation.js';
import { fileNameOf } from '../../office/papers/symbols.js';
import { verificationCode } from '../../office/papers/verification.js';
import { dayOf } from '../../office/time/clock.js';
import { officeOf } from '../../office/world.js';
import type { Deps } from '../deps.js';
import type { Giving } from '../giving.js';
import { recordPaper } from './printRecord.js';

/** Longest title that is recorded; the schemas of the workflows say the same. */
const titleCharsMax = 1_000;

/**
 * What PREPARE needs before it can be judged: the document's number of this day, and the exact bytes that will be signed.
 * Repeatable: a process killed after any step finds the reserved number and the stored bytes again.
 * The number comes before the print because the print shows it; an unused one stays in the register with its reason.
 */
export async function prepare(deps: Deps, { instance, claim, command, facts }: Giving): Promise<Preparation> {
  const signature = blockOf(claim.capacity);
  if (instance.content === null || signature === null) throw new TrinhkyError('contentMissing', { instance: instance.id });
  const content: unknown = await deps.store.contents.get(instance.authority, instance.content);
  if (content === null) throw new TrinhkyError('contentMissing', { content: instance.content });
  // Before a number is taken for it: what is no paper would leave one behind that nobody can print.
  const paper = requirePaper(content, instance, facts);
  const { papers } = officeOf(facts).directory.authority;
  const signing = await identitiesOf(deps, instance.authority, command.actor, facts.now);
  const day = dayOf(facts.now);
  const { id: series, withYear } = seriesFor(papers, paper.copy?.kind ?? paper.type, paper.symbol);
  await deps.hook('before-reserve');
  const row = await deps.store.numbers.reserve({
    authority: instance.authority,
    series,
    symbol: paper.symbol,
    year: Number(day.slice(0, 4)),
    day,
    document: instance.id,
    prepareRevision: instance.revision + 1,
  });
  await deps.hook('after-reserve');
  const code = verificationCode(hashOf(['verify', instance.id, instance.content, series, row.year, row.number]));
  const printable: Paper = {
    content: paper,
    number: row.number,
    issuedOn: day,
    signature,
    final: true,
    code,
    numberYear: withYear ? row.year : null,
    ...(paper.copy?.electronic === true ? { signingAt: facts.now } : {}),
    ...signing,
  };
  const prepared = await printAndKeep(deps, instance, instance.content, printable);
  await deps.hook('after-print');
  return {
    series,
    number: row.number,
    symbol: paper.symbol,
    title: paper.title.replace(/\s+/gu, ' ').trim().slice(0, titleCharsMax),
    year: row.year,
    issuedOn: day,
    prepared,
    preparedContent: instance.content,
    signature,
    code,
  };
}

/** Prints the paper, records what the print was made of, and stores the bytes; answers their hash. */
async function printAndKeep(deps: Deps, instance: Instance, content: string, paper: Paper): Promise<string> {
  const record = await recordPaper(deps.store, instance.authority, paper, content);
  const printed = await deps.printer.print(paper);
  await deps.store.renditions.put(
    instance.authority,
    {
      hash: printed.hash,
      instance: instance.id,
      mode: 'prepared',
      content,
      name: fileNameOf(paper.number ?? 0, paper.content.symbol, paper.content.title),
      pages: printed.pages,
      length: printed.bytes.length,
      versions: { ...printed.versions, paper: record },
      at: deps.clock.now(),
    },
    printed.bytes,
  );
  return printed.hash;
}

/** Whose pictures the page bears, and whether it must say that it is a test. No number is taken for who cannot sign. */
async function identitiesOf(
  deps: Deps,
  authority: string,
  person: string,
  at: string,
): Promise<Pick<Paper, 'test' | 'pictures'>> {
  const own = await deps.signer.identity(authority, { kind: 'person', person }, at);
  if (own === null) throw new TrinhkyError('signingKeyMissing', { person });
  const agency = await deps.signer.identity(authority, { kind: 'agency' }, at);
  if (agency === null) throw new TrinhkyError('signingKeyMissing', { person: null });
  return {
    test: own.certificate.test || agency.certificate.test,
    pictures: { signature: own.picture, seal: agency.picture },
  };
}

/** The content as a paper of this authority and type; else `inputInvalid` with every fault and its place. */
function requirePaper(content: unknown, instance: Instance, facts: Facts): PaperContent {
  const { type } = instance.context;
  const frame = { issuer: officeOf(facts).directory.authority.name, type: typeof type === 'string' ? type : '' };
  const faults = paperFaults(content, frame);
  if (faults.length > 0)
    throw new TrinhkyError('inputInvalid', {
      faults: faults.slice(0, 20).map(({ path, message }) => ({ path: `/content${path}`, message })),
    });
  return content as PaperContent;
}
