import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect } from 'chai';
import { type ConfigFault, readConfig } from '../src/config.js';
import { TrinhkyError } from '../src/errors.js';
import { settings } from '../src/settings.js';

function faultsOf(env: Record<string, string>): ConfigFault[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof TrinhkyError && error.code === 'configurationInvalid') return error.params['faults'] as ConfigFault[];
    throw error;
  }
  return [];
}

describe('configuration', () => {
  it('has a default for everything it needs', () => {
    // given nothing, and a variable that is there but empty
    const config = readConfig({ HOST: '', TRINHKY_LOG: ' ' });
    // then
    expect(config).to.deep.equal({
      port: 4000,
      host: '127.0.0.1',
      mongodbUri: undefined,
      mongodbName: 'trinhky',
      dataFolder: resolve('.data'),
      cacheFolder: join(homedir(), '.cache', 'trinhky'),
      mongodBinary: undefined,
      browserBinary: undefined,
      keyFolder: undefined,
      timestampUrl: undefined,
      publicUrl: undefined,
      trustProxy: false,
      logLevel: 'info',
      workflowsFolder: resolve('workflows'),
      authority: undefined,
      sessionSecretFile: undefined,
      secretsKeyFile: undefined,
      mail: undefined,
      webhookAllow: [],
      webhookLoopback: false,
      fault: undefined,
    });
    expect(config).to.be.frozen;
  });

  it('takes what is set', () => {
    const config = readConfig({
      PORT: '0',
      HOST: '0.0.0.0',
      MONGODB_URI: 'mongodb://one,two/?replicaSet=x',
      TRINHKY_PUBLIC_URL: 'https://trinhky.example.vn:8443/',
      TRINHKY_TRUST_PROXY: 'loopback, 10.1.0.0/16,::1',
      TRINHKY_WORKFLOWS: 'examples',
      TRINHKY_AUTHORITY: 'quan-vi-du',
      TRINHKY_WEBHOOK_ALLOW: 'Nhan.Noi-Bo.vn, 10.0.0.7',
      TRINHKY_WEBHOOK_HTTP: 'loopback',
    });
    expect(config).to.deep.include({ webhookAllow: ['nhan.noi-bo.vn', '10.0.0.7'], webhookLoopback: true });
    expect(config.port).to.equal(0);
    expect(config.publicUrl).to.equal('https://trinhky.example.vn:8443');
    expect(config.trustProxy).to.deep.equal(['loopback', '10.1.0.0/16', '::1']);
    expect(config.workflowsFolder).to.equal(resolve('examples'));
    expect(readConfig({ TRINHKY_TRUST_PROXY: '1' }).trustProxy).to.equal(1);
  });

  it('takes a mail server with its sender, and not without', () => {
    const TRINHKY_MAIL_URL = 'smtps://tai-khoan:mat%20khau@mail.example.vn:465';
    const TRINHKY_MAIL_FROM = 'UBND quận ví dụ <khong-tra-loi@example.vn>';
    expect(readConfig({ TRINHKY_MAIL_URL, TRINHKY_MAIL_FROM }).mail).to.deep.equal({
      url: TRINHKY_MAIL_URL,
      from: TRINHKY_MAIL_FROM,
    });
    expect(faultsOf({ TRINHKY_MAIL_URL }).map(({ name }) => name)).to.deep.equal(['TRINHKY_MAIL_FROM']);
    expect(readConfig({ TRINHKY_MAIL_FROM }).mail).to.equal(undefined);
  });

  const wrong: readonly (readonly [string, string])[] = [
    ['PORT', '65536'],
    ['PORT', '4e3'],
    ['HOST', 'http://127.0.0.1'],
    ['MONGODB_URI', 'postgres://x'],
    ['MONGODB_DB', 'a.b'],
    ['TRINHKY_PUBLIC_URL', 'http://trinhky.example.vn'],
    ['TRINHKY_PUBLIC_URL', 'https://trinhky.example.vn/app'],
    ['TRINHKY_PUBLIC_URL', 'https://user@trinhky.example.vn'],
    ['TRINHKY_TRUST_PROXY', 'true'],
    ['TRINHKY_TRUST_PROXY', '0.0.0.0/0'],
    ['TRINHKY_MAIL_URL', 'http://mail.example.vn'],
    ['TRINHKY_MAIL_URL', 'smtp://mail.example.vn/?pool=true'],
    ['TRINHKY_MAIL_FROM', 'một câu'],
    ['TRINHKY_LOG', 'verbose'],
    ['TRINHKY_AUTHORITY', 'Quận'],
    ['TRINHKY_WEBHOOK_ALLOW', 'https://noi-bo.vn'],
    ['TRINHKY_WEBHOOK_ALLOW', 'noi-bo.vn,'],
    ['TRINHKY_WEBHOOK_HTTP', 'true'],
    ['TRINHKY_FAULT', 'kill:after-write'],
    ['TRINHKY_DTA', '/srv/trinhky'],
  ];
  for (const [name, value] of wrong) {
    it(`refuses ${name}=${value}`, () => {
      expect(faultsOf({ [name]: value }).map((fault) => fault.name)).to.deep.equal([name]);
    });
  }

  for (const host of ['0.0.0.0', '192.168.1.5', '::', 'trinhky.example.vn', '127.example.vn']) {
    it(`refuses to listen on ${host} without TLS in front`, () => {
      expect(faultsOf({ HOST: host }).map((fault) => fault.name)).to.deep.equal(['HOST']);
      expect(faultsOf({ HOST: host, TRINHKY_PUBLIC_URL: 'https://trinhky.example.vn' })).to.deep.equal([]);
    });
  }

  for (const host of ['localhost', '::1', '127.0.0.2']) {
    it(`listens on ${host} without TLS`, () => {
      expect(readConfig({ HOST: host }).host).to.equal(host);
    });
  }

  it('names every fault at once, and no value: it may be a password', () => {
    const faults = faultsOf({ PORT: 'x', MONGODB_URI: 'mysql://root:secret@db', TRINHKY_LOG: 'loud' });
    expect(faults.map((fault) => fault.name)).to.deep.equal(['PORT', 'MONGODB_URI', 'TRINHKY_LOG']);
    expect(JSON.stringify(faults)).not.to.include('secret');
  });

  it('lets a test name the point of a fault', () => {
    const config = readConfig({ NODE_ENV: 'test', TRINHKY_FAULT: 'kill:after-write', TRINHKY_TEST_URI: 'mongodb://x' });
    expect(config.fault).to.equal('kill:after-write');
  });

  it('shows each setting once, with a meaning', () => {
    expect(new Set(settings.map((setting) => setting.name)).size).to.equal(settings.length);
    for (const setting of settings) expect(setting.meaning).to.match(/\.$/);
  });
});
