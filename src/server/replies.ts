/**
 * The replies of one connection on their way out. Those of one trunk frame leave together, as a frame; frames of one
 * slot, and plain lines without an ID, keep the order of the requests; everything else leaves as soon as it is there.
 */

import {formatFrameHeader} from './trunk-bytes.ts';
import type {Job} from './work.ts';

/** In place of a trunk's slot: a plain line with an ID, which needs no order; one without, which does. */
export const unordered = -1;
export const ordered = -2;

/** Lines that are answered together. */
export type Group = {slot: number; replies: string[]; missing: number; isWithheld?: true};

/** Replies are whole lines, one character a byte. `slot` is a trunk's, or {@link unordered}, or {@link ordered}. */
export type Replies = {
	/** All replies of a group, there already. */
	add(slot: number, replies: string): void;
	/** A group of which some reply is still in work; `there` are its first replies, more are pushed or awaited in order. */
	open(slot: number, there?: string): Group;
	/** A reply of '' is one that will never come. */
	await(group: Group, job: Pick<Job, 'waiters'>): void;
	/** Groups not yet handed to {@link take}. */
	unanswered(): number;
	/** Characters that {@link take} would give. */
	waiting(): number;
	/** Everything that may leave now. */
	take(): string;
	/** The peer is gone: what is answered from now on goes nowhere. */
	close(): void;
};

/** `onReady` is called when a job's end made something ready to leave. */
export function createReplies(onReady: () => void): Replies {
	let out = '';
	let unanswered = 0;
	let isClosed = false;
	const queues = new Map<number, Group[]>();

	const emit = (slot: number, replies: string) => {
		if (isClosed) return;
		out += slot < 0 ? replies : formatFrameHeader(slot, replies.length) + replies;
	};

	const enqueue = (group: Group) => {
		unanswered++;
		if (group.slot === unordered) return;
		const queue = queues.get(group.slot);
		if (queue) queue.push(group);
		else queues.set(group.slot, [group]);
	};

	const settle = (group: Group) => {
		if (group.slot === unordered) leave(group);
		else leaveInOrder(group.slot);
		onReady();
	};

	const leaveInOrder = (slot: number) => {
		const queue = queues.get(slot) ?? [];
		while (queue[0]?.missing === 0) leave(queue.shift()!);
		if (queue.length === 0) queues.delete(slot);
	};

	const leave = (group: Group) => {
		unanswered--;
		const replies = group.replies.join('');
		if (replies !== '' || !group.isWithheld) emit(group.slot, replies);
	};

	return {
		add: (slot, replies) => {
			if (queues.size === 0 || !queues.has(slot)) emit(slot, replies);
			else enqueue({slot, replies: [replies], missing: 0});
		},
		open: (slot, there = '') => {
			const group = {slot, replies: [there], missing: 0};
			enqueue(group);
			return group;
		},
		await: (group, job) => {
			const index = group.replies.push('') - 1;
			group.missing++;
			job.waiters.push(reply => {
				group.replies[index] = reply;
				if (reply === '') group.isWithheld = true;
				group.missing--;
				if (group.missing === 0) settle(group);
			});
		},
		unanswered: () => unanswered,
		waiting: () => out.length,
		take: () => {
			const taken = out;
			out = '';
			return taken;
		},
		close: () => {
			isClosed = true;
			out = '';
		},
	};
}
