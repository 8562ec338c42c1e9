import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {mkdirSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import {afterEach, beforeEach, expect, test} from 'vitest';
import {claimFolder, claimFreePort, claimPort} from '../../src/orchestrator/port-claims.ts';
import {freePort} from '../../src/orchestrator/readiness.ts';

const host = '127.0.0.1';
let port: number;
let file: string;
beforeEach(async () => {
	// Below what the kernel gives to connections, and where no other test looks for a port.
	port = (await freePort(host, 10_000 + Math.floor(Math.random() * 1900), new Set()))!;
	file = path.join(claimFolder(), String(port));
	mkdirSync(claimFolder(), {recursive: true});
});
afterEach(() => rmSync(file, {force: true}));

test('a free port is claimed by its file, once and again by the same process', async () => {
	expect(await claimFreePort(host, port, new Set())).toBe(port);
	expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
	expect(await claimPort(host, port)).toBe(true);
});

test('the port of another that runs is passed over though nothing listens on it', async () => {
	writeFileSync(file, String(process.ppid));
	expect(await claimPort(host, port)).toBe(false);
	const other = await claimFreePort(host, port, new Set());
	expect(other).toBeGreaterThan(port);
	rmSync(path.join(claimFolder(), String(other)), {force: true});
	expect(readFileSync(file, 'utf8')).toBe(String(process.ppid));
});

test('a claim that is being written is one', async () => {
	writeFileSync(file, '');
	expect(await claimPort(host, port)).toBe(false);
});

test('the claim of a process that is gone is none', async () => {
	const child = spawn(process.execPath, ['-e', '']);
	await once(child, 'exit');
	writeFileSync(file, String(child.pid));
	expect(await claimPort(host, port)).toBe(true);
	expect(readFileSync(file, 'utf8')).toBe(String(process.pid));
});

test('many ports are given back by one listener at the exit', async () => {
	const before = process.listenerCount('exit');
	const ports: number[] = [];
	for (let count = 0; count < 12; count++) ports.push((await claimFreePort(host, port, new Set(ports)))!);
	expect(new Set(ports).size).toBe(12);
	expect(process.listenerCount('exit') - before).toBeLessThanOrEqual(1);
	for (const one of ports) rmSync(path.join(claimFolder(), String(one)), {force: true});
});
