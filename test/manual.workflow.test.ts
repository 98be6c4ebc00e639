import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { type Assembled, assemble } from '../src/assemble.js';
import { runCli } from '../src/cli/main.js';
import { open } from '../src/commands/open.js';
import { perform } from '../src/commands/perform.js';
import { checkFiles } from '../src/definitions/load.js';
import { officeCatalogue } from '../src/office/catalogue/index.js';
import { hostOf, terminal } from './cli/terminal.js';
import { newKey, plainPrinter } from './support/application.js';
import { fakeClock } from './support/clock.js';
import { testDatabaseUri } from './support/mongod.js';
import { plainSigning } from './support/signing.js';
import { repository } from './support/sources.js';
import { town } from './support/town.js';

const authority = 'manual';

describe('manual: the workflow that the README prints', () => {
  let folder: string;
  let text: string;
  let app: Assembled;

  before(async () => {
    const readme = await readFile(join(repository, 'README.md'), 'utf8');
    const [, section = ''] = readme.split('\n## How to write a workflow\n');
    const blocks = [...(section.split('\n## ')[0] ?? '').matchAll(/^```json\n([\s\S]*?)^```$/gm)].map(([, block]) => block ?? '');
    expect(blocks).to.have.length(1);
    text = blocks[0] ?? '';
    folder = await mkdtemp(join(tmpdir(), 'trinhky-manual-'));
    await writeFile(join(folder, 'supplies.v1.json'), text);
    const uri = testDatabaseUri('manual');
    app = await assemble({
      uri,
      database: new URL(uri).pathname.slice(1),
      workflowsFolder: folder,
      cacheFolder: join(tmpdir(), 'trinhky-test-cache'),
      keyFolder: join(tmpdir(), 'trinhky-test-keys'),
      signing: plainSigning,
      clock: fakeClock(),
      printer: plainPrinter,
      onWarning: () => undefined,
    });
    await app.deps.store.directory.save(town(authority));
  });
  after(async () => {
    await app?.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('loads without a fault', () => {
    const { models, faults } = checkFiles([{ name: 'supplies.v1.json', text }], officeCatalogue);
    expect(faults).to.deep.equal([]);
    expect(models.map(({ ref }) => `${ref.id}.v${ref.version}`)).to.deep.equal(['supplies.v1']);
  });

  it('is accepted by `trinhky check`, and drawn', async () => {
    const screen = terminal();
    const host = hostOf(screen.io, { workflowsFolder: folder });
    expect([await runCli(['check', '--json'], host), screen.err()]).to.deep.equal([0, '']);
    expect(JSON.parse(screen.out())).to.deep.include({ faults: [] });
    expect(await runCli(['draw', 'supplies', '--lang', 'en'], host)).to.equal(0);
    expect(screen.out()).to.contain('stateDiagram-v2').and.to.contain('Hand over');
  });

  it('runs from its opening to its end, without code', async () => {
    // given a request by an officer of the division for internal affairs
    const asker = 'off-nv';
    const context = { asker, unit: 'nv', title: '20 ram giấy A4' };
    const opened = await open(app.deps, { authority, definition: 'supplies', context, actor: asker, key: newKey() });
    if (opened.kind !== 'accepted') throw new Error(JSON.stringify(opened));
    const { id } = opened.instance;
    const act = async (actor: string, command: string, input?: { reason: string }) => {
      const ask = { authority, instance: id, actor, command, key: newKey(), ...(input === undefined ? {} : { input }) };
      const outcome = await perform(app.deps, ask);
      return outcome.kind === 'accepted' ? outcome.instance.state : (outcome.blockers[0]?.code ?? '');
    };
    // when it is returned once, and nobody but the head may approve
    const walked = [
      await act(asker, 'SUBMIT'),
      await act(asker, 'APPROVE'),
      await act('head-nv', 'RETURN', { reason: 'Ghi rõ loại giấy.' }),
      await act(asker, 'SUBMIT'),
      await act('head-nv', 'APPROVE'),
      await act('clerk', 'HAND_OVER'),
      await act('clerk', 'HAND_OVER'),
    ];
    // then
    expect(walked).to.deep.equal(['waiting', 'notYours', 'drafting', 'waiting', 'approved', 'handedOver', 'ended']);
    const held = await app.deps.store.instances.load(authority, id);
    expect(held?.instance).to.deep.include({ open: false, revision: 6 });
    expect(held?.instance.context).to.deep.include({ returned: 1 });
  });
});
