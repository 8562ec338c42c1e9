/** Has a place in a roster; in one at a time. */
export type Member = {
	/** Where the roster has it; -1: in none. */
	place: number;
};

/**
 * Those who come and go by the thousand each second, in no order. A `Set` would do, but V8 chains each table of a set to
 * the next: one of them that grew old keeps all that follow, and who was in them, until the whole heap is collected.
 */
type Roster<T extends Member> = {
	readonly size: number;
	add(member: T): void;
	/** False when it is not in it. */
	delete(member: T): boolean;
	/** Those who were in it when it began and still are when their turn comes; anybody may leave meanwhile. */
	[Symbol.iterator](): Iterator<T>;
};

export function createRoster<T extends Member>(): Roster<T> {
	const members: T[] = [];
	return {
		get size() {
			return members.length;
		},
		add: member => {
			member.place = members.length;
			members.push(member);
		},
		delete: member => {
			const {place} = member;
			if (place === -1) return false;
			const last = members.pop()!;
			if (last !== member) {
				members[place] = last;
				last.place = place;
			}
			member.place = -1;
			return true;
		},
		*[Symbol.iterator]() {
			for (const member of members.slice()) if (member.place !== -1) yield member;
		},
	};
}
