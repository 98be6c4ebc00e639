import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { expect } from 'chai';
import { checkedUrl, isPublicAddress, urlCharsMax } from '../../src/commands/webhooks/address.js';
import { makeWebhookSender } from '../../src/effects/webhookSend.js';
import { TrinhkyError } from '../../src/errors.js';

const nowhere = { allow: [], loopbackHttp: false };
const post = (url: string) => ({ url, headers: { 'content-type': 'application/json' }, body: '{}' });

function reasonFor(url: string, places = nowhere as Parameters<typeof checkedUrl>[1]): unknown {
  try {
    checkedUrl(url, places);
    return 'taken';
  } catch (error) {
    return error instanceof TrinhkyError && error.code === 'inputInvalid' ? error.params['reason'] : error;
  }
}

describe('webhooks: where nothing is sent', () => {
  it('takes only addresses of the public internet for public', () => {
    for (const address of [
      '8.8.8.8',
      '100.63.255.255',
      '172.32.0.1',
      '192.167.255.255',
      '198.20.0.1',
      '223.255.255.255',
      '2606:4700::1111',
      '2001:4860:4860::8888',
    ])
      expect(isPublicAddress(address), address).to.equal(true);
    for (const address of [
      '0.0.0.0',
      '10.255.255.255',
      '100.64.0.1',
      '127.0.0.1',
      '127.9.9.9',
      '169.254.169.254',
      '172.16.0.1',
      '172.31.255.255',
      '192.0.0.1',
      '192.0.2.1',
      '192.88.99.1',
      '192.168.0.1',
      '198.18.0.1',
      '198.51.100.1',
      '203.0.113.1',
      '224.0.0.1',
      '255.255.255.255',
      '::',
      '::1',
      '::ffff:10.0.0.1',
      '::ffff:8.8.8.8',
      '::127.0.0.1',
      '64:ff9b::a00:1',
      'fc00::1',
      'fd00:ec2::254',
      'fe80::1',
      'ff02::1',
      '2001::1',
      '2001:db8::1',
      '2002:a00:1::',
      '3fff::1',
      '100::1',
      'not an address',
    ])
      expect(isPublicAddress(address), address).to.equal(false);
  });

  const table: readonly (readonly [string, string])[] = [
    ['https://nhan.example.vn/trinhky?x=1', 'taken'],
    ['https://nhan.example.vn:8443/', 'taken'],
    ['https://8.8.8.8/', 'taken'],
    ['http://nhan.example.vn/', 'urlNotHttps'],
    ['http://127.0.0.1:4100/', 'urlNotHttps'],
    ['ftp://nhan.example.vn/', 'urlNotHttps'],
    ['file:///etc/hosts', 'urlNotHttps'],
    ['//nhan.example.vn/', 'urlUnreadable'],
    ['https://ai:matkhau@nhan.example.vn/', 'urlWithUser'],
    ['https://ai@nhan.example.vn/', 'urlWithUser'],
    ['https://nhan.example.vn/#x', 'urlWithFragment'],
    ['https://nhan.example.vn:22/', 'urlPortRefused'],
    ['https://nhan.example.vn:1023/', 'urlPortRefused'],
    ['https://nhan.example.vn:0/', 'urlPortRefused'],
    ['https://nhan.example.vn:1024/', 'taken'],
    ['https://127.0.0.1/', 'urlInside'],
    ['https://localhost/', 'urlInside'],
    ['https://[::1]/', 'urlInside'],
    ['https://[::ffff:169.254.169.254]/', 'urlInside'],
    ['https://169.254.169.254/latest/meta-data', 'urlInside'],
    // 127.0.0.1 as other spellings of it
    ['https://2130706433/', 'urlInside'],
    ['https://0x7f.1/', 'urlInside'],
    ['https://0177.0.0.1/', 'urlInside'],
    ['https://127.1/', 'urlInside'],
    [`https://nhan.example.vn/${'a'.repeat(urlCharsMax)}`, 'urlTooLong'],
  ];
  for (const [url, expected] of table) {
    it(`${url.slice(0, 60)}: ${expected}`, () => expect(reasonFor(url)).to.equal(expected));
  }

  it('opens loopback and inside only to what the settings name', () => {
    const loopback = { allow: [], loopbackHttp: true };
    expect(reasonFor('http://127.0.0.1:4100/', loopback)).to.equal('taken');
    expect(reasonFor('http://localhost:4100/', loopback)).to.equal('taken');
    expect(reasonFor('http://127.0.0.1:80/', loopback)).to.equal('urlPortRefused');
    expect(reasonFor('http://10.0.0.7:4100/', loopback)).to.equal('urlNotHttps');
    expect(reasonFor('https://127.0.0.1:4100/', loopback)).to.equal('urlInside');
    const allowed = { allow: ['10.0.0.7', 'localhost'], loopbackHttp: false };
    expect(reasonFor('https://10.0.0.7/', allowed)).to.equal('taken');
    expect(reasonFor('https://10.0.0.8/', allowed)).to.equal('urlInside');
    expect(reasonFor('http://10.0.0.7:4100/', allowed)).to.equal('urlNotHttps');
    expect(reasonFor('https://localhost/', allowed)).to.equal('taken');
  });
});

