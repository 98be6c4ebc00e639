import { expect } from 'chai';
import type { Instance } from '../../src/engine/instance.js';
import { must, openPlan } from '../support/application.js';
import { startWeb, type Web } from './support.js';

interface Told {
  readonly name: string;
  readonly by: string;
}
interface Explained {
  readonly code: string;
  readonly whoCould?: readonly Told[];
  readonly wayOut?: {
    readonly kind: string;
    readonly sentence: string | null;
    readonly changes: readonly { readonly kind: string; readonly sentence: string }[];
  };
}

describe('who can act, and what would open a command', () => {
  let web: Web;
  let plan: Instance;
  before(async () => {
    web = await startWeb('whoapi');
    plan = await must(web.app, (await openPlan(web.app)).id, 'off-nv', 'SUBMIT');
  });
  after(() => web.close());

  const who = async (person: string, rest = '') => (await web.api(person)).get(`/api/v1/instances/${plan.id}/who${rest}`);
  const post = async (person: string, command: string, query: string, body = {}) =>
    (await (await web.api(person)).post(`/api/v1/instances/${plan.id}/commands/${command}${query}`, body))
      .json as unknown as Explained;

  it('names for each command who can give it, and by which record', async () => {
    const { json } = await who('off-nv');
    const commands = json.commands as unknown as { command: string; awaited: boolean; can: Told[]; superiors: Told[] }[];
    const approve = commands.find(({ command }) => command === 'APPROVE_CONTENT');
    expect(approve?.awaited).to.equal(true);
    expect(approve?.can.map(({ name, by }) => [name, by])).to.deep.equal([
      ['Người ví dụ 08', 'Trưởng đơn vị, Phòng Nội vụ (bổ nhiệm từ ngày 01/01/2000)'],
    ]);
    expect(approve?.superiors.map(({ name }) => name)).to.deep.equal(['Người ví dụ 01']);
  });

  it('tells a drafter who wants to approve that nothing opens it to him, and who could', async () => {
    const refused = await post('off-nv', 'APPROVE_CONTENT', '?explain=1', { saw: plan.content });
    expect([refused.code, refused.wayOut?.kind, refused.wayOut?.changes]).to.deep.equal(['notYours', 'none', []]);
    expect(refused.wayOut?.sentence).to.contain('Người soạn thảo, Người sửa dự thảo không được tự mình thực hiện việc này');
    expect(refused.whoCould?.map(({ name }) => name)).to.deep.equal(['Người ví dụ 08']);
  });

  it('proposes the smallest change, in sentences of the reader’s language', async () => {
    const { explanation } = (await who('deputy', '?command=PREPARE')).json as unknown as { explanation: Explained };
    expect(explanation.wayOut?.changes.map(({ sentence }) => sentence)).to.have.members([
      'Người ví dụ 08 thực hiện bước “Duyệt nội dung” trước.',
      'Người ví dụ 03 thực hiện bước “Kiểm tra thể thức” trước.',
    ]);
  });

  it('explains a refused command only where that is asked for', async () => {
    const plain = await post('clerk', 'APPROVE_CONTENT', '', { saw: plan.content });
    expect(plain).not.to.have.any.keys('whoCould', 'wayOut');
    const asked = await post('clerk', 'APPROVE_CONTENT', '?explain=1');
    expect(asked.wayOut?.kind).to.equal('found');
    expect(asked.wayOut?.changes.map(({ kind }) => kind)).to.deep.equal(['delegate', 'bring']);
  });

  it('shows nothing of it to those who may not read the instance', async () => {
    expect((await who('stranger')).status).to.equal(404);
    const refused = await post('stranger', 'APPROVE_CONTENT', '?explain=1');
    expect(refused.code).to.equal('notFound');
    expect(refused).not.to.have.any.keys('whoCould', 'wayOut');
  });

  it('answers 404 for a command that the workflow does not have, and 400 for what is no name of one', async () => {
    expect((await who('clerk', '?command=FLY')).status).to.equal(404);
    expect((await who('clerk', '?command=fly')).status).to.equal(400);
  });

  it('says on the page why a command is closed, who could, and what would open it', async () => {
    const { login, password } = await web.account('clerk');
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    const { text, status } = await visitor.get(`/instances/${plan.id}`);
    expect(status).to.equal(200);
    expect(text).to.contain('Người có thể thực hiện: Người ví dụ 08 (Trưởng đơn vị)');
    expect(text).to.contain('Người ví dụ 08 ủy quyền cho Người ví dụ 04 thực hiện “Duyệt nội dung”');
    expect(text).to.contain('<h2 id="who">Ai xử lý được</h2>');
    // the record by what it is, its id only where one points at it
    const shown = text.slice(text.indexOf('id="who"'), text.indexOf('id="history"'));
    expect(shown).to.match(/title="a-head-nv-nv">Trưởng đơn vị, Phòng Nội vụ \(bổ nhiệm từ ngày/);
    expect(shown.replace(/<[^>]*>/g, ' ')).not.to.contain('a-head-nv-nv');
  });
});
