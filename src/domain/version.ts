declare const __VERSION__: string | undefined;

/** The package's version, put in by the build; `dev` when run from source. */
export const version = typeof __VERSION__ === 'string' ? __VERSION__ : 'dev';