describe('webhooks: the connection', () => {
  const listening: { close: () => void }[] = [];
  afterEach(() => {
    for (const one of listening.splice(0)) one.close();
  });

  /** A listener that counts who comes, whatever they speak. */
  async function canary(): Promise<{ port: number; visits: () => number }> {
    let visits = 0;
    const server = createTcpServer((socket) => {
      visits += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    listening.push(server);
    return { port: (server.address() as AddressInfo).port, visits: () => visits };
  }

  it('is judged at each delivery: a name that turns to the inside afterwards is not followed', async () => {
    const { port, visits } = await canary();
    let addresses = [{ address: '93.184.215.14', family: 4 }];
    let asked = 0;
    const sender = makeWebhookSender({
      ...nowhere,
      limits: { connectMs: 200, answerMs: 400 },
      resolve: () => {
        asked += 1;
        return Promise.resolve(addresses);
      },
    });
    const url = `https://doi-cho.example.vn:${port}/`;
    expect(() => sender.check(url)).not.to.throw();
    // then the name answers with this machine
    addresses = [{ address: '127.0.0.1', family: 4 }];
    expect(await sender.post(post(url))).to.deep.equal({ kind: 'failed', reason: 'urlInside' });
    // or with both: one inside spoils the others
    addresses = [
      { address: '93.184.215.14', family: 4 },
      { address: '127.0.0.1', family: 4 },
    ];
    expect(await sender.post(post(url))).to.deep.equal({ kind: 'failed', reason: 'urlInside' });
    addresses = [];
    expect(await sender.post(post(url))).to.deep.equal({ kind: 'failed', reason: 'ENOTFOUND' });
    expect(visits()).to.equal(0);
    expect(asked).to.equal(3);
    // and the canary does count
    await new Promise((resolve) => connect(port, '127.0.0.1').on('close', resolve));
    expect(visits()).to.equal(1);
  });

  it('goes to the address that was judged, with one look-up and the name of the host', async () => {
    let host = '';
    const server = createServer((request, response) => {
      host = request.headers.host ?? '';
      response.writeHead(204).end();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.2', resolve));
    listening.push(server);
    const { port } = server.address() as AddressInfo;
    let asked = 0;
    const sender = makeWebhookSender({
      allow: [],
      loopbackHttp: true,
      // a second look-up would lead elsewhere
      resolve: () => Promise.resolve([{ address: asked++ === 0 ? '127.0.0.2' : '127.0.0.3', family: 4 }]),
    });
    const answer = await sender.post(post(`http://localhost:${port}/`));
    expect(answer).to.deep.equal({ kind: 'answered', status: 204, retryAfterMs: null });
    expect([asked, host]).to.deep.equal([1, `localhost:${port}`]);
  });

  it('trusts no certificate that it does not know, and speaks TLS to https alone', async () => {
    const { port, visits } = await canary();
    const sender = makeWebhookSender({ allow: ['127.0.0.1'], loopbackHttp: false, limits: { connectMs: 500, answerMs: 800 } });
    const answer = await sender.post(post(`https://127.0.0.1:${port}/`));
    expect(answer.kind).to.equal('failed');
    expect(visits()).to.equal(1);
  });

  it('ends by its limits: a name that never resolves, a connection that never comes, an answer that never comes', async () => {
    const limits = { connectMs: 60, answerMs: 120 };
    const never = () => new Promise<never>(() => undefined);
    expect(await makeWebhookSender({ ...nowhere, limits, resolve: never }).post(post('https://nhan.example.vn/'))).to.deep.equal({
      kind: 'failed',
      reason: 'tooSlow',
    });
    const mute = createTcpServer(() => undefined);
    await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve));
    listening.push(mute);
    const { port } = mute.address() as AddressInfo;
    // connected, but no TLS is ever spoken
    const sender = makeWebhookSender({ allow: ['127.0.0.1'], loopbackHttp: true, limits });
    expect(await sender.post(post(`https://127.0.0.1:${port}/`))).to.deep.equal({ kind: 'failed', reason: 'connectTooSlow' });
    expect(await sender.post(post(`http://127.0.0.1:${port}/`))).to.deep.equal({ kind: 'failed', reason: 'tooSlow' });
    const answer = sender.post(post(`http://127.0.0.1:${port}/`));
    sender.close();
    expect(await answer).to.deep.equal({ kind: 'stopping' });
    expect(await sender.post(post(`http://127.0.0.1:${port}/`))).to.deep.equal({ kind: 'stopping' });
  });
});
