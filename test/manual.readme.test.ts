import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { runCli } from '../src/cli/main.js';
import { readAuthority } from '../src/commands/organisation/loadAuthority.js';
import type { JsonObject } from '../src/engine/json.js';
import { errorCatalogue } from '../src/errors.js';
import { ruleSets } from '../src/office/form/ruleSets.js';
import { settings } from '../src/settings.js';
import { collectionNames } from '../src/store/collectionNames.js';
import { hostOf, terminal } from './cli/terminal.js';
import { repository } from './support/sources.js';

const manuals = ['README.md', 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md', 'examples/README.md'] as const;
const textOf = (file: string): string => readFileSync(join(repository, file), 'utf8');
const readme = textOf('README.md');
const scripts = (JSON.parse(textOf('package.json')) as { scripts: Record<string, string> }).scripts;

/** What stands between a heading and the next one of the same or a higher level. */
function section(title: string): string {
  const [, rest = ''] = readme.split(`\n## ${title}\n`);
  return rest.split('\n## ')[0] ?? '';
}

/** The rows of the first table of a text, without its head, each as its cells. */
function rowsOf(text: string): readonly (readonly string[])[] {
  const lines = text.split('\n');
  const first = lines.findIndex((line) => line.startsWith('| ---'));
  const after = lines.slice(first + 1);
  const end = after.findIndex((line) => !line.startsWith('|'));
  return after.slice(0, end < 0 ? undefined : end).map((line) =>
    line
      .slice(1, -1)
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|')),
  );
}

const code = (text: string): string => `\`${text}\``;

async function helpOf(words: readonly string[]): Promise<string> {
  const screen = terminal({ columns: 200 });
  const exit = await runCli([...words, '--help', '--lang', 'en'], hostOf(screen.io));
  expect([words, exit, screen.err()]).to.deep.equal([words, 0, '']);
  return screen.out();
}

/** The commands that a help text lists. */
function listed(help: string): readonly string[] {
  const [, list = ''] = help.split('Commands:\n');
  return [...list.matchAll(/^ {2}([a-z]+)/gm)].map(([, name]) => name ?? '');
}

/** Every command of the program, with those of its groups; a group that takes something itself is a command, too. */
async function allCommands(): Promise<readonly string[]> {
  const top = listed(await helpOf([]));
  const found = await Promise.all(
    top.map(async (name) => {
      const help = await helpOf([name]);
      const inner = listed(help).map((one) => `${name} ${one}`);
      return inner.length === 0 || / \[command\] \S/.test(help) ? [name, ...inner] : inner;
    }),
  );
  return found.flat().sort();
}

/** The lines of every shell block. */
function shellLines(text: string): readonly string[] {
  return [...text.matchAll(/^```sh\n([\s\S]*?)^```$/gm)].flatMap(([, block]) => (block ?? '').trim().split('\n'));
}

describe('manual: README', () => {
  it('lists every error with its status, meaning and what to do, and no other', () => {
    const { errors } = JSON.parse(textOf('src/locales/en.json')) as {
      errors: Record<string, { sentence: string; todo: string }>;
    };
    const expected = Object.entries(errorCatalogue).map(([name, { status }]) => {
      return [code(name), String(status), errors[name]?.sentence, errors[name]?.todo];
    });
    expect(rowsOf(section('Errors'))).to.deep.equal(expected);
  });

  it('lists every setting with its default and meaning, and no other', () => {
    const expected = settings.map((one) => [code(one.name), one.default === '' ? '' : code(one.default), one.meaning]);
    expect(rowsOf(section('Configuration'))).to.deep.equal(expected);
  });

  it('lists every command, and each explains itself with the options that the table names', async () => {
    const rows = rowsOf(section('Commands'));
    const names = rows.map(([cell = '']) => cell.replace(/^`trinhky |`$/g, '').replace(/ \[?[A-Z]+\]?$/, ''));
    expect([...names].sort()).to.deep.equal(await allCommands());
    for (const [index, name] of names.entries()) {
      const help = await helpOf(name.split(' '));
      expect(help).to.contain(`trinhky ${name}`);
      for (const [option] of (rows[index]?.[1] ?? '').matchAll(/--[a-z]+/g)) expect(help, name).to.contain(option);
    }
  });

  it('names only scripts that exist, and every one a developer needs', () => {
    const named = [...section('Commands').matchAll(/`npm (?:run )?([a-z:]+)`/g)].map(([, name]) => name ?? '');
    expect([...new Set(named)].sort()).to.deep.equal(Object.keys(scripts).sort());
  });

  it('has the reading trail, in its order', () => {
    const trail = [...section('Reading trail').matchAll(/\]\(([^)]+)\)/g)].map(([, path]) => path);
    expect(trail).to.deep.equal([
      'workflows/document.v1.json',
      'src/engine/decide.ts',
      'test/engine/decide.signing.test.ts',
      'src/commands/perform.ts',
      'src/store/instances.ts',
      'src/effects/relay.ts',
    ]);
  });

  it('gives the database user rights on every collection, and none to change entries or the audit', () => {
    const lists = [...section('Production').matchAll(/^const (\w+) = \[(.*)\];$/gm)].map(
      ([, name = '', list = '']) => [name, [...list.matchAll(/'([^']+)'/g)].map(([, one]) => one ?? '')] as const,
    );
    expect(lists.flatMap(([, names]) => names).sort()).to.deep.equal(Object.values(collectionNames).sort());
    expect(new Map(lists).get('appended')).to.include.members(['entries', 'audit']);
    expect(section('Production')).to.contain('...on(appended),');
  });

  it('sends whoever sets up an authority to an example that `authority load` takes', () => {
    const example = readAuthority(JSON.parse(textOf('examples/authority.json')) as JsonObject);
    expect(section('Production')).to.contain('(examples/authority.json)');
    for (const part of Object.keys(example)) expect(textOf('examples/README.md')).to.contain(`| \`${part}\` |`);
  });

  it('shows settings of papers that `authority load` takes', () => {
    const example = JSON.parse(textOf('examples/authority.json')) as { authority: JsonObject } & JsonObject;
    const [, block = ''] = section('Settings of papers').split('```json\n');
    const papers = JSON.parse(block.split('```')[0] ?? '') as JsonObject;
    const loaded = readAuthority({ ...example, authority: { ...example.authority, papers } });
    expect(loaded.authority.papers).to.deep.equal(papers);
    expect(Object.keys(papers)).to.deep.equal(['series', 'severities', 'allowedFonts', 'retention']);
  });

  it('names in its map of the code only files and folders that exist', () => {
    const named = rowsOf(section('Where it is in the code')).flatMap(([, where = '']) =>
      [...where.matchAll(/`([^`]+\/[^`]*)`/g)].map(([, path]) => path ?? ''),
    );
    expect(named).to.include('src/documents/signing/');
    expect(named.filter((path) => !existsSync(join(repository, path)))).to.deep.equal([]);
  });

  it('names every rule set of form with its days', () => {
    const shown = (day: string) => day.split('-').reverse().join('/');
    const expected = ruleSets.map(({ id, law, from, to }) => {
      return [code(id), law, to === null ? `from ${shown(from)}` : `${shown(from)} to ${shown(to)}`];
    });
    expect(rowsOf(section('Form'))).to.deep.equal(expected);
  });

  it('draws a house in which every folder and file exists', () => {
    const [, block = ''] = section('The house').split('```text\n');
    const names = [...(block.split('```')[0] ?? '').matchAll(/^( *)([a-z]+\/)/gm)].map(([, indent, name]) =>
      indent === '' ? name : `src/${name}`,
    );
    expect(names).to.include('src/engine/').and.to.include('workflows/');
    expect(names.filter((name) => !existsSync(join(repository, name ?? '')))).to.deep.equal([]);
  });
});

