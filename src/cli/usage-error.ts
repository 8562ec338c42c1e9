/** A mistake of the user's, told in one line; the program ends with `exitCode`. */
export class UsageError extends Error {
	readonly exitCode: number;
	constructor(message: string, exitCode = 2) {
		super(message);
		this.exitCode = exitCode;
	}
}
