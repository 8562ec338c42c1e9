/** Which toxic a fault of a wire is made of. */

import type {Fault, FaultOf} from '../../../domain/fault.ts';
import type {wireFaults} from '../../../domain/faults/wire-faults.ts';
import type {CreateToxic} from '../toxic.ts';
import {bandwidth} from './bandwidth.ts';
import {down} from './down.ts';
import {latency} from './latency.ts';
import {limitData} from './limit-data.ts';
import {loss} from './loss.ts';
import {resetPeer} from './reset-peer.ts';
import {slicer} from './slicer.ts';
import {slowClose} from './slow-close.ts';
import {timeout} from './timeout.ts';

/** A fault of a wire, as data. */
export type WireFault = Extract<Fault, {kind: WireFaultKind}>;

type WireFaultKind = keyof typeof wireFaults;
type Toxics = {[kind in WireFaultKind]: CreateToxic<FaultOf<kind>['parameters']>};

/** The toxic of each fault of a wire. */
export const toxics: Toxics = {
	latency,
	bandwidth,
	loss,
	slicer,
	timeout,
	down,
	'slow-close': slowClose,
	'limit-data': limitData,
	'reset-peer': resetPeer,
};

/** Whether a fault is one of a wire. */
export function isWireFault(fault: Fault): fault is WireFault {
	return Object.hasOwn(toxics, fault.kind);
}
