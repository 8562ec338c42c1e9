#!/usr/bin/env node
// The door. Plain JavaScript without dependencies, so that `npx .` works on a clone that was never installed:
// in a checkout it installs and builds what is missing or old, then starts the built program.
import {spawnSync} from 'node:child_process';
import {existsSync, readdirSync, statSync} from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import {fileURLToPath} from 'node:url';
import v8 from 'node:v8';

const isIndonesian = wantsIndonesian(process.argv.slice(2), process.env);
const needed = 20;
if (Number(process.versions.node.split('.')[0]) < needed) {
	say({
		en: `needs Node.js ${needed} or newer, this is ${process.version}; get one from https://nodejs.org`,
		id: `butuh Node.js ${needed} atau yang lebih baru, ini ${process.version}; ambil di https://nodejs.org`,
	});
	process.exit(4);
}

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const at = (...names) => path.join(root, ...names);
if (existsSync(at('src')) && isBehind()) await prepareCheckout();
process.env.LBTOP_NODE_ENV = process.env.NODE_ENV ?? ''; // a user's own server gets it as it was
process.env.NODE_ENV = 'production'; // React's development build grows without bound under a live screen
// V8 lets a heap grow to four times what is in use, and what is young to sixteen times its first size. Neither makes
// anything here quicker but the screen, which asks for the second itself; a balancer with many connections is far smaller.
v8.setFlagsFromString('--heap-growing-percent=20');
v8.setFlagsFromString('--semi-space-growth-factor=1');
module.enableCompileCache?.(); // Node 22 and newer: compiled once, started sooner
// A part by hand is its own program, as in the lab: with lbtop's beside it, it would have twice as much to collect.
const parts = ['server', 'balancer', 'client', 'clients'];
const isPart = parts.includes(process.argv[2]);
await import(isPart ? `../dist/${process.argv.splice(2, 1)}.js` : '../dist/lbtop.js');

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
			say({
				en: 'installing dependencies (first start only, about ten seconds)...',
				id: 'memasang dependensi (hanya pada permulaan pertama, kira-kira sepuluh detik)...',
			});
			run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
		}
		if (isUnbuilt()) {
			say({en: 'building...', id: 'membangun...'});
			run(process.execPath, [at('bin', 'build.js')]);
		}
	};
	alone(root, work, () =>
		say({
			en: 'another start is installing or building here; waiting for it...',
			id: 'permulaan lain sedang memasang atau membangun di sini; menunggunya...',
		}),
	);
}

function say({en, id}) {
	process.stderr.write(`lbtop: ${isIndonesian ? id : en}\n`);
}

// As src/words/language.ts has it; a settings file is not looked into before there is a program.
function wantsIndonesian(argv, environment) {
	const at = argv.findIndex(word => word === '--lang' || word.startsWith('--lang='));
	const given = at < 0 ? undefined : argv[at] === '--lang' ? argv[at + 1] : argv[at].slice('--lang='.length);
	const asked = given || environment.LBTOP_LANG;
	if (asked === 'en' || asked === 'id') return asked === 'id';
	return /^id(?:[_.@-]|$)/i.test(environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '');
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
	const line = `${command} ${args.join(' ')}`;
	const {error, status} = result;
	const isMissing = error?.code === 'ENOENT';
	const en = isMissing ? `${command} is not there (ENOENT)` : (error?.message ?? `exit ${status}`);
	const id = isMissing ? `${command} tidak ada (ENOENT)` : (error?.message ?? `kode ${status}`);
	say({
		en: `\`${line}\` failed (${en}); run it by hand in ${root}`,
		id: `\`${line}\` gagal (${id}); jalankan dengan tangan di ${root}`,
	});
	process.exit(4);
}

function modified(file) {
	return existsSync(file) ? statSync(file).mtimeMs : 0;
}

/** Looked at at each start: this way it takes a quarter of the time of readdirSync's own recursion. */
function newest(folder) {
	let time = 0;
	for (const entry of readdirSync(folder, {withFileTypes: true})) {
		const name = `${folder}${path.sep}${entry.name}`;
		time = Math.max(time, entry.isDirectory() ? newest(name) : statSync(name).mtimeMs);
	}
	return time;
}