describe('manual: every page', () => {
  for (const file of manuals) {
    const text = textOf(file);

    it(`${file} points only at files and headings that exist`, () => {
      const links = [...text.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target ?? '').filter((one) => !/^https:/.test(one));
      const broken = links.filter((link) => {
        const [path = '', anchor] = link.split('#');
        const page = path === '' ? file : join(file, '..', path);
        if (!existsSync(join(repository, page))) return true;
        const headings = anchor === undefined ? [] : [...textOf(page).matchAll(/^#+ (.+)$/gm)];
        return anchor !== undefined && !headings.some(([, title]) => title?.toLowerCase().replaceAll(' ', '-') === anchor);
      });
      expect(broken).to.deep.equal([]);
    });

    it(`${file} names only source files that exist`, () => {
      const paths = [...text.matchAll(/`((?:src|test|bin|bench|examples|workflows|docs)\/[\w./-]+)`/g)].map(
        ([, path]) => path ?? '',
      );
      expect(paths.filter((path) => !existsSync(join(repository, path)))).to.deep.equal([]);
    });

    it(`${file} is NFC, and knows no machine`, () => {
      expect(text).to.equal(text.normalize('NFC'));
      expect(text).not.to.match(/(^|[\s`"'(])\/(home|root|tmp|work|mnt|opt|Users)\//m);
    });

    it(`${file}: every command line can be given`, async () => {
      for (const line of shellLines(text)) {
        const words = line.split(/\s+/);
        const [program, first = ''] = words;
        if (program === 'npm') expect(scripts, line).to.have.property(first === 'run' ? (words[2] ?? '') : first);
        else if (program === 'node') expect(existsSync(join(repository, first)), line).to.equal(true);
        else if (program === 'npx' && first === 'trinhky') await checkLine(words.slice(2));
        else if (program === 'npx') expect(existsSync(join(repository, 'node_modules', '.bin', first)), line).to.equal(true);
        const tests = words.filter((word) => word.endsWith('.test.ts'));
        expect(tests.filter((test) => !existsSync(join(repository, test)))).to.deep.equal([]);
      }
    });
  }

  /** The command explains itself, and has every option that the line gives. */
  async function checkLine(words: readonly string[]): Promise<void> {
    const commands = new Set((await allCommands()).flatMap((command) => command.split(' ')));
    const end = words.findIndex((word) => !commands.has(word));
    const help = await helpOf(words.slice(0, end < 0 ? undefined : end));
    for (const option of words.filter((word) => word.startsWith('--'))) expect(help, words.join(' ')).to.contain(option);
  }

  it('shows pictures that are small', () => {
    for (const [, picture = ''] of readme.matchAll(/\]\((docs\/[^)]+\.png)\)/g)) {
      const bytes = readFileSync(join(repository, picture));
      expect(bytes.subarray(1, 4).toString('latin1'), picture).to.equal('PNG');
      expect(bytes.length, picture).to.be.lessThan(80_000);
    }
  });

  it('carries the whole licence that package.json names', () => {
    const licence = textOf('LICENSE');
    expect(JSON.parse(textOf('package.json'))).to.include({ license: 'Apache-2.0' });
    expect(licence).to.contain('Version 2.0, January 2004').and.to.contain('9. Accepting Warranty or Additional Liability.');
  });
});
