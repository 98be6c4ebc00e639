import { expect } from 'chai';
import { sessionAbsoluteMsMax, sessionIdleMsMax } from '../../src/http/session.js';
import { goodPassword, startWeb, type Web } from './support.js';

describe('signing in', () => {
  let web: Web;
  before(async () => {
    web = await startWeb('signin');
  });
  after(() => web.close());
  const auditOf = async (kind: string) =>
    (await web.app.deps.store.audit.list(web.app.authority, 500)).filter((record) => record.kind === kind);

  it('lets the right password in, to the page that was asked for, and audits it', async () => {
    const { login, password } = await web.account('chair');
    const visitor = web.visitor();
    await visitor.get('/sign-in?next=%2Fpassword');
    const reply = await visitor.form('/sign-in', { login, password, next: '/password' });
    expect([reply.status, reply.headers.get('location')]).to.deep.equal([303, '/password']);
    expect((await visitor.get('/inbox')).status).to.equal(200);
    expect((await auditOf('signedIn')).at(0)?.actor).to.equal('chair');
  });

  it('case 33: never leads elsewhere', async () => {
    const { login, password } = await web.account('chair');
    for (const next of ['https://x.example', '//x.example', '/\\x.example', 'javascript:alert(1)', '/\n/x.example', '']) {
      const visitor = web.visitor();
      expect((await visitor.get(`/sign-in?next=${encodeURIComponent(next)}`)).text).to.contain('name="next" value="/inbox"');
      expect((await visitor.form('/sign-in', { login, password, next })).headers.get('location'), next).to.equal('/inbox');
      expect((await web.visitor().form('/language', { language: 'en', next })).headers.get('location'), next).to.equal('/inbox');
    }
  });

  it('case 44: says the same of a wrong password and of an unknown login, and slows both down', async () => {
    const { login } = await web.account('clerk');
    const answers: string[][] = [];
    for (const name of [login, 'nobody-at-all']) {
      const visitor = web.visitor();
      const got: string[] = [];
      for (let round = 0; round < 7; round += 1) {
        const reply = await visitor.signIn(name, 'not the password 9');
        got.push(`${reply.status} ${/<strong>([^<]+)/.exec(reply.text)?.[1]?.replace(/\d+/, 'n')}`);
      }
      answers.push(got);
    }
    expect(answers[0]).to.deep.equal(answers[1]);
    expect(answers[0]?.[0]).to.match(/^401/);
    expect(answers[0]?.at(-1)).to.match(/^429/);
    const api = await fetch(`${web.origin}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login, password: goodPassword }),
    });
    expect(api.status).to.equal(429);
    expect(Number(api.headers.get('retry-after'))).to.be.greaterThan(0);
    expect((await auditOf('signInFailed')).length).to.be.greaterThan(4);
  });

  it('case 47: a session id known before sign-in is worth nothing after it', async () => {
    const { login, password } = await web.account('deputy');
    const visitor = web.visitor();
    await visitor.get('/sign-in');
    const before = visitor.cookies();
    await visitor.form('/sign-in', { login, password });
    expect(visitor.cookies().get('trinhky')).not.to.equal(before.get('trinhky'));
    const other = web.visitor();
    other.setCookies(before);
    expect((await other.get('/inbox')).status).to.equal(303);
  });

  it('case 47: signing out ends the session on the server', async () => {
    const { login, password } = await web.account('deputy');
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    const cookies = visitor.cookies();
    await visitor.get('/inbox');
    expect((await visitor.form('/sign-out', {})).headers.get('location')).to.equal('/sign-in');
    const thief = web.visitor();
    thief.setCookies(cookies);
    expect((await thief.get('/inbox')).status).to.equal(303);
    expect(await auditOf('signedOut')).to.have.length(1);
  });

  it('case 47: a session ends when it is idle, and after a day’s work however busy', async () => {
    const { login, password } = await web.account('deputy');
    const idle = web.visitor();
    await idle.signIn(login, password);
    web.later(sessionIdleMsMax - 60_000);
    expect((await idle.get('/inbox')).status).to.equal(200);
    web.later(sessionIdleMsMax - 60_000);
    expect((await idle.get('/inbox')).status).to.equal(200);
    web.later(sessionIdleMsMax + 1_000);
    expect((await idle.get('/inbox')).status).to.equal(303);

    const busy = web.visitor();
    await busy.signIn(login, password);
    const step = sessionIdleMsMax / 2;
    for (let at = step; at <= sessionAbsoluteMsMax; at += step) {
      expect((await busy.get('/inbox')).status, String(at)).to.equal(200);
      web.later(step);
    }
    web.later(1_000);
    expect((await busy.get('/inbox')).status).to.equal(303);
  });

  it('case 49: a one-time password opens nothing but the page for a new one', async () => {
    const identity = { authority: web.app.authority, person: 'form' };
    const login = `${web.app.authority}-form`;
    const oneTime = await web.app.opened.accounts.create(identity, login);
    const visitor = web.visitor();
    expect((await visitor.signIn(login, oneTime)).headers.get('location')).to.equal('/password');
    expect((await visitor.get('/inbox')).headers.get('location')).to.equal('/password');
    expect((await visitor.get('/api/v1/inbox')).json.code).to.equal('passwordMustChange');
    // a bad one, two different ones, a wrong present one: nothing changes
    await visitor.get('/password');
    expect(
      (await visitor.form('/password', { current: oneTime, password: 'matkhau2026', again: 'matkhau2026' })).status,
    ).to.equal(400);
    expect((await visitor.form('/password', { current: oneTime, password: goodPassword, again: 'x' })).status).to.equal(400);
    expect((await visitor.form('/password', { current: 'wrong', password: goodPassword, again: goodPassword })).status).to.equal(
      401,
    );
    expect((await visitor.get('/inbox')).headers.get('location')).to.equal('/password');
    // then a good one, under a new session id; other sessions end
    const other = web.visitor();
    await other.signIn(login, oneTime);
    await visitor.get('/password');
    const before = visitor.cookies().get('trinhky');
    expect(
      (await visitor.form('/password', { current: oneTime, password: goodPassword, again: goodPassword })).headers.get(
        'location',
      ),
    ).to.equal('/inbox');
    expect(visitor.cookies().get('trinhky')).not.to.equal(before);
    expect((await visitor.get('/inbox')).status).to.equal(200);
    expect((await other.get('/inbox')).headers.get('location')).to.match(/^\/sign-in/);
    expect((await web.visitor().signIn(login, oneTime)).status).to.equal(401);
  });

  it('signs in by JSON, gives the token for further requests, and makes and revokes an API token with it', async () => {
    const { login, password } = await web.account('audit');
    const visitor = web.visitor();
    const session = await visitor.post('/api/v1/sessions', { login, password });
    expect(session.status).to.equal(201);
    expect(session.json.person).to.equal('audit');
    const csrf = { 'x-csrf-token': String(session.json.csrfToken) };
    const made = await visitor.post('/api/v1/tokens', { label: 'máy tổng hợp', days: 30 }, csrf);
    const { token, summary } = made.json as unknown as { token: string; summary: { id: string } };
    const bearer = { headers: { authorization: `Bearer ${token}` } };
    expect((await fetch(`${web.origin}/api/v1/me`, bearer)).status).to.equal(200);
    // case 52: a token makes no further token, is not taken from the address, and ends when it is revoked
    const again = await fetch(`${web.origin}/api/v1/tokens`, {
      method: 'POST',
      headers: { ...bearer.headers, 'content-type': 'application/json' },
      body: '{"label":"x","days":1}',
    });
    expect(again.status).to.equal(403);
    expect((await fetch(`${web.origin}/api/v1/me?access_token=${token}`)).status).to.equal(401);
    expect((await visitor.get('/api/v1/tokens')).text).not.to.contain(token);
    expect((await visitor.send('DELETE', `/api/v1/tokens/${summary.id}`, undefined, csrf)).status).to.equal(204);
    expect((await fetch(`${web.origin}/api/v1/me`, bearer)).status).to.equal(401);
    expect((await visitor.send('DELETE', '/api/v1/sessions', undefined, csrf)).status).to.equal(204);
    expect((await visitor.get('/api/v1/me')).status).to.equal(401);
  });

  it('case 56: no password, token or cookie has come into the log, and no input can forge a line', async () => {
    await web.visitor().get('/x%0d%0a{"level":60,"msg":"forged"}');
    await web.visitor().signIn('a\r\n{"level":60,"msg":"forged"}', 'geheim-canary-71');
    const log = web.log.join('');
    for (const secret of [goodPassword, 'geheim-canary-71', await web.token('chair'), 'trinhky=s%3A', '_csrf'])
      expect(log).not.to.contain(secret);
    for (const line of log.trim().split('\n')) expect((JSON.parse(line) as { level: number }).level).to.be.lessThan(60);
  });
});
