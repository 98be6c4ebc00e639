import { isIP } from 'node:net';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { TrinhkyError } from './errors.js';
import { type LogLevel, logLevels, settings } from './settings.js';

/** What the server runs with, validated once. Paths are absolute. Only `main` reads it and hands parts down. */
export interface Config {
  /** 0 takes any free port. */
  readonly port: number;
  readonly host: string;
  /** undefined: the embedded database. */
  readonly mongodbUri: string | undefined;
  readonly mongodbName: string;
  readonly dataFolder: string;
  readonly cacheFolder: string;
  readonly mongodBinary: string | undefined;
  readonly browserBinary: string | undefined;
  /** undefined: `keys` in the data folder. */
  readonly keyFolder: string | undefined;
  readonly timestampUrl: string | undefined;
  /** An https origin without a closing slash; undefined on loopback without TLS. */
  readonly publicUrl: string | undefined;
  /** What express takes as `trust proxy`: false, the number of proxies in front, or their addresses. */
  readonly trustProxy: false | number | readonly string[];
  readonly logLevel: LogLevel;
  readonly workflowsFolder: string;
  /** The id of the authority that a command line serves, when several share a database. */
  readonly authority: string | undefined;
  readonly sessionSecretFile: string | undefined;
  readonly secretsKeyFile: string | undefined;
  /** Mail server and sender; undefined: no mail is sent. Holds a password. */
  readonly mail: { readonly url: string; readonly from: string } | undefined;
  /** Hosts, small letters, to which webhooks may go although they have addresses inside. */
  readonly webhookAllow: readonly string[];
  /** Whether webhooks may go over plain http to this machine. */
  readonly webhookLoopback: boolean;
  /** A place where a test lets the process die, `kill:<point>`; never outside NODE_ENV=test. */
  readonly fault: string | undefined;
}

type Name = (typeof settings)[number]['name'];

/** One thing that is wrong; never holds the value, which may be a secret. */
export interface ConfigFault {
  readonly name: string;
  readonly reason: string;
}

/**
 * The configuration from environment variables (table: `settings`), frozen. An empty variable counts as not set.
 * A TRINHKY_ variable that does not exist is a fault: a misspelt one would be silently without effect.
 * @throws TrinhkyError configurationInvalid {faults: ConfigFault[]} that names every fault at once.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const faults: ConfigFault[] = [];
  const text = (name: Name): string | undefined => env[name]?.trim() || undefined;
  const read: Read = (name, parse) => {
    const value = text(name) ?? (settings.find((setting) => setting.name === name)?.default || undefined);
    if (value === undefined) return undefined;
    const parsed = parse(value);
    if (!(parsed instanceof Wrong)) return parsed;
    faults.push({ name, reason: parsed.message });
    return undefined;
  };
  const config: Config = {
    port: read('PORT', portOf) ?? 0,
    host: read('HOST', hostOf) ?? '',
    mongodbUri: read('MONGODB_URI', matching(/^mongodb(\+srv)?:\/\/\S+$/, 'must begin with mongodb:// or mongodb+srv://')),
    mongodbName: read('MONGODB_DB', matching(/^[A-Za-z0-9_-]{1,38}$/, 'must be 1 to 38 letters, digits, - or _')) ?? '',
    dataFolder: read('TRINHKY_DATA', pathOf) ?? '',
    cacheFolder: read('TRINHKY_CACHE', pathOf) ?? '',
    mongodBinary: read('TRINHKY_MONGOD', pathOf),
    browserBinary: read('TRINHKY_BROWSER', pathOf),
    keyFolder: read('TRINHKY_KEYS', pathOf),
    timestampUrl: read('TRINHKY_TIMESTAMP_URL', matching(/^https?:\/\/[^\s@]+$/, 'must be an http or https address')),
    publicUrl: read('TRINHKY_PUBLIC_URL', publicUrlOf),
    trustProxy: read('TRINHKY_TRUST_PROXY', trustOf) ?? false,
    logLevel: read('TRINHKY_LOG', levelOf) ?? 'info',
    workflowsFolder: text('TRINHKY_WORKFLOWS') === undefined ? ownWorkflows : (read('TRINHKY_WORKFLOWS', pathOf) ?? ''),
    authority: read('TRINHKY_AUTHORITY', matching(/^[a-z0-9][a-z0-9-]{0,62}$/, 'must be 1 to 63 small letters, digits or -')),
    sessionSecretFile: read('TRINHKY_SESSION_SECRET_FILE', pathOf),
    secretsKeyFile: read('TRINHKY_SECRETS_KEY_FILE', pathOf),
    mail: mailOf(read, faults),
    webhookAllow: read('TRINHKY_WEBHOOK_ALLOW', hostsOf) ?? [],
    webhookLoopback: read('TRINHKY_WEBHOOK_HTTP', (value) => value === 'loopback' || new Wrong('must be loopback')) ?? false,
    fault: read('TRINHKY_FAULT', (value) => (env['NODE_ENV'] === 'test' ? value : new Wrong('is for tests only'))),
  };
  if (config.host !== '' && !isLoopback(config.host) && text('TRINHKY_PUBLIC_URL') === undefined) {
    faults.push({ name: 'HOST', reason: 'reachable from elsewhere: set TRINHKY_PUBLIC_URL to the https address in front of it' });
  }
  faults.push(...unknownNames(env));
  if (faults.length > 0) throw new TrinhkyError('configurationInvalid', { faults });
  return Object.freeze(config);
}

type Read = <T>(name: Name, parse: (value: string) => T | Wrong) => T | undefined;

/** A parser's refusal, told from every possible value. */
class Wrong extends Error {}

