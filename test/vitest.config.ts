import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		globalSetup: 'test/support/build.ts',
		// A CommonJS module's default import is what Node makes it, not what bundlers would like.
		deps: {interopDefault: false},
		testTimeout: 30_000,
		hookTimeout: 30_000,
		reporters: ['default', ['json', {outputFile: 'test/.results.json'}]],
		maxWorkers: 2,
	},
});
