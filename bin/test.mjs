// Everything a change must pass: `npm test`.
//   --fast   only the pure tests, no database, no browser, no linters
//   --kill   only test/kill, and of that the whole loop: a process killed at every point, at several moments
//            (every other run takes a sample)
// Test files among the further arguments are run instead of all; every other argument goes to mocha.
// The last line is `N passed, N failed`; a step that fails besides the tests counts as one failed.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { prepared, root } from './prepare.mjs';

const MOCHA_MS_MAX = 20 * 60_000;
/** From the last test to the end of the process: longer means that something was left open. */
const LINGER_MS_MAX = 20_000;
const pure = ['test/engine', 'test/office', 'test/definitions', 'test/architecture.test.ts'];
/** Fourteen hours behind Asia/Ho_Chi_Minh: there the day is another one for most of the day. */
const OTHER_ZONE = 'America/Los_Angeles';

const options = process.argv.slice(2);
const fast = options.includes('--fast');
const kill = options.includes('--kill');
const rest = options.filter((option) => option !== '--fast' && option !== '--kill');
const files = rest.filter((option) => option.endsWith('.test.ts') && existsSync(join(root, option)));
const mochaOptions = rest.filter((option) => !files.includes(option));

let started = false;
const total = { passed: 0, failed: 0, skipped: 0 };

await prepared({ build: kill }, async () => {
  started = true;
  if (!fast && !kill) await checks();
  const chosen = files.length > 0 ? files : testFiles();
  await mocha('tests', chosen, fast ? { TRINHKY_TEST_DB: 'off' } : {});
  if (!fast && !kill && files.length === 0) {
    await mocha(`pure tests again, in ${OTHER_ZONE}`, pureFiles(), { TRINHKY_TEST_DB: 'off', TZ: OTHER_ZONE });
  }
  if (total.skipped > 0) process.stdout.write(`${total.skipped} skipped\n`);
  process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
  process.exitCode = total.failed > 0 ? 1 : 0;
});
// The preparation failed and has said why.
if (!started) process.stdout.write('0 passed, 1 failed\n');

async function checks() {
  await check('format and lint (biome)', '@biomejs/biome', ['check', '--error-on-warnings', '.']);
  await check('lint by types (oxlint)', 'oxlint', ['--type-aware', '--deny-warnings']);
  await check('types (tsc)', 'typescript', ['-p', 'tsconfig.check.json']);
  await step('build', [process.execPath, join(root, 'bin', 'build.mjs')]);
}

/** Runs a package's program. */
async function check(name, packageName, args) {
  const require = createRequire(import.meta.url);
  const manifest = require.resolve(`${packageName}/package.json`);
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8'));
  const program = join(dirname(manifest), typeof bin === 'string' ? bin : Object.values(bin)[0]);
  await step(name, [process.execPath, program, ...args]);
}

async function step(name, command) {
  const begun = heading(name);
  const code = await runToEnd(command, {});
  if (code !== 0) total.failed += 1;
  closing(name, begun, code === 0);
}

async function mocha(name, chosen, environment) {
  const begun = heading(name);
  const folder = mkdtempSync(join(tmpdir(), 'trinhky-run-'));
  const summary = join(folder, 'summary.json');
  const before = total.failed;
  if (chosen.length === 0) process.stdout.write('no test files\n');
  try {
    const program = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
    const code =
      chosen.length === 0
        ? 1
        : await runToEnd(
            [process.execPath, program, ...mochaOptions, ...chosen],
            {
              NODE_ENV: 'test',
              ...environment,
              TRINHKY_TEST_SUMMARY: summary,
            },
            summary,
          );
    const counts = existsSync(summary) ? JSON.parse(readFileSync(summary, 'utf8')) : { passed: 0, failed: 0, skipped: 0 };
    for (const key of Object.keys(total)) total[key] += counts[key];
    // Ended badly without a failed test: no files, a fault while loading, a hook of the whole run, or something left open.
    if (code !== 0 && counts.failed === 0) total.failed += 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  closing(name, begun, total.failed === before);
}

function heading(name) {
  process.stdout.write(`\n== ${name}\n`);
  return performance.now();
}

function closing(name, begun, sound) {
  process.stdout.write(`== ${name}: ${sound ? 'passed' : 'FAILED'}, ${((performance.now() - begun) / 1000).toFixed(1)} s\n`);
}

/** The exit code of a child; 1 for a signal. With a summary file: a child that does not end soon after writing it is killed. */
function runToEnd([program, ...args], environment, summary) {
  const child = spawn(program, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...environment } });
  const begun = performance.now();
  const watch = setInterval(() => {
    const written = summary && statSync(summary, { throwIfNoEntry: false });
    const lingers = written && Date.now() - written.mtimeMs > LINGER_MS_MAX;
    if (!lingers && performance.now() - begun < MOCHA_MS_MAX) return;
    process.stdout.write(lingers ? 'the tests ended, but something they opened keeps the process alive\n' : 'took too long\n');
    child.kill('SIGKILL');
  }, 1_000);
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  }).finally(() => clearInterval(watch));
}

function testFiles() {
  if (fast) return pureFiles();
  if (kill) return [...filesUnder('test/kill'), ...filesUnder('test/kill', '.kill.ts')];
  return filesUnder('test');
}

function pureFiles() {
  return pure.flatMap((place) => filesUnder(place));
}

function filesUnder(place, ending = '.test.ts') {
  if (place.endsWith('.ts')) return existsSync(join(root, place)) ? [place] : [];
  if (!existsSync(join(root, place))) return [];
  return readdirSync(join(root, place), { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(ending))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(root.length + 1))
    .sort();
}
