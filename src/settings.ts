/** As pino names them. */
export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/** One environment variable, as the manual shows it. */
interface Setting {
  readonly name: string;
  /** As text; empty when it has none. */
  readonly default: string;
  readonly meaning: string;
}

/** Every variable that trinhky reads, in the order of the manual. */
export const settings = [
  { name: 'PORT', default: '4000', meaning: 'Port to listen on; 0 takes any free one.' },
  { name: 'HOST', default: '127.0.0.1', meaning: 'Address to listen on; any other than loopback needs TRINHKY_PUBLIC_URL.' },
  { name: 'MONGODB_URI', default: '', meaning: 'A MongoDB replica set. Without it an embedded MongoDB runs in the data folder.' },
  { name: 'MONGODB_DB', default: 'trinhky', meaning: 'Name of the database.' },
  { name: 'TRINHKY_DATA', default: './.data', meaning: 'Data folder: embedded database, keys, caches of this server.' },
  {
    name: 'TRINHKY_MONGOD',
    default: '',
    meaning: 'Path of the mongod to embed; without it one is looked for and, if need be, fetched.',
  },
  { name: 'TRINHKY_CACHE', default: '~/.cache/trinhky', meaning: 'Folder where a fetched mongod is kept.' },
  { name: 'TRINHKY_BROWSER', default: '', meaning: 'Path of the Chromium that prints papers; without it one is looked for.' },
  {
    name: 'TRINHKY_KEYS',
    default: '',
    meaning: 'Folder of the signing keys, readable by this user alone; without it `keys` in the data folder.',
  },
  {
    name: 'TRINHKY_TIMESTAMP_URL',
    default: '',
    meaning: 'Address of an RFC 3161 time-stamping authority; without it signatures carry no time stamp.',
  },
  {
    name: 'TRINHKY_PUBLIC_URL',
    default: '',
    meaning: 'The https address under which people reach the server, when TLS ends before it.',
  },
  {
    name: 'TRINHKY_TRUST_PROXY',
    default: '',
    meaning: 'Number of proxies in front, or their addresses separated by commas; only these may tell the address of a client.',
  },
  {
    name: 'TRINHKY_MAIL_URL',
    default: '',
    meaning: 'Mail server, smtp:// or smtps://, with user and password where it asks for them; without it no mail is sent.',
  },
  {
    name: 'TRINHKY_MAIL_FROM',
    default: '',
    meaning: 'Sender of the mails: an address, or a name and an address in angle brackets.',
  },
  { name: 'TRINHKY_LOG', default: 'info', meaning: `Log level: ${logLevels.join(', ')}.` },
  {
    name: 'TRINHKY_WORKFLOWS',
    default: 'workflows',
    meaning: 'Folder of workflow definitions; without it the ones that come with trinhky.',
  },
  { name: 'TRINHKY_AUTHORITY', default: '', meaning: 'Id of the authority to serve, when the database holds several.' },
  {
    name: 'TRINHKY_SESSION_SECRET_FILE',
    default: '',
    meaning: 'File with the secret that signs session cookies; without it one is made in the data folder.',
  },
  {
    name: 'TRINHKY_SECRETS_KEY_FILE',
    default: '',
    meaning:
      'File with the key under which second factors and secrets of webhooks are stored; without it one is made in the data folder.',
  },
  {
    name: 'TRINHKY_WEBHOOK_ALLOW',
    default: '',
    meaning: 'Hosts inside your network to which webhooks may go, separated by commas; without it only to public addresses.',
  },
  {
    name: 'TRINHKY_WEBHOOK_HTTP',
    default: '',
    meaning: '`loopback` lets webhooks go over plain http to this machine, for development; otherwise https alone.',
  },
  {
    name: 'TRINHKY_FAULT',
    default: '',
    meaning: 'Tests only (NODE_ENV=test): the named point at which the process kills itself.',
  },
] as const satisfies readonly Setting[];
