import type {CreateToxic} from '../toxic.ts';

/** Closes the connection after exactly so many bytes. */
export const limitData: CreateToxic<{bytes: number}> = ({bytes: limit}) => {
	let left = limit;
	return {
		allow: (length, now) => {
			const bytes = Math.min(length, left);
			left -= bytes;
			return {bytes, next: left === 0 ? 'close' : now};
		},
	};
};
