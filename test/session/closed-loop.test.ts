import {afterEach, beforeEach, expect, test} from 'vitest';
import {clientsProgram, type ProgramFiles} from '../../src/programs.ts';
import type {Summary} from '../../src/report/summary.ts';
import {runLbtop, temporaryFolder} from '../support/lab.ts';
import {testPlan} from '../support/plan.ts';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
	folder = temporaryFolder();
});
afterEach(() => folder.close());

test('a closed loop is told as max, whatever rate was given with it', async () => {
	const args = ['run', '--arrivals', 'closed', '--rate', '50', '--clients', '1', '--for', '300ms', '--json'];
	const {plan} = JSON.parse((await runLbtop(args, folder.path)).stdout) as Summary;
	expect(plan.clients).toMatchObject({rate: 'max', arrivals: 'closed'});
});

test('clients that start again keep the rate that was set since, also where the loop was closed at first', () => {
	const plan = testPlan();
	const closed = {...plan, clients: {...plan.clients, rate: 'max', arrivals: 'closed'}} as const;
	const argsAt = (rate: 'max' | number) => {
		const {run} = clientsProgram(closed, {} as ProgramFiles, () => ({rate, ageMs: 0}));
		if (run.type !== 'ours') throw new Error('the client manager is ours');
		return run.args(1).join(' ');
	};
	expect(argsAt(50)).toContain('--rate 50 --arrivals constant');
	expect(argsAt('max')).toContain('--rate max --arrivals closed');
});
