import {afterEach, describe, expect, it, vi} from 'vitest';
import {netTransport} from '../../src/load-balancer/net-transport.ts';
import {chooseTransport} from '../../src/load-balancer/transports.ts';

afterEach(() => vi.restoreAllMocks());

type Binding = (name: string) => Record<string, unknown>;
const node = process as unknown as {binding: Binding};
const real: Binding = name => node.binding(name);

/** Has Node give its bindings changed like this. */
function stubBinding(change: (all: Record<string, unknown>, name: string) => Record<string, unknown>) {
	const given = {tcp_wrap: real('tcp_wrap'), stream_wrap: real('stream_wrap')};
	vi.spyOn(node, 'binding').mockImplementation(name => change({...given[name as keyof typeof given]}, name));
}

describe('the transport', () => {
	it('is the fast one where it works', async () => {
		expect(await chooseTransport('auto')).toEqual({name: 'fast', transport: expect.anything()});
		expect((await chooseTransport('fast')).name).toBe('fast');
	});

	it('is the fast one where the trial itself was held up', async () => {
		const {setTimeout: real} = globalThis;
		// The machine stops, as soon as the trial's time runs, for longer than that.
		vi.spyOn(globalThis, 'setTimeout').mockImplementationOnce(((
			then: (turns: number) => void,
			ms: number,
			turns: number,
		) => {
			const timer = real(then, ms, turns);
			const end = performance.now() + ms + 100;
			while (performance.now() < end);
			return timer;
		}) as never);
		expect((await chooseTransport('auto')).name).toBe('fast');
	});

	it('is the public one when that is asked for, without a look at Node within', async () => {
		const binding = vi.spyOn(node, 'binding');
		expect(await chooseTransport('public')).toEqual({name: 'public', transport: netTransport});
		expect(binding).not.toHaveBeenCalled();
	});

	it.each<[string, (all: Record<string, unknown>) => Record<string, unknown>, RegExp]>([
		[
			'forbids its bindings',
			() => {
				throw new Error('not permitted');
			},
			/^not permitted$/,
		],
		['has none of that name', () => ({}), /has no TCP handles$/],
		['calls a request otherwise', all => ({...all, WriteWrap: undefined}), /has no WriteWrap$/],
		['says the result elsewhere', all => ({...all, kBytesWritten: undefined}), /has no kBytesWritten$/],
		['says it nowhere', all => ({...all, kReadBytesOrError: 9}), /has no kReadBytesOrError$/],
		['says something else there', all => ({...all, kReadBytesOrError: 1}), /^nothing came back in its trial$/],
	])('is the public one where Node %s', async (_, change, why) => {
		stubBinding(change);
		const chosen = await chooseTransport('auto');
		expect(chosen).toEqual({name: 'public', transport: netTransport, why: expect.stringMatching(why)});
		await expect(chooseTransport('fast')).rejects.toThrow('the fast transport does not work here (');
	});

	it('is the public one on a Node that nobody tried it with', async () => {
		const versions = {...process.versions, node: '99.1.0'};
		vi.spyOn(process, 'versions', 'get').mockReturnValue(versions);
		expect(await chooseTransport('auto')).toMatchObject({name: 'public', why: expect.stringContaining('not tried')});
	});
});
