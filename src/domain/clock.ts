/** Time is an argument everywhere below the programs; this is the shape it comes in. */

/** Milliseconds that only go forward, one clock for all processes of a machine. For measuring. */
export type Now = () => number;
