/** The pieces of a WebAssembly module that is assembled by hand. */

export const i32 = 0x7f;
/** The type of a vector of 16 bytes. */
export const v128 = 0x7b;

/** Magic and version: what every module begins with. */
export const moduleStart = [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0];

/** The exports of a fresh instance; undefined where there can be none. */
export function instantiate<Exports>(program: Uint8Array): Exports | undefined {
	try {
		return new WebAssembly.Instance(new WebAssembly.Module(program)).exports as Exports;
	} catch {
		// No vector unit, no WebAssembly (--jitless), no address space (ulimit -v): all mean that there is another way.
		return undefined;
	}
}

declare const WebAssembly: {
	Module: new (program: Uint8Array) => object;
	Instance: new (module: object) => {exports: unknown};
};

/** A section of a module: https://webassembly.github.io/spec/core/binary/modules.html */
export function section(id: number, content: number[]): number[] {
	return [id, ...sized(content)];
}

/** Preceded by its length. */
export function sized(content: number[]): number[] {
	return [...unsigned(content.length), ...content];
}

/** An entry of the export section. */
export function exported(name: string, kind: number, index: number): number[] {
	return [...sized([...Buffer.from(name)]), kind, index];
}

/** A number in LEB128. */
function unsigned(number: number): number[] {
	return number < 128 ? [number] : [(number & 127) | 128, ...unsigned(number >> 7)];
}
