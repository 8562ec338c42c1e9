import {defineConfig} from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.{ts,tsx}'],
		globalSetup: 'test/support/build.ts',
		testTimeout: 30_000,
		hookTimeout: 30_000,
		reporters: ['default', ['json', {outputFile: 'test/.results.json'}]],
		maxWorkers: 2,
	},
});
