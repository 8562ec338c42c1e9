/** The engines as programs, a row each. */

import type {AlgorithmName} from '../domain/algorithm.ts';
import type {EngineName} from '../domain/engine.ts';
import type {Mode, Plan} from '../domain/plan.ts';
import type {Program} from '../orchestrator/program.ts';
import {type BalancerWishes, balancerProgram, type ProgramFiles} from '../programs.ts';
import {haproxyProgram} from './haproxy.ts';
import {admitToHaproxy} from './haproxy-settings.ts';

/**
 * `admit`: what it balances, where it can do what the options ask (`given`: those that somebody gave); throws a
 * {@link UsageError} where it cannot. `program`: what is started in the balancer's place.
 */
type EnginePrograms = {
	admit(values: {mode: Mode; algorithm: AlgorithmName}, given: Set<string>): Mode;
	program(plan: Plan, files: ProgramFiles, wishes: BalancerWishes): Program;
};

export const enginePrograms: Record<EngineName, EnginePrograms> = {
	embedded: {admit: ({mode}) => mode, program: balancerProgram},
	haproxy: {admit: admitToHaproxy, program: (plan, _, wishes) => haproxyProgram(plan, wishes)},
};
