import { expect } from 'chai';
import { Secret, TOTP } from 'otpauth';
import { goodPassword, startWeb, type Visitor, type Web } from './support.js';

describe('the account page', () => {
  let web: Web;
  before(async () => {
    web = await startWeb('account');
  });
  after(() => web.close());

  const auditOf = async (kind: string) =>
    (await web.app.deps.store.audit.list(web.app.authority, 500)).filter((record) => record.kind === kind);
  async function signedIn(person: string): Promise<Visitor> {
    const { login, password } = await web.account(person);
    const visitor = web.visitor();
    await visitor.signIn(login, password);
    return visitor;
  }
  const secretIn = (text: string) => /<code class="secret">([^<]+)</.exec(text)?.[1]?.replaceAll(' ', '') ?? '';
  const now = (secret: string) => {
    // the wall clock of the door and of this test differ by what other tests have moved it: here nothing has
    return TOTP.generate({ secret: Secret.fromBase32(secret) });
  };
  const standing = async (person: string) =>
    (await web.app.secondFactors.standing({ authority: web.app.authority, person })).state;

  it('sets up a second factor: the secret is shown once, after the password, and confirmed by a first code', async () => {
    const visitor = await signedIn('deputy');
    expect((await visitor.get('/account')).text).to.contain('Chưa đăng ký');
    const refused = await visitor.form('/account/second-factor', { password: 'không phải mật khẩu' });
    expect(refused.status).to.equal(401);
    const shown = await visitor.form('/account/second-factor', { password: goodPassword });
    const secret = secretIn(shown.text);
    expect(secret).to.match(/^[A-Z2-7]{32}$/);
    expect(shown.text).to.contain('otpauth://totp/');
    expect((await visitor.get('/account')).text)
      .not.to.contain('class="secret"')
      .and.not.to.contain('otpauth:');
    const wrong = await visitor.form('/account/second-factor/confirm', { code: '000000' });
    expect(wrong.status).to.equal(400);
    expect(await standing('deputy')).to.equal('unconfirmed');
    const cookie = visitor.cookies().get('trinhky');
    const right = await visitor.form('/account/second-factor/confirm', { code: now(secret) });
    expect(right.headers.get('location')).to.equal('/account?done=confirmed');
    expect(visitor.cookies().get('trinhky'), 'case 47').not.to.equal(cookie);
    const after = (await visitor.get('/account?done=confirmed')).text;
    expect(after).to.contain('Đang dùng, từ').and.to.contain('role="status"');
    for (const kind of [
      'factorFailed',
      'factorProved',
      'secondFactorEnrolled',
      'secondFactorNotConfirmed',
      'secondFactorConfirmed',
    ])
      expect((await auditOf(kind)).length, kind).to.be.greaterThan(0);
    expect(JSON.stringify(await web.app.deps.store.audit.list(web.app.authority, 500)) + web.log.join('')).not.to.contain(secret);
  });

  it('removes it only with password and code, and does not replace it before', async () => {
    const visitor = await signedIn('chair');
    const code = await web.factor('chair');
    await visitor.get('/account');
    expect((await visitor.form('/account/second-factor', { password: goodPassword })).status).to.equal(400);
    expect((await visitor.form('/account/second-factor/remove', { password: goodPassword, code: '000000' })).status).to.equal(
      401,
    );
    expect((await visitor.form('/account/second-factor/remove', { password: 'không đúng đâu', code: code() })).status).to.equal(
      401,
    );
    expect(await standing('chair')).to.equal('active');
    const done = await visitor.form('/account/second-factor/remove', { password: goodPassword, code: code() });
    expect(done.headers.get('location')).to.equal('/account?done=removed');
    expect(await standing('chair')).to.equal('none');
  });

  it('a reset by the administrator takes the second factor away', async () => {
    await web.account('clerk');
    await web.factor('clerk');
    await web.app.accounts.reset(web.app.authority, `${web.app.authority}-clerk`);
    expect(await standing('clerk')).to.equal('none');
  });

  it('case 48: shows the own sessions and ends one, or all others', async () => {
    const [here, other, third] = [await signedIn('head-nv'), await signedIn('head-nv'), await signedIn('head-nv')];
    // the last account() call has ended the sessions before it: sign the others in again
    for (const visitor of [here, other, third]) await visitor.signIn(`${web.app.authority}-head-nv`, goodPassword);
    const page = (await here.get('/account')).text;
    const ids = [...page.matchAll(/name="session" value="([0-9a-f]{64})"/g)].map((one) => one[1] ?? '');
    expect(ids).to.have.length(3);
    expect(page).to.contain('phiên này');
    const own = /class="tag">phiên này[\s\S]*?name="session" value="([0-9a-f]{64})"/.exec(page)?.[1] ?? '';
    const [first] = ids.filter((id) => id !== own);
    expect((await here.form('/account/sessions/end', { session: first ?? '' })).headers.get('location')).to.equal(
      '/account?done=ended',
    );
    const alive = async () =>
      (await Promise.all([here, other, third].map((one) => one.get('/inbox')))).map(({ status }) => status);
    expect((await alive()).filter((status) => status === 200)).to.have.length(2);
    await here.get('/account');
    await here.form('/account/sessions/end', {});
    expect(await alive()).to.deep.equal([200, 303, 303]);
    // another person’s session is not his to end
    const stranger = await signedIn('off-nv');
    const foreign = /name="session" value="([0-9a-f]{64})"/.exec((await stranger.get('/account')).text)?.[1] ?? '';
    await here.get('/account');
    expect((await here.form('/account/sessions/end', { session: foreign })).status).to.equal(404);
    expect((await stranger.get('/inbox')).status).to.equal(200);
  });

  it('case 52: makes a token that is shown this once and works, and revokes it', async () => {
    const visitor = await signedIn('off-nv');
    await visitor.get('/account');
    const made = await visitor.form('/account/tokens', { label: 'Máy tính phòng', days: '7' });
    const token = secretIn(made.text);
    const use = async () => (await fetch(`${web.origin}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } })).status;
    expect(await use()).to.equal(200);
    const page = (await visitor.get('/account')).text;
    expect(page).to.contain('Máy tính phòng').and.not.to.contain(token);
    expect((await visitor.form('/account/tokens', { label: 'x', days: '9999' })).status).to.equal(400);
    const id = /name="token" value="([^"]+)"/.exec(page)?.[1] ?? '';
    expect((await visitor.form('/account/tokens/revoke', { token: id })).headers.get('location')).to.equal(
      '/account?done=revoked',
    );
    expect(await use()).to.equal(401);
  });

  it('says only what it knows: an address cannot make it say anything else', async () => {
    const visitor = await signedIn('off-nv');
    expect((await visitor.get('/account?done=constructor')).text).not.to.contain('role="status"');
  });
});
