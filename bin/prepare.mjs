// Brings a checkout into a state in which it can run: installs what the lock file names and builds, each only when
// something changed. Needs nothing but Node and npm. Not an npm pre-script: those are silently off where anyone's npm
// configuration says ignore-scripts=true.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const installStamp = join(root, 'node_modules', '.trinhky-install');
const buildStamp = join(root, 'dist', '.trinhky-build');
const lockFolder = join(root, '.prepare-lock');

const LOCK_TOUCH_MS = 2_000;
/** A holder that did not touch its lock for so long is gone, or asleep. */
const LOCK_STALE_MS = 30_000;
const LOCK_POLL_MS = 200;
const PROGRESS_MS = 5_000;

/**
 * Returns when packages and, unless `build` is false, `dist` are up to date; under 0.1 s when nothing changed.
 * What children print goes to standard error, so that a command's own output stays clean.
 * Throws an Error with a plain sentence when that cannot be reached.
 */
export async function prepare({ build = true } = {}) {
  refuseOldNode();
  // A package without sources is built already, and its packages are someone else's.
  if (!existsSync(join(root, 'package-lock.json')) || !existsSync(join(root, 'src'))) return;
  if (installed() && (!build || built())) return;
  const release = await takeLock();
  try {
    if (!installed()) await install();
    if (build && !built()) {
      await runChild('building', process.execPath, [join(root, 'bin', 'build.mjs')]);
    }
  } finally {
    release();
  }
}

function refuseOldNode() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Error(`trinhky needs Node 20.19 or later, this is ${process.versions.node}`);
}

/** The hash of everything the build reads; bin/build.mjs writes it into dist when it succeeded. */
export function sourceHash() {
  const hash = createHash('sha256');
  for (const file of [...filesUnder(join(root, 'src')), 'tsconfig.json', 'package-lock.json', 'bin/build.mjs']) {
    hash
      .update(`${file}\0`)
      .update(readFileSync(join(root, file)))
      .update('\0');
  }
  return hash.digest('hex');
}

export function writeBuildStamp(folder, hash) {
  writeFileSync(join(folder, basename(buildStamp)), hash);
}

function filesUnder(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      relative(root, join(entry.parentPath ?? entry.path, entry.name))
        .split(sep)
        .join('/'),
    )
    .sort();
}

function installHash() {
  const hash = createHash('sha256');
  for (const file of ['package-lock.json', 'package.json']) hash.update(readFileSync(join(root, file))).update('\0');
  return hash.update(`${process.platform} ${process.arch} ${process.versions.modules}`).digest('hex');
}

function installed() {
  if (readText(installStamp) === installHash()) return true;
  if (existsSync(installStamp) || !installedByHand()) return false;
  writeFileSync(installStamp, installHash());
  return true;
}

/** Whether npm's own record in node_modules names every package of the lock file that this machine needs. */
function installedByHand() {
  const record = readText(join(root, 'node_modules', '.package-lock.json'));
  if (record === '') return false;
  const present = JSON.parse(record).packages;
  const wanted = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages;
  return Object.entries(wanted).every(([place, entry]) => {
    const foreign = (entry.os && !fits(entry.os, process.platform)) || (entry.cpu && !fits(entry.cpu, process.arch));
    // Which C library a package is for cannot be told from here: npm decided when it installed.
    if (place === '' || foreign || entry.libc) return true;
    return present[place]?.version === entry.version;
  });
}

function fits(list, value) {
  return list.some((item) => item.startsWith('!')) ? !list.includes(`!${value}`) : list.includes(value);
}

function built() {
  return readText(buildStamp) === sourceHash();
}

function readText(file) {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

async function install() {
  // npm empties what it installs into: through a link that would be another checkout's.
  if (lstatSync(join(root, 'node_modules'), { throwIfNoEntry: false })?.isSymbolicLink())
    throw new Error(
      'node_modules is a link to another folder and lacks what package-lock.json names: run `npm ci` where it leads',
    );
  const [program, ...before] = npmCommand();
  await runChild('installing the packages (once, about 15 s)', program, [...before, 'ci', '--include=dev', '--loglevel=error']);
  writeFileSync(installStamp, installHash());
}

/** npm as the program that started us named itself, as it lies beside this Node, or as PATH has it. */
function npmCommand() {
  const beside = dirname(process.execPath);
  const places = [
    process.env.npm_execpath ?? '',
    join(beside, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
    join(beside, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
  ];
  // npm_execpath may name another package manager, which cannot read this lock file.
  const found = places.find((place) => basename(place) === 'npm-cli.js' && existsSync(place));
  return found ? [process.execPath, found] : [process.platform === 'win32' ? 'npm.cmd' : 'npm'];
}

/** Runs a child with its output on standard error, and says so while it takes long. */
function runChild(what, program, args) {
  const say = (line) => process.stderr.write(`trinhky: ${line}\n`);
  say(what);
  const begun = performance.now();
  const seconds = () => `${((performance.now() - begun) / 1000).toFixed(0)} s`;
  const progress = setInterval(() => say(`${what} ... ${seconds()}`), PROGRESS_MS);
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 2, 2], shell: program.endsWith('.cmd') });
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve();
      else reject(new Error(`${what}: failed (${signal ?? `code ${code}`}); what it said is above`));
    });
  }).finally(() => clearInterval(progress));
}

/** One at a time in a checkout: a folder is made in one step or not at all. Returns the function that gives it free. */
async function takeLock() {
  let told = false;
  while (!tookLock()) {
    if (lockIsStale()) {
      rmSync(lockFolder, { recursive: true, force: true });
      continue;
    }
    if (!told) process.stderr.write('trinhky: another process prepares this folder; waiting for it\n');
    told = true;
    await new Promise((resolve) => setTimeout(resolve, LOCK_POLL_MS));
  }
  const touch = setInterval(touchLock, LOCK_TOUCH_MS);
  return () => {
    clearInterval(touch);
    rmSync(lockFolder, { recursive: true, force: true });
  };
}

function tookLock() {
  try {
    mkdirSync(lockFolder);
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
  touchLock();
  return true;
}

function touchLock() {
  try {
    writeFileSync(join(lockFolder, 'pid'), String(process.pid));
  } catch {
    // Taken from us after a long sleep of the machine: what we do is repeatable, and the other does the same.
  }
}

function lockIsStale() {
  const touched = statSync(join(lockFolder, 'pid'), { throwIfNoEntry: false }) ?? statSync(lockFolder, { throwIfNoEntry: false });
  if (touched === undefined) return false;
  if (Date.now() - touched.mtimeMs > LOCK_STALE_MS) return true;
  const pid = Number(readText(join(lockFolder, 'pid')));
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return false;
  } catch (error) {
    return error.code === 'ESRCH';
  }
}

/** Runs a program's main part; a fault of the preparation is one line, not a stack. */
export async function prepared(options, main) {
  try {
    await prepare(options);
  } catch (error) {
    process.stderr.write(`trinhky: ${error.message}\n`);
    process.exitCode = 1;
    return;
  }
  await main();
}
