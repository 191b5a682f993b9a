#!/usr/bin/env node
/**
 * Runs a task of this repository on a machine that has nothing but Node and npm:
 *
 *     node tools/run.mjs start | test | gan | bench  [arguments]
 *
 * Everything else comes from the npm registry: pnpm, the dependencies, and Node 24 where this Node is older
 * (its V8 has the fused multiply-add of relaxed SIMD, which doubles the speed of training).
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const NODE = '24.21.0';
const root = fileURLToPath(new URL('..', import.meta.url));
const cli = join(root, 'apps/cli/dist/main.js');
const { packageManager } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));

const tasks = {
  start(args) {
    setUp();
    say('training a DCGAN on the 60,000 images of MNIST, then scoring its samples (some minutes)');
    run('node', [cli, 'train', 'dcgan', '--data', 'mnist', '--preset', 'quick', ...args]);
  },
  test(args) {
    setUp();
    say('checking format and types');
    run('pnpm', ['exec', 'biome', 'check']);
    // One program checks all packages, whose sources each other's types come from.
    run('pnpm', ['exec', 'tsc', '--noEmit']);
    say('running all tests');
    test(args);
  },
  gan(args) {
    setUp({ quiet: true });
    run('node', [cli, ...args], { cwd: process.env.INIT_CWD ?? root });
  },
  bench(args) {
    setUp({ quiet: true });
    run('node', [join(root, 'packages/backend-wasm/bench/main.mjs'), ...args]);
  },
};

const [task, ...args] = process.argv.slice(2);
if (!(task in tasks)) fail(`There is no task "${task}". Choose one of: ${Object.keys(tasks).join(', ')}.`);
if (process.env.GANJS_TOOLS) tasks[task](args);
else withTools();

/** Starts this file again with pnpm, and Node 24 or later, on the path. */
function withTools() {
  const system = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const packages = [
    packageManager,
    ...(Number(process.versions.node.split('.')[0]) < 24 ? [`${system}@${NODE}`] : []),
  ];
  const npm = process.env.npm_execpath?.endsWith('.js')
    ? [process.execPath, process.env.npm_execpath]
    : ['npm'];
  const [command, ...before] = npm;
  run(
    command,
    [
      ...before,
      'exec',
      '--yes',
      '--prefer-offline',
      ...packages.map((name) => `--package=${name}`),
      '--',
      'node',
      fileURLToPath(import.meta.url),
      task,
      ...args,
    ],
    { env: { ...process.env, GANJS_TOOLS: '1', npm_config_loglevel: 'error' } },
  );
}

/** Installs the dependencies and builds the packages; both do only what is left to do. */
function setUp({ quiet = false } = {}) {
  if (!quiet) say('installing the dependencies');
  run('pnpm', ['install', '--frozen-lockfile', '--prefer-offline', '--reporter=silent']);
  if (!quiet) say('building the packages');
  run('pnpm', ['exec', 'turbo', 'run', 'build', '--output-logs=errors-only'], {
    stdio: quiet ? ['inherit', 'ignore', 'inherit'] : 'inherit',
  });
}

/** Runs vitest over the workspace and ends with the line `N passed, N failed`. */
function test(args) {
  const folder = mkdtempSync(join(tmpdir(), 'ganjs-test-'));
  const report = join(folder, 'report.json');
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile=${report}`];
  const { status } = spawnSync('pnpm', ['exec', 'vitest', 'run', ...reporters, ...args], {
    cwd: root,
    stdio: 'inherit',
  });
  const { numPassedTests, numFailedTests, numFailedTestSuites, numPendingTests } = JSON.parse(
    readFileSync(report, 'utf8'),
  );
  rmSync(folder, { recursive: true });
  const failed = Math.max(numFailedTests, numFailedTestSuites > 0 ? 1 : 0);
  console.log(
    `\n${numPassedTests} passed, ${failed} failed${numPendingTests ? `, ${numPendingTests} skipped` : ''}`,
  );
  process.exit(status ?? 1);
}

function run(command, args, options = {}) {
  const { status, error } = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    shell: process.platform === 'win32',
    ...options,
  });
  if (error) fail(`${command} could not be started: ${error.message}`);
  if (status !== 0) process.exit(status ?? 1);
}

function say(what) {
  console.log(`\n> ${what}`);
}

function fail(why) {
  console.error(why);
  process.exit(1);
}
