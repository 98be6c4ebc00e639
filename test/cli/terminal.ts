import type { CliApplication, Host, HostAssembleOptions } from '../../src/cli/host.js';
import { TrinhkyError } from '../../src/errors.js';

/** A terminal, or none, that remembers what was written to it. */
export interface FakeTerminal {
  readonly out: () => string;
  readonly err: () => string;
  readonly io: Host['io'];
}

export function terminal(more: Partial<Pick<Host['io'], 'isTTY' | 'columns' | 'noColor'>> = {}): FakeTerminal {
  let out = '';
  let err = '';
  return {
    out: () => out,
    err: () => err,
    io: {
      stdout: {
        write(text: string) {
          out += text;
        },
      },
      stderr: {
        write(text: string) {
          err += text;
        },
      },
      isTTY: false,
      columns: undefined,
      noColor: false,
      ...more,
    },
  };
}

/** A host whose application is made by `assemble`; without one, putting it together fails. */
export function hostOf(
  io: Host['io'],
  more: {
    lang?: string;
    workflowsFolder?: string;
    keyFolder?: string;
    authority?: string;
    assemble?: (options: HostAssembleOptions) => Promise<CliApplication>;
  } = {},
): Host {
  return {
    io,
    config: {
      dataFolder: '/nowhere/data',
      workflowsFolder: more.workflowsFolder ?? 'workflows',
      keyFolder: more.keyFolder ?? '/nowhere/data/keys',
      authority: more.authority,
      lang: more.lang,
    },
    assemble: more.assemble ?? (() => Promise.reject(new TrinhkyError('databaseAway', { reason: 'none in this test' }))),
    serve: (options) => {
      options.onListening?.('http://127.0.0.1:4711');
      return Promise.resolve(0);
    },
  };
}
