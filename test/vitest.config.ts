import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		globalSetup: 'test/support/build.ts',
		reporters: ['default', ['json', {outputFile: 'test/.results.json'}]],
		// Most tests wait for processes of their own: on two cores three at a time leave fewer idle.
		maxWorkers: 3,
		// Of those in one file as well: each is a lab of its own, and six processes.
		maxConcurrency: 3,
		projects: [
			{extends: true, test: {...everywhere('all'), include: ['test/**/*.test.{ts,tsx}']}},
			// The balancer once more, on the transport that it falls back to.
			{
				extends: true,
				test: {
					...everywhere('public-transport'),
					include: ['test/load-balancer/*.test.ts'],
					exclude: ['test/load-balancer/transport*.test.ts'],
					env: {LBTOP_TRANSPORT: 'public'},
				},
			},
		],
	},
});

function everywhere(name: string) {
	return {
		name,
		// A CommonJS module's default import is what Node makes it, not what bundlers would like.
		deps: {interopDefault: false},
		// An end for what hangs; what is waited for has bounds of its own.
		testTimeout: 90_000,
		hookTimeout: 90_000,
	};
}
