import { expect } from 'chai';
import { packageOf, readSources, type Source, sourceOf, targetOf } from './support/sources.js';

/** DESIGN, section 2: which part of `src/` may import which. `type` stands for `import type` only. */
const arrows: Readonly<Record<string, Readonly<Record<string, 'any' | 'type'>>>> = {
  engine: {},
  office: { engine: 'type' },
  definitions: { engine: 'any', office: 'any' },
  commands: { engine: 'any', office: 'any', definitions: 'any' },
  store: { commands: 'any', engine: 'type', office: 'type' },
  documents: { commands: 'any', office: 'any', engine: 'type', locales: 'any' },
  effects: { commands: 'any', office: 'any', documents: 'any', engine: 'type', locales: 'any' },
  http: { commands: 'any', office: 'any', documents: 'any', definitions: 'any', engine: 'type', locales: 'any' },
  cli: { commands: 'any', office: 'any', documents: 'any', definitions: 'any', engine: 'type', locales: 'any' },
  locales: {},
  'errors.ts': {},
  'config.ts': { 'settings.ts': 'any' },
  'settings.ts': {},
};

/** The engine's vocabulary: types, names and JSON. Whoever may take types from the engine may take these whole; what decides stays behind `commands`. */
const vocabulary: ReadonlySet<string> = new Set(['engine/definition.ts', 'engine/json.ts', 'engine/entry.ts']);

/** Where everything is put together: these may import all, and nothing imports them. */
const composition: ReadonlySet<string> = new Set(['main.ts', 'assemble.ts', 'serve.ts']);

/** Packages that only one place may know, as the beginning of its paths below `src/`. */
const homes: Readonly<Record<string, readonly string[]>> = {
  xstate: ['engine/machine.ts'],
  mongoose: ['store/'],
  mongodb: ['store/'],
  'mongodb-memory-server-core': ['store/embedded/'],
  express: ['http/'],
  'express-session': ['http/'],
  helmet: ['http/'],
  'csrf-sync': ['http/'],
  puppeteer: ['documents/'],
  'puppeteer-core': ['documents/'],
  handlebars: ['documents/', 'http/', 'effects/'],
  commander: ['cli/'],
  nodemailer: ['effects/'],
};

const FILE_LINES_MAX = 250;

function forbiddenArrows(source: Source): string[] {
  const allowed = arrows[source.part];
  if (composition.has(source.path)) return [];
  if (allowed === undefined) return [`${source.path}: part ${source.part} is not in the design`];
  return source.imports.flatMap((found) => {
    const target = targetOf(source, found);
    if (target === null) return [];
    if (target.startsWith('..')) return [`${source.path} reaches out of src: ${found.specifier}`];
    const part = target.split('/')[0] ?? '';
    if (part === source.part || part === 'errors.ts' || allowed[part] === 'any') return [];
    if (allowed[part] === 'type')
      return found.typeOnly || vocabulary.has(target) ? [] : [`${source.path} may take only types from ${target}`];
    return [`${source.path} must not import ${target}`];
  });
}

function strayPackages(source: Source): string[] {
  if (composition.has(source.path)) return [];
  return source.imports.flatMap((found) => {
    const name = packageOf(found);
    const home = name === null ? undefined : homes[name];
    return home === undefined || home.some((place) => source.path.startsWith(place)) ? [] : [`${source.path} imports ${name}`];
  });
}

