/** Time is an argument everywhere below the programs; these are the shapes it comes in. */

/** Milliseconds that only go forward, one clock for all processes of a machine. For measuring. */
export type Now = () => number;

/** Milliseconds since 1970, as the wall clock says. For log.txt and for people. */
export type WallNow = () => number;
