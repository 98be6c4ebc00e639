import type { Accounts, Application, Identity } from '../commands/application.js';
import type { Clock } from '../office/time/clock.js';

/** What the command line writes to and knows of the terminal. Nothing in `cli/` touches the process itself. */
export interface Io {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  /** Whether stdout is a terminal. */
  readonly isTTY: boolean;
  /** Width of the terminal in columns; undefined where it is none. */
  readonly columns: number | undefined;
  /** NO_COLOR is set (https://no-color.org): no colour, whatever the terminal can. */
  readonly noColor: boolean;
  /** Asks on the terminal without showing what is typed; null where there is no terminal, or nothing was given. */
  readonly askSecret?: (question: string) => Promise<string | null>;
}

export interface HostConfig {
  /** Absolute path of the server's data folder. */
  readonly dataFolder: string;
  readonly workflowsFolder: string;
  /** Absolute path of the folder of signing keys. */
  readonly keyFolder: string;
  /** The authority to work on, when the database holds several. */
  readonly authority: string | undefined;
  /** The environment's LANG, for example `vi_VN.UTF-8`. */
  readonly lang: string | undefined;
}

export interface HostAssembleOptions {
  /**
   * A data folder other than the configured one, as an absolute path: then the embedded database runs there, even where
   * MONGODB_URI is set. Throws `dataFolderInUse` while another server lives in it.
   */
  readonly dataFolder?: string;
  /** The domain's clock; the wall clock when absent. */
  readonly clock?: Clock;
  /** Where a server has the data folder, work on its database beside it instead of throwing `dataFolderInUse`. */
  readonly attach?: boolean;
  /** One plain English line on what takes long: fetching a database, waiting for one. */
  readonly onProgress?: (line: string) => void;
}

export interface ServeOptions {
  /** Called once with `http://host:port`. */
  readonly onListening?: (address: string) => void;
  /** Called at the first start with the people of the example authority and their one-time passwords. */
  readonly onAccounts?: (accounts: readonly FirstAccount[]) => void;
}

export interface FirstAccount {
  readonly login: string;
  readonly name: string;
  /** `post@unit` of each appointment. */
  readonly posts: readonly string[];
  readonly oneTimePassword: string;
}

/** The application as the command line uses it: it may also give a person an account. */
export interface CliApplication extends Application {
  readonly accounts: Accounts & {
    /** Gives the person this login, replacing an earlier one. Answers the one-time password. */
    create(identity: Identity, login: string): Promise<string>;
  };
}

/** What `main` hands to the command line. */
export interface Host {
  readonly config: HostConfig;
  readonly io: Io;
  /** Puts the application together; what it started, its `close` ends, the embedded database included. */
  assemble(options: HostAssembleOptions): Promise<CliApplication>;
  /** Runs the server until it is told to stop; answers the exit code. */
  serve(options: ServeOptions): Promise<number>;
}
