/** Faults of a wire: between the balancer and one server, or between the clients and the balancer. */

export const wireFaults = {} as const;
