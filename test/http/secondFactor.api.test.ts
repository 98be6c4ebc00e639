import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';
import { Secret, TOTP } from 'otpauth';
import { apiRoutes } from '../../src/http/api/routes.js';
import { goodPassword, type Reply, startWeb, type Visitor, type Web } from './support.js';

const place = '/api/v1/me/second-factor';

describe('a second factor by the API', () => {
  let web: Web;
  const ajv = new Ajv2020({ strict: false });
  before(async () => {
    web = await startWeb('factorapi');
  });
  after(() => web.close());

  /** A browser's program: a session with its token for changing requests, which each answer may renew. */
  async function session(person: string) {
    const { login, password } = await web.account(person);
    const visitor: Visitor = web.visitor();
    let csrf = String((await visitor.post('/api/v1/sessions', { login, password })).json.csrfToken);
    return {
      visitor,
      get: () => visitor.get(place),
      post: async (path: string, body: object): Promise<Reply> => {
        const reply = await visitor.post(`${place}${path}`, body, { 'x-csrf-token': csrf });
        if (typeof reply.json['csrfToken'] === 'string') csrf = reply.json['csrfToken'];
        return reply;
      },
    };
  }
  const conforms = (method: string, path: string, reply: Reply): void => {
    const route = apiRoutes.find((one) => one.method === method && one.path === path);
    expect(reply.status, reply.text).to.equal(route?.answers.status);
    expect(ajv.validate(route?.answers.schema as object, reply.json), ajv.errorsText()).to.equal(true);
  };
  const codeOf = (reply: Reply) => [reply.status, reply.json['code']];
  const codeNow = (secret: unknown, laterSeconds = 0) =>
    TOTP.generate({ secret: Secret.fromBase32(String(secret)), timestamp: Date.now() + laterSeconds * 1_000 });

  it('is made by the password, put in force by its first code, and taken away by both', async () => {
    const { visitor, get, post } = await session('deputy');
    expect((await get()).json).to.deep.equal({ state: 'none', since: null });
    // when
    const made = await post('', { password: goodPassword });
    conforms('post', place, made);
    expect(made.json['secret']).to.match(/^[A-Z2-7]{32}$/);
    expect((await get()).json['state']).to.equal('unconfirmed');
    // the secret is told this once
    expect((await get()).text).not.to.contain(String(made.json['secret']));
    expect(codeOf(await post('/confirm', { code: '000000' }))).to.deep.equal([401, 'stepUpFailed']);
    const cookie = visitor.cookies().get('trinhky');
    const confirmed = await post('/confirm', { code: codeNow(made.json['secret']) });
    conforms('post', `${place}/confirm`, confirmed);
    expect(confirmed.json['state']).to.equal('active');
    expect(visitor.cookies().get('trinhky')).not.to.equal(cookie);
    // then it is not replaced, and goes only with password and a code that was not used
    expect(codeOf(await post('', { password: goodPassword }))).to.deep.equal([400, 'inputInvalid']);
    for (const wrong of [
      { password: goodPassword, code: codeNow(made.json['secret']) },
      { password: 'không phải mật khẩu', code: codeNow(made.json['secret'], 30) },
    ])
      expect(codeOf(await post('/remove', wrong))).to.deep.equal([401, 'stepUpFailed']);
    web.later(30_000);
    const removed = await post('/remove', { password: goodPassword, code: codeNow(made.json['secret'], 30) });
    conforms('post', `${place}/remove`, removed);
    expect((await get()).json).to.deep.equal({ state: 'none', since: null });
    const kinds = (await web.app.deps.store.audit.list(web.app.authority, 200)).map(({ kind }) => kind);
    expect(kinds).to.include.members([
      'secondFactorEnrolled',
      'secondFactorNotConfirmed',
      'secondFactorConfirmed',
      'secondFactorRemoved',
    ]);
  });

  it('is nobody’s to change by a token alone, nor without the session’s own token or the password', async () => {
    const api = await web.api('chair');
    conforms('get', place, await api.get(place));
    for (const [path, body] of [
      ['', { password: goodPassword }],
      ['/confirm', { code: '123456' }],
      ['/remove', { password: goodPassword, code: '123456' }],
    ] as const)
      expect(codeOf(await api.post(`${place}${path}`, body)), path).to.deep.equal([403, 'notAllowed']);
    const { visitor, post } = await session('chair');
    expect(codeOf(await visitor.post(place, { password: goodPassword }))).to.deep.equal([403, 'csrfFailed']);
    expect(codeOf(await post('', { password: 'không phải mật khẩu' }))).to.deep.equal([401, 'stepUpFailed']);
    expect(codeOf(await post('', {}))).to.deep.equal([400, 'bodyInvalid']);
    expect((await web.app.secondFactors.standing({ authority: web.app.authority, person: 'chair' })).state).to.equal('none');
  });

  it('takes few wrong codes', async () => {
    const { post } = await session('clerk');
    await post('', { password: goodPassword });
    const statuses: number[] = [];
    for (let tries = 0; tries < 30 && statuses.at(-1) !== 429; tries += 1)
      statuses.push((await post('/confirm', { code: '000000' })).status);
    expect(statuses.at(-1)).to.equal(429);
  });
});