const ownWorkflows = fileURLToPath(new URL('../workflows', import.meta.url));

function matching(pattern: RegExp, reason: string) {
  return (value: string): string | Wrong => (pattern.test(value) ? value : new Wrong(reason));
}

function portOf(value: string): number | Wrong {
  const port = /^\d{1,5}$/.test(value) ? Number(value) : Number.NaN;
  return port <= 65_535 ? port : new Wrong('must be a whole number from 0 to 65535');
}

function hostOf(value: string): string | Wrong {
  const name = /^(?=.{1,253}$)[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?$/;
  return isIP(value) > 0 || name.test(value) ? value : new Wrong('must be an address or a host name, without port or scheme');
}

function hostsOf(value: string): readonly string[] | Wrong {
  const hosts = value.split(',').map((host) => host.trim().toLowerCase());
  const wrong = hosts.some((host) => hostOf(host) instanceof Wrong);
  return wrong ? new Wrong('must be host names or addresses, separated by commas, without port or scheme') : Object.freeze(hosts);
}

/** Both settings or none: a server without a sender would only fail with the first mail. */
function mailOf(read: Read, faults: ConfigFault[]): Config['mail'] {
  const url = read('TRINHKY_MAIL_URL', mailUrlOf);
  const from = read(
    'TRINHKY_MAIL_FROM',
    matching(/^([^<>"\r\n,;]{1,100} )?<?[^\s<>@,;]{1,64}@[^\s<>@,;]{1,180}>?$/, 'must be a mail address'),
  );
  if (url !== undefined && from === undefined)
    faults.push({ name: 'TRINHKY_MAIL_FROM', reason: 'is needed with TRINHKY_MAIL_URL' });
  return url === undefined || from === undefined ? undefined : Object.freeze({ url, from });
}

function mailUrlOf(value: string): string | Wrong {
  const url = URL.canParse(value) ? new URL(value) : null;
  const sound =
    url !== null &&
    /^smtps?:$/.test(url.protocol) &&
    url.hostname !== '' &&
    /^\/?$/.test(url.pathname) &&
    url.search + url.hash === '';
  return sound ? value : new Wrong('must be smtp:// or smtps:// with a host, without path or query');
}

function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

function pathOf(value: string): string {
  return resolve(value === '~' || value.startsWith('~/') ? join(homedir(), value.slice(1)) : value);
}

function publicUrlOf(value: string): string | Wrong {
  const reason = 'must be an https address such as https://trinhky.example.vn, without path, query or user';
  const url = URL.canParse(value) ? new URL(value) : null;
  // `href` shows what `origin` leaves out: user, path, query, fragment.
  return url?.protocol === 'https:' && url.href === `${url.origin}/` ? url.origin : new Wrong(reason);
}

function trustOf(value: string): number | readonly string[] | Wrong {
  if (/^([1-9]|10)$/.test(value)) return Number(value);
  const places = value.split(',').map((place) => place.trim());
  const sound = places.every((place) => ['loopback', 'linklocal', 'uniquelocal'].includes(place) || isNetwork(place));
  return sound
    ? Object.freeze(places)
    : new Wrong('must be a number from 1 to 10, or addresses, networks or loopback, separated by commas');
}

function isNetwork(place: string): boolean {
  const [address = '', bits, ...more] = place.split('/');
  const longest = isIP(address) === 4 ? 32 : 128;
  // A network of 0 bits would trust everyone's word about his own address.
  const soundBits = bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) >= 1 && Number(bits) <= longest);
  return isIP(address) > 0 && more.length === 0 && soundBits;
}

function levelOf(value: string): LogLevel | Wrong {
  return logLevels.find((level) => level === value) ?? new Wrong(`must be one of ${logLevels.join(', ')}`);
}

function unknownNames(env: Readonly<Record<string, string | undefined>>): ConfigFault[] {
  const known = new Set<string>(settings.map((setting) => setting.name));
  return Object.keys(env)
    .filter((name) => name.startsWith('TRINHKY_') && !known.has(name))
    .filter((name) => !(env['NODE_ENV'] === 'test' && name.startsWith('TRINHKY_TEST_')))
    .map((name) => ({ name, reason: 'is no setting of trinhky' }));
}