/** What the pure core must not reach for: clock, chance, environment, input and output, timers. */
function impurities(source: Source): string[] {
  if (source.part !== 'engine' && source.part !== 'office') return [];
  const words = source.bare.match(
    /\bDate\.now\b|\bnew Date\(\)|\bMath\.random\b|\bperformance\.now\b|\bprocess\.|\bset(Timeout|Interval|Immediate)\b|\bfetch\(/g,
  );
  const packages = source.imports.map(packageOf).filter((name) => name?.startsWith('node:') && name !== 'node:crypto');
  return [...(words ?? []), ...packages].map((word) => `${source.path}: ${word}`);
}

function looseTypes(source: Source): string[] {
  const bare = source.bare.split('\n').filter((line) => /[:<|&,([=]\s*any\b(?!\s*[(:.])|\bas any\b/.test(line));
  const suppressed = source.text
    .split('\n')
    .filter((line) => /biome-ignore|(ox|es)lint-disable|@ts-(ignore|expect-error|nocheck)/.test(line));
  // A reason is at least two words after the rule's name.
  return [...bare, ...suppressed.filter((line) => !/(:|--) \S+ \S+/.test(line))].map((line) => `${source.path}: ${line.trim()}`);
}

function cycles(sources: readonly Source[]): string[] {
  const byPath = new Map(sources.map((source) => [source.path, source]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' -> '));
    const source = byPath.get(path);
    if (source === undefined || done.has(path) || trail.includes(path)) return;
    for (const one of source.imports) visit(targetOf(source, one) ?? '', [...trail, path]);
    done.add(path);
  };
  for (const source of sources) visit(source.path, []);
  return found;
}

describe('architecture', () => {
  const sources = readSources();
  const none = (faults: readonly string[]) => expect(faults.join('\n')).to.equal('');

  it('imports only along the arrows of the design', () => none(sources.flatMap(forbiddenArrows)));
  it('has no circular imports', () => none(cycles(sources)));
  it('keeps each framework in its place', () => none(sources.flatMap(strayPackages)));
  it('keeps engine and office pure', () => none(sources.flatMap(impurities)));

  it('reads the environment in config.ts and main.ts only', () => {
    const readers = sources.filter(
      (source) => /\bprocess\s*\.\s*env\b/.test(source.code) || source.imports.some((one) => packageOf(one) === 'node:process'),
    );
    none(readers.map((source) => source.path).filter((path) => path !== 'config.ts' && !composition.has(path)));
  });

  it('has no classes except errors', () => {
    const classes = sources.flatMap((source) =>
      [...source.bare.matchAll(/^.*\bclass\s+\w+.*$/gm)].map((found) => `${source.path}: ${found[0]}`),
    );
    none(classes.filter((line) => !/\bclass \w+ extends \w*Error\b/.test(line)));
  });

  it('has no utils folder and no helpers at the root', () => {
    none(
      sources.map((source) => source.path).filter((path) => /(^|\/)(utils?|helpers?|common|shared|misc)(\/|\.ts$)/.test(path)),
    );
    const top = sources.map((source) => source.path).filter((path) => !path.includes('/'));
    none(top.filter((path) => !['main.ts', 'assemble.ts', 'serve.ts', 'config.ts', 'settings.ts', 'errors.ts'].includes(path)));
  });

  it(`has no file above ${FILE_LINES_MAX} lines`, () => {
    none(
      sources
        .map((source) => [source.path, source.text.trimEnd().split('\n').length] as const)
        .filter(([, lines]) => lines > FILE_LINES_MAX)
        .map(([path, lines]) => `${path}: ${lines}`),
    );
  });

  it('has no any, and no suppression without its reason', () => none(sources.flatMap(looseTypes)));
});

describe('the architecture test itself', () => {
  const http = (text: string) => sourceOf('http/pages/inbox.ts', text);

  it('sees each way of importing, over several lines too, and none in comments', () => {
    const source = sourceOf(
      'office/time/calendar.ts',
      "import type {\n  A,\n} from '../engine/a.js';\nimport b from 'b';\nexport { c } from './c.js';\nimport './d.js';\nconst e = await import('../e.js');\n// import f from 'f'\n/* import g from 'g' */ const h = 'https://x'; import i from '@s/i/j';",
    );
    expect(source.imports.map((one) => one.specifier)).to.deep.equal([
      '../engine/a.js',
      'b',
      './c.js',
      './d.js',
      '../e.js',
      '@s/i/j',
    ]);
    expect(source.imports.map((one) => one.typeOnly)).to.deep.equal([true, false, false, false, false, false]);
  });

  it('complains of what it forbids', () => {
    expect(forbiddenArrows(http("import { x } from '../../store/instances.js';"))).to.have.length(1);
    expect(forbiddenArrows(http("import { x } from '../../config.js';"))).to.have.length(1);
    expect(forbiddenArrows(sourceOf('office/units.ts', "import { decide } from '../engine/decide.js';"))).to.have.length(1);
    expect(forbiddenArrows(sourceOf('office/units.ts', "import type { Facts } from '../engine/decide.js';"))).to.have.length(0);
    expect(forbiddenArrows(sourceOf('tools/x.ts', ''))).to.have.length(1);
    expect(strayPackages(http("import type { Db } from 'mongodb';"))).to.have.length(1);
    expect(strayPackages(sourceOf('engine/decide.ts', "import { setup } from 'xstate';"))).to.have.length(1);
    expect(impurities(sourceOf('office/x.ts', 'const a = Date.now(); // Math.random'))).to.have.length(1);
    expect(looseTypes(http('const x: any = 1;\nconst many = anyOf(y); // as any'))).to.have.length(1);
    expect(looseTypes(http('// biome-ignore lint/x: y\n// biome-ignore lint/x: the driver wants it'))).to.have.length(1);
    const loop = [
      sourceOf('a/x.ts', "import './y.js';"),
      sourceOf('a/y.ts', "import '../b/z.js';"),
      sourceOf('b/z.ts', "import '../a/x.js';"),
    ];
    expect(cycles(loop)).to.deep.equal(['a/x.ts -> a/y.ts -> b/z.ts -> a/x.ts']);
  });
});
