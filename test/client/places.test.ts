import {expect, test} from 'vitest';
import {createPlaces} from '../../src/client/places.ts';

const sent = (...sequences: number[]) => {
	const places = createPlaces();
	for (const sequence of sequences) places.sent(sequence);
	return places;
};

test('answers without IDs belong to what was sent, in order', () => {
	const places = sent(4, 5);
	expect(places.isInUse).toBe(false);
	expect(places.take()).toEqual({type: 'message', sequence: 4, isLast: false});
	places.sent(6);
	expect([places.take(), places.take()].map(place => 'sequence' in place && place.sequence)).toEqual([5, 6]);
	expect([places.isInUse, places.take()]).toEqual([true, {type: 'nobody'}]);
});

test('an answer with an ID makes them needless', () => {
	const places = sent(4, 5);
	places.forget();
	places.sent(6);
	expect([places.take(), places.isInUse]).toEqual([{type: 'nobody'}, false]);
});

test('after a time-out only one and the same message can be meant', () => {
	const one = sent(3, 4, 4);
	one.take();
	one.doubt();
	expect(one.take()).toEqual({type: 'message', sequence: 4, isLast: true});
	const two = sent(4, 5);
	two.doubt();
	expect(two.take()).toEqual({type: 'unknown'});
});

test('a long connection keeps no past', () => {
	const places = sent(0);
	for (let sequence = 1; sequence <= 20_000; sequence++) {
		places.sent(sequence);
		expect(places.take()).toEqual({type: 'message', sequence: sequence - 1, isLast: false});
	}
});
