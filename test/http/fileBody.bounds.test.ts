import { createServer, request as httpRequest, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { expect } from 'chai';
import { intakeBytesMax } from '../../src/documents/intake/limits.js';
import { TrinhkyError } from '../../src/errors.js';
import { fileBytesInFlight, fileBytesInFlightMax, withBytes, withForm, withUpload } from '../../src/http/fileBody.js';

type Work = (request: IncomingMessage) => Promise<unknown>;

describe('a file in a request', function () {
  this.timeout(20_000);
  let server: Server;
  let work: Work;
  const strays: unknown[] = [];
  const stray = (error: unknown) => strays.push(error);

  before((done) => {
    process.on('uncaughtExceptionMonitor', stray);
    server = createServer((request, response) => {
      work(request).then(
        (told) => response.end(JSON.stringify({ told })),
        (error: unknown) =>
          response.end(JSON.stringify(error instanceof TrinhkyError ? { code: error.code, ...error.params } : {})),
      );
    }).listen(0, '127.0.0.1', done);
  });
  after((done) => {
    process.off('uncaughtExceptionMonitor', stray);
    server.close(done);
  });
  afterEach(() => {
    // however a request ends, nothing of it counts any more, and nothing escaped
    expect(fileBytesInFlight()).to.equal(0);
    expect(strays).to.deep.equal([]);
  });

  const port = () => (server.address() as AddressInfo).port;
  const send = (body: Buffer, headers: Record<string, string>): Promise<Record<string, unknown>> =>
    new Promise((done, fail) => {
      const request = httpRequest({ host: '127.0.0.1', port: port(), method: 'POST', headers }, (response) => {
        const chunks: Buffer[] = [];
        response.on('data', (chunk: Buffer) => chunks.push(chunk));
        response.on('end', () => done(JSON.parse(Buffer.concat(chunks).toString()) as Record<string, unknown>));
      });
      request.on('error', fail);
      // in chunks of their own, so that its length is not announced
      for (let at = 0; at < body.length; at += 1_000_000) request.write(body.subarray(at, at + 1_000_000));
      request.end();
    });
  const multipart = { 'content-type': 'multipart/form-data; boundary=b' };
  const form = (bytes: Buffer, more = '') =>
    Buffer.concat([
      Buffer.from(
        `--b\r\nContent-Disposition: form-data; name="file"; filename="/x/Phụ lục.txt"\r\nContent-Type: text/plain\r\n\r\n`,
      ),
      bytes,
      Buffer.from(`\r\n${more}--b--\r\n`),
    ]);
  const field = (name: string) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\ngiá trị\r\n`;
  const bounds = { bytesMax: 5 };

  it('is whole, with its name, declared type and the other fields, at exactly its bound', async () => {
    work = (request) =>
      withForm(request, bounds, async ({ file, fields }) => [file?.name, file?.declared, file?.bytes.toString(), ...fields]);
    expect((await send(form(Buffer.from('12345'), field('a')), multipart)).told).to.deep.equal([
      'Phụ lục.txt',
      'text/plain',
      '12345',
      ['a', 'giá trị'],
    ]);
  });

  it('has the name that its sender sees: browsers write a quotation mark in it as %22', async () => {
    work = (request) => withForm(request, bounds, async ({ file }) => file?.name);
    const named = Buffer.from(form(Buffer.from('1')).toString().replace('Phụ lục', 'Phụ lục %22một%22'));
    expect((await send(named, multipart)).told).to.equal("Phụ lục 'một'.txt");
  });

  it('is refused one byte above its bound, in a form by the bound’s own refusal, and bare', async () => {
    work = (request) => withForm(request, bounds, async () => 'taken');
    expect(await send(form(Buffer.from('123456')), multipart)).to.deep.equal({ code: 'bodyTooLarge', bytesMax: 5 });
    work = (request) => withBytes(request, { mediaType: 'application/pdf', ...bounds }, async () => 'taken');
    expect(await send(Buffer.from('123456'), { 'content-type': 'application/pdf' })).to.include({ code: 'bodyTooLarge' });
    expect(await send(Buffer.from('12345'), { 'content-type': 'application/pdf' })).to.deep.equal({ told: 'taken' });
    work = (request) => withUpload(request, async () => 'taken');
    const long = form(Buffer.alloc(intakeBytesMax + 1, 'x'));
    expect(await send(long, multipart)).to.deep.equal({ code: 'fileTooLarge', name: 'Phụ lục.txt', bytesMax: intakeBytesMax });
  });

  it('counts as long as it is worked on, and what does not fit beside the others is asked to come again', async () => {
    // given one that is being worked on and takes all the room but four bytes
    const mediaType = 'application/pdf';
    let release: () => void = () => undefined;
    const held = new Promise<void>((done) => {
      release = done;
    });
    let arrived: () => void = () => undefined;
    const there = new Promise<void>((done) => {
      arrived = done;
    });
    work = (request) =>
      withBytes(request, { mediaType, bytesMax: fileBytesInFlightMax }, async (bytes) => {
        arrived();
        await held;
        return bytes.length;
      });
    const first = send(Buffer.alloc(fileBytesInFlightMax - 4), { 'content-type': mediaType });
    await there;
    expect(fileBytesInFlight()).to.equal(fileBytesInFlightMax - 4);
    // when others come, in a form and bare
    work = (request) => withUpload(request, async ({ bytes }) => bytes.length);
    expect(await send(form(Buffer.from('12345')), multipart)).to.include({ code: 'busy' });
    expect((await send(form(Buffer.from('1234')), multipart)).told).to.equal(4);
    // then its room is free after it
    release();
    expect((await first).told).to.equal(fileBytesInFlightMax - 4);
    expect((await send(form(Buffer.from('12345')), multipart)).told).to.equal(5);
  });

  it('gives its room back when the form fails after it, when the work fails, and when the line breaks', async () => {
    work = (request) => withUpload(request, async () => 'taken');
    expect(await send(form(Buffer.from('x'), field('a') + field('a')), multipart)).to.include({
      code: 'uploadInvalid',
      reason: 'field',
    });
    expect(await send(form(Buffer.alloc(300_000)).subarray(0, 200_000), multipart)).to.include({ code: 'uploadInvalid' });
    expect(await send(Buffer.from('--b--\r\n'), multipart)).to.include({ code: 'uploadInvalid' });
    work = (request) => withUpload(request, () => Promise.reject(new TrinhkyError('notFound')));
    expect(await send(form(Buffer.from('x')), multipart)).to.include({ code: 'notFound' });
    const broken = new Promise<unknown>((done) => {
      work = (request) => withUpload(request, async () => 'taken').catch(done);
    });
    const socket = connect(port(), '127.0.0.1');
    const head = `POST / HTTP/1.1\r\nhost: x\r\ncontent-type: ${multipart['content-type']}\r\ncontent-length: 900000\r\n\r\n`;
    socket.write(Buffer.concat([Buffer.from(head), form(Buffer.alloc(500_000)).subarray(0, 400_000)]), () => socket.destroy());
    expect(await broken).to.include({ code: 'uploadInvalid' });
  });
});
