#!/usr/bin/env node
// The door. Plain JavaScript without dependencies, so that `npx .` works on a clone that was never installed:
// in a checkout it installs and builds what is missing or old, then starts the built program.
import {spawnSync} from 'node:child_process';
import {existsSync, readdirSync, statSync} from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const needed = 20;
if (Number(process.versions.node.split('.')[0]) < needed) {
	process.stderr.write(
		`lbtop: needs Node.js ${needed} or newer, this is ${process.version}; get one from https://nodejs.org\n`,
	);
	process.exit(4);
}

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...names) => path.join(root, ...names);
if (existsSync(at('src')) && isBehind()) await prepareCheckout();
process.env.NODE_ENV = 'production'; // React's development build grows without bound under a live screen
module.enableCompileCache?.(); // Node 22 and newer: compiled once, started sooner
await import('../dist/lbtop.js');

function isBehind() {
	return isUninstalled() || isUnbuilt();
}

function isUninstalled() {
	return modified(at('node_modules', '.package-lock.json')) < modified(at('package-lock.json'));
}

function isUnbuilt() {
	return modified(at('dist', 'lbtop.js')) < newest(at('src'));
}

async function prepareCheckout() {
	const {alone} = await import('./alone.js');
	const work = () => {
		if (isUninstalled()) {
			say('installing dependencies (first start only, about ten seconds)...');
			run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
		}
		if (isUnbuilt()) {
			say('building...');
			run(process.execPath, [at('bin', 'build.js')]);
		}
	};
	alone(root, work, () => say('another start is installing or building here; waiting for it...'));
}

function say(text) {
	process.stderr.write(`lbtop: ${text}\n`);
}

function run(command, args) {
	// An outer `npx` hands its own settings down (npm_config_package, ...) and NODE_ENV would leave out the build tools.
	const inherited = /^npm_(config_(package|call|yes|prefix|local_prefix)|lifecycle|package|command)|^NODE_ENV$/i;
	const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !inherited.test(name)));
	const isWindows = process.platform === 'win32';
	const result = spawnSync(command, args, {
		cwd: root,
		env,
		stdio: ['ignore', 2, 2],
		shell: isWindows && command === 'npm',
	});
	if (result.status === 0) return;
	say(
		`\`${command} ${args.join(' ')}\` failed (${result.error?.message ?? `exit ${result.status}`}); run it by hand in ${root}`,
	);
	process.exit(4);
}

function modified(file) {
	return existsSync(file) ? statSync(file).mtimeMs : 0;
}

function newest(folder) {
	return Math.max(...readdirSync(folder, {recursive: true}).map(name => modified(path.join(folder, name))));
}
