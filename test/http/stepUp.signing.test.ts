import { expect } from 'chai';
import { stepUp } from '../../src/commands/papers/stepUp.js';
import type { Instance } from '../../src/engine/instance.js';
import { sha256 } from '../../src/engine/json.js';
import type { TrinhkyError } from '../../src/errors.js';
import { proofMsMax } from '../../src/office/catalogue/signing.js';
import { act, must, newKey, proofFor } from '../support/application.js';
import { fileOf, laidBefore, preparedPaper, signedPaper } from './proofSupport.js';
import { goodPassword, preparedOf, type Reply, startWeb, type Web } from './support.js';

describe('a fresh proof before a signature', () => {
  let web: Web;
  let code: () => string;
  before(async () => {
    web = await startWeb('stepup');
    await web.account('deputy');
    code = await web.factor('deputy');
  });
  after(() => web.close());

  const auditOf = async (kind: string) =>
    (await web.app.deps.store.audit.list(web.app.authority, 1_000)).filter((record) => record.kind === kind);
  const itemOf = (paper: Instance) => ({ instance: paper.id, hash: preparedOf(paper) });
  const ask = async (papers: readonly Instance[], more: Record<string, unknown> = {}, person = 'deputy') =>
    (await web.api(person)).post('/api/v1/step-up', {
      password: goodPassword,
      code: more.code ?? code(),
      items: papers.map(itemOf),
      ...more,
    });
  const sign = async (paper: Instance, proof?: unknown) =>
    (await web.api('deputy')).post(`/api/v1/instances/${paper.id}/commands/SIGN`, {
      saw: preparedOf(paper),
      ...(proof === undefined ? {} : { proof }),
    });
  const codeOf = (reply: Reply) => [reply.status, reply.json.code];

  it('case 9: a session or a token alone signs nothing; a proof does, for five minutes, and not a moment longer', async () => {
    const paper = await preparedPaper(web.app);
    expect(codeOf(await sign(paper))).to.deep.equal([401, 'stepUpNeeded']);
    expect(codeOf(await sign(paper, 'x'.repeat(43)))).to.deep.equal([401, 'stepUpNeeded']);
    const proved = await ask([paper]);
    expect(proved.status).to.equal(201);
    expect(Date.parse(String(proved.json.expiresAt)) - Date.parse(web.app.clock.now())).to.equal(proofMsMax);
    web.app.clock.advance(proofMsMax + 1);
    expect(codeOf(await sign(paper, proved.json.proof))).to.deep.equal([401, 'stepUpNeeded']);
    const again = await ask([paper]);
    web.app.clock.advance(proofMsMax);
    expect((await sign(paper, again.json.proof)).status).to.equal(200);
    // and the token of the proof stands nowhere in the audit or the log
    const told = JSON.stringify(await web.app.deps.store.audit.list(web.app.authority, 1_000)) + web.log.join('');
    expect(told).not.to.include(String(again.json.proof)).and.not.to.include(goodPassword);
  });

  it('case 9: another person’s proof signs nothing', async () => {
    const paper = await preparedPaper(web.app);
    const other = await proofFor(web.app, 'chair', preparedOf(paper));
    expect(codeOf(await sign(paper, other))).to.deep.equal([401, 'stepUpNeeded']);
  });

  it('case 10: a proof for A signs neither B nor a changed A', async () => {
    const [a, b] = [await preparedPaper(web.app, 'Bản A'), await preparedPaper(web.app, 'Bản B')];
    const { proof } = (await ask([a])).json;
    expect(codeOf(await sign(b, proof))).to.deep.equal([409, 'proofForOther']);
    // A is returned, changed and laid before him again: another print, another hash
    await must(web.app, a.id, 'deputy', 'RETURN', { saw: a.content ?? '', input: { reason: 'Sửa' } });
    const content = await web.app.deps.store.contents.put(web.app.authority, {
      ...((await web.app.deps.store.contents.get(web.app.authority, a.content ?? '')) as object),
      title: 'Bản A đã sửa',
    });
    await must(web.app, a.id, 'off-nv', 'EDIT', { input: { content, title: 'Bản A đã sửa' } });
    await must(web.app, a.id, 'off-nv', 'SUBMIT');
    await must(web.app, a.id, 'head-nv', 'APPROVE_CONTENT', { saw: content });
    await must(web.app, a.id, 'form', 'APPROVE_FORM', { saw: content });
    const changed = await must(web.app, a.id, 'deputy', 'PREPARE');
    expect(preparedOf(changed)).not.to.equal(preparedOf(a));
    expect(codeOf(await sign(changed, proof))).to.deep.equal([409, 'proofForOther']);
    // and no proof is given for a print that is no longer the prepared one
    const stale = await ask([a]);
    expect(codeOf(stale)).to.deep.equal([409, 'proofForOther']);
    expect((stale.json.params as unknown as { instance: string }).instance).to.equal(a.id);
  });

  it('gives no proof for what this person cannot sign now, names it, and costs neither code nor tries', async () => {
    const [mine, early] = [await preparedPaper(web.app), await laidBefore(web.app)];
    const signed = await signedPaper(web.app);
    const fresh = code();
    const items = (bad: object) => ({ code: fresh, items: [itemOf(mine), bad] });
    const hash = 'a'.repeat(64);
    const notYet = await ask([], items({ instance: early.id, hash }));
    expect(codeOf(notYet)).to.deep.equal([409, 'preparationNeeded']);
    expect((notYet.json.params as unknown as { instance: string }).instance).to.equal(early.id);
    expect((await ask([], items(itemOf(signed)))).status).to.equal(409);
    expect(codeOf(await ask([], items({ instance: 'stepup.none', hash })))).to.deep.equal([404, 'notFound']);
    // the head of the unit reads it and may not sign it; somebody else may not even know of it
    const head = await ask([mine], { code: fresh }, 'head-nv');
    expect(codeOf(head)).to.deep.equal([403, 'notYours']);
    const stranger = await ask([mine], { code: fresh }, 'stranger');
    expect(codeOf(stranger)).to.deep.equal([404, 'notFound']);
    expect((await ask([], { code: fresh, items: [itemOf(mine)] })).status).to.equal(201);
    expect((await auditOf('stepUpRefused')).length).to.be.greaterThan(4);
  });

  it('case 51: a wrong password, a wrong code and a used code are one answer, and the third try with a used code is no better', async () => {
    const paper = await preparedPaper(web.app);
    const right = code();
    const wrong = String((Number(right) + 1) % 1_000_000).padStart(6, '0');
    const bare = (reply: Reply) => ({ ...reply.json, requestId: '' });
    const one = await ask([paper], { password: 'không phải mật khẩu', code: right });
    const two = await ask([paper], { code: wrong });
    expect(codeOf(one)).to.deep.equal([401, 'stepUpFailed']);
    expect(bare(two)).to.deep.equal(bare(one));
    expect((await ask([paper], { code: right })).status).to.equal(201);
    expect(bare(await ask([paper], { code: right }))).to.deep.equal(bare(one));
    const failed = await auditOf('stepUpFailed');
    expect(failed.at(0)?.details).to.deep.include({ hashes: [preparedOf(paper)] });
  });

  it('case 44, 51: tries are few, and signing in with the right password does not forgive them', async () => {
    const paper = await preparedPaper(web.app);
    const { login, password } = await web.account('chair');
    const next = await web.factor('chair');
    const bad = { code: '000000', items: [itemOf(paper)] };
    const statuses: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      statuses.push((await ask([], bad, 'chair')).status);
      expect((await web.visitor().signIn(login, password)).status).to.equal(303);
    }
    // The chairman did not prepare this print: he is told so before any code is looked at.
    expect(new Set(statuses)).to.deep.equal(new Set([409]));
    const own = await must(web.app, (await laidBefore(web.app)).id, 'chair', 'PREPARE');
    const guesses: number[] = [];
    for (let round = 0; round < 7; round += 1) {
      guesses.push((await ask([own], { code: '000000' }, 'chair')).status);
      await web.visitor().signIn(login, password);
    }
    expect(guesses).to.deep.equal([401, 401, 401, 401, 401, 429, 429]);
    expect((await ask([own], { code: next() }, 'chair')).status).to.equal(429);
  });

  it('needs a second factor, and says so', async () => {
    const paper = await preparedPaper(web.app);
    const identity = { authority: web.app.authority, person: 'deputy' };
    await web.app.secondFactors.remove(identity);
    expect(codeOf(await ask([paper]))).to.deep.equal([403, 'secondFactorMissing']);
    // a secret that was never confirmed is none
    await web.app.secondFactors.enrol(identity, { issuer: 'x', account: 'y' });
    expect(codeOf(await ask([paper]))).to.deep.equal([403, 'secondFactorMissing']);
    code = await web.factor('deputy');
  });

  it('case 47: goes on under a new session id; the old one is worth nothing', async () => {
    const paper = await preparedPaper(web.app);
    const visitor = web.visitor();
    const { login, password } = await web.account('deputy');
    await visitor.signIn(login, password);
    const token = String((await visitor.get('/api/v1/me', { accept: 'application/json' })).json.csrfToken);
    const before = visitor.cookies();
    const reply = await visitor.post(
      '/api/v1/step-up',
      { password, code: code(), items: [itemOf(paper)] },
      { 'x-csrf-token': token },
    );
    expect(reply.status).to.equal(201);
    expect(visitor.cookies().get('trinhky')).not.to.equal(before.get('trinhky'));
    const old = web.visitor();
    old.setCookies(before);
    expect((await old.get('/inbox')).status).to.equal(303);
    expect((await visitor.get('/inbox')).status).to.equal(200);
    // the session's forms have a new token too
    const path = `/api/v1/instances/${paper.id}/commands/SIGN`;
    const body = { saw: preparedOf(paper), proof: reply.json.proof };
    expect((await visitor.post(path, body, { 'x-csrf-token': token })).status).to.equal(403);
    expect((await visitor.post(path, body, { 'x-csrf-token': String(reply.json.csrfToken) })).status).to.equal(200);
  });

  it('one proof serves a batch, each hash listed in the audit, with a verdict for each', async () => {
    const papers = [await preparedPaper(web.app, 'Một'), await preparedPaper(web.app, 'Hai'), await preparedPaper(web.app, 'Ba')];
    const outside = await preparedPaper(web.app, 'Ngoài');
    const { proof } = (await ask(papers)).json;
    const items = [...papers, outside].map((paper) => ({ instance: paper.id, saw: preparedOf(paper) }));
    const reply = await (await web.api('deputy')).post(
      '/api/v1/bulk',
      { command: 'SIGN', proof, items },
      { 'idempotency-key': newKey() },
    );
    const verdicts = reply.json.verdicts as unknown as { accepted: boolean; problem?: { code: string } }[];
    expect(verdicts.map(({ accepted }) => accepted)).to.deep.equal([true, true, true, false]);
    expect(verdicts[3]?.problem?.code).to.equal('proofForOther');
    const [latest] = await auditOf('stepUpProved');
    expect(latest?.details.hashes).to.deep.equal(papers.map(preparedOf));
    expect(latest?.actor).to.equal('deputy');
  });

  it('case 11: what is shown is what is signed: the prepared bytes, whole, begin the signed file and the sealed one', async () => {
    const paper = await preparedPaper(web.app);
    const shown = await (await web.api('deputy')).get(`/api/v1/instances/${paper.id}/renditions/${preparedOf(paper)}`);
    expect(sha256(Buffer.from(shown.text))).to.equal(preparedOf(paper));
    await sign(paper, (await ask([paper])).json.proof);
    const sealed = await must(web.app, paper.id, 'clerk', 'SEAL');
    const prepared = await fileOf(web.app, sealed, 'prepared');
    const signed = await fileOf(web.app, sealed, 'signedFile');
    const whole = await fileOf(web.app, sealed, 'sealedFile');
    expect(signed.subarray(0, prepared.length).equals(prepared)).to.equal(true);
    expect(signed.length).to.be.greaterThan(prepared.length);
    expect(whole.subarray(0, signed.length).equals(signed)).to.equal(true);
    expect(sha256(whole)).to.equal(sealed.context.sealedFile);
  });

  it('case 12: after signing nothing prepares, edits or signs it again, and its bytes stay what they were', async () => {
    const paper = await signedPaper(web.app);
    const before = await fileOf(web.app, paper, 'signedFile');
    for (const [actor, command] of [
      ['deputy', 'PREPARE'],
      ['deputy', 'SIGN'],
      ['deputy', 'RETURN'],
      ['off-nv', 'EDIT'],
      ['off-nv', 'RECALL'],
    ] as const) {
      const saw = command === 'SIGN' ? preparedOf(paper) : (paper.content ?? '');
      const outcome = await act(web.app, paper.id, actor, command, { saw });
      expect(outcome.kind, command).to.equal('refused');
    }
    await web.app.relay.settle();
    expect((await fileOf(web.app, paper, 'signedFile')).equals(before)).to.equal(true);
    expect(codeOf(await ask([paper]))[0]).to.equal(409);
  });

  it('case 52: no token, proof or password is taken from the address', async () => {
    const paper = await preparedPaper(web.app);
    const { proof } = (await ask([paper])).json;
    const api = await web.api('deputy');
    const reply = await api.post(`/api/v1/instances/${paper.id}/commands/SIGN?proof=${String(proof)}`, {
      saw: preparedOf(paper),
    });
    expect(codeOf(reply)).to.deep.equal([400, 'bodyInvalid']);
    const token = await web.token('deputy');
    expect((await fetch(`${web.origin}/api/v1/me?access_token=${token}`)).status).to.equal(401);
  });

  it('case 55: a one-time password proves nobody, and that is audited too', async () => {
    const paper = await must(web.app, (await laidBefore(web.app)).id, 'chair', 'PREPARE');
    const password = (await web.app.accounts.reset(web.app.authority, (await web.account('chair')).login)) ?? '';
    const next = await web.factor('chair');
    const identity = { authority: web.app.authority, person: 'chair' };
    const asked = stepUp(web.app, { identity, password, code: next(), items: [itemOf(paper)], address: '127.0.0.9' });
    expect(await asked.catch((error: unknown) => (error as TrinhkyError).code)).to.equal('passwordMustChange');
    expect(JSON.stringify(await auditOf('stepUpRefused'))).to.include('"codes":["passwordMustChange"]');
  });
});
