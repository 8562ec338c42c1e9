/** How long a server works on a message: `0`, `5ms`, `exp:5ms`, `uniform:2ms:8ms`, `lognormal:5ms:0.5`. */

import {parseDuration} from './duration.ts';
import type {Random} from './random.ts';

/** Times in milliseconds; `sigma` is the standard deviation of the logarithm, `medianMs` its median. */
export type Distribution =
	| {type: 'constant'; ms: number}
	| {type: 'exp'; meanMs: number}
	| {type: 'uniform'; fromMs: number; toMs: number}
	| {type: 'lognormal'; medianMs: number; sigma: number};

/** The distribution a text means, or undefined when it means none. */
export function parseDistribution(text: string): Distribution | undefined {
	const [name, first = '', second = '', ...more] = text.split(':');
	if (more.length > 0) return undefined;
	const a = parseDuration(first);
	switch (name) {
		case 'exp':
			return a === undefined || second ? undefined : {type: 'exp', meanMs: a};
		case 'uniform': {
			const b = parseDuration(second);
			return a === undefined || b === undefined || b < a ? undefined : {type: 'uniform', fromMs: a, toMs: b};
		}
		case 'lognormal': {
			const sigma = Number(second);
			const isSigma = second !== '' && sigma >= 0 && Number.isFinite(sigma);
			return a === undefined || !isSigma ? undefined : {type: 'lognormal', medianMs: a, sigma};
		}
		default: {
			const ms = parseDuration(text);
			return ms === undefined ? undefined : {type: 'constant', ms};
		}
	}
}

/** The text that {@link parseDistribution} takes back. */
export function formatDistribution(distribution: Distribution): string {
	switch (distribution.type) {
		case 'constant':
			return distribution.ms === 0 ? '0' : `${distribution.ms}ms`;
		case 'exp':
			return `exp:${distribution.meanMs}ms`;
		case 'uniform':
			return `uniform:${distribution.fromMs}ms:${distribution.toMs}ms`;
		case 'lognormal':
			return `lognormal:${distribution.medianMs}ms:${distribution.sigma}`;
	}
}

/** One draw, in milliseconds. The normal draw of `lognormal` is by Box and Muller (1958). */
export function drawMs(distribution: Distribution, random: Random): number {
	switch (distribution.type) {
		case 'constant':
			return distribution.ms;
		case 'exp':
			return -Math.log(1 - random()) * distribution.meanMs;
		case 'uniform':
			return distribution.fromMs + random() * (distribution.toMs - distribution.fromMs);
		case 'lognormal': {
			const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
			return distribution.medianMs * Math.exp(distribution.sigma * normal);
		}
	}
}
