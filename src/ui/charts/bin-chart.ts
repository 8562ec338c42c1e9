/** A histogram of latencies: bins side by side on a logarithmic axis, each as high as its part of all. */

import {binEdgeMs, binOf, binTotal, type LatencyBins} from '../../domain/latency-bins.ts';
import type {AxisPiece} from './time-axis.ts';

/** `parts`: a column's part (0–1) of all. `columnOf`: the middle of a bin. */
type BinColumns = {parts: number[]; columnOf(bin: number): number; ticks: Tick[]};
type Tick = {column: number; ms: number};

const perDecade = 10;

/** Whole decades around the bins in `width` columns, a bin as wide as fits; where they are too many, several share a column. */
export function binColumns({from, counts}: LatencyBins, width: number): BinColumns {
	const total = binTotal({from, counts});
	const first = Math.floor((counts.length === 0 ? binOf(1000) : from) / perDecade) * perDecade;
	const end = counts.length === 0 ? first + 1 : from + counts.length;
	const last = Math.max(first + 2 * perDecade, Math.ceil(end / perDecade) * perDecade);
	const shared = [1, 2, 5, 10].find(bins => (last - first) / bins <= width) ?? last - first;
	const cells = Math.max(1, Math.floor(width / ((last - first) / shared)));
	const columnOfBin = (bin: number) => Math.floor((bin - first) / shared) * cells;
	const parts = Array.from({length: Math.min(width, columnOfBin(last - 1) + cells)}, () => 0);
	for (const [index, count] of counts.entries()) {
		const column = columnOfBin(from + index);
		for (let cell = column; cell < column + cells && cell < parts.length; cell++)
			parts[cell]! += total === 0 ? 0 : count / total;
	}
	const ticks: Tick[] = [];
	for (let bin = first; bin < last; bin += perDecade) ticks.push({column: columnOfBin(bin), ms: binEdgeMs(bin)});
	return {
		parts,
		columnOf: bin => columnOfBin(bin) + Math.floor(cells / 2),
		ticks,
	};
}

/** `width` characters of axis: marks at columns, and what stands at the decades where they leave room. */
export function binAxis(
	{ticks}: Pick<BinColumns, 'ticks'>,
	{
		width,
		marks,
		signs,
		text,
	}: {
		width: number;
		marks: number[];
		signs: {horizontal: string; mark: string};
		text(ms: number): string;
	},
): AxisPiece[] {
	const cells: AxisPiece[] = Array.from({length: width}, () => ({text: signs.horizontal, kind: 'axis'}));
	for (const column of marks) if (cells[column]) cells[column] = {text: signs.mark, kind: 'mark'};
	for (const {column, ms} of ticks) {
		const label = [...text(ms)];
		const isFree = (at: number) => label.every((_, index) => cells[at + index]?.kind === 'axis');
		// Beside a mark that stands in its way, but not so far that it would say another place.
		const at = [0, 1, 2].map(shift => column + shift).find(isFree);
		if (at !== undefined) for (const [index, one] of label.entries()) cells[at + index] = {text: one, kind: 'label'};
	}
	return cells;
}
