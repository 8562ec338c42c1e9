/** All that is known of one part, as lines: in two columns where they fit. */

import {addBins, noBins} from '../../domain/latency-bins.ts';
import type {PartState, State} from '../../state/state.ts';
import {t} from '../../words/words.ts';
import {otherPartFacts} from '../servers/part-details.ts';
import {type Line, span} from '../text/line.ts';
import type {Theme} from '../theme.ts';
import {watchedServer} from '../watched/watched-columns.ts';
import {watchedSection} from '../watched/watched-facts.ts';
import {besideEachOther, factLines, type Section, sectionLines} from './detail-lines.ts';
import {latencySection} from './latency-section.ts';
import {exitsSection, processSection} from './process-section.ts';
import {routeSection} from './route-section.ts';
import {faultsSection, stderrSection} from './told-sections.ts';

type Request = {state: State; part: PartState; width: number; theme: Theme};

const twoColumnsFrom = 110;

export function detailsLines(request: Request): Line[] {
	const {width} = request;
	if (width < twoColumnsFrom || request.state.watched) {
		const {process, latency, told} = sectionsOf({...request, width: width - 1});
		return sectionLines([...process, ...latency, ...told]);
	}
	const half = Math.floor(width / 2);
	const {process, latency, told} = sectionsOf({...request, width: half - 2});
	return besideEachOther(sectionLines(process), sectionLines([...latency, ...told]), half);
}

type Sections = Record<'process' | 'latency' | 'told', Section[]>;

function sectionsOf({state, part, width, theme}: Request): Sections {
	const request = {state, width, theme};
	const server = state.servers.find(({id}) => id === part.id);
	const {watched} = state;
	const watchedHere = server && watchedServer(server, state);
	if (watched && watchedHere)
		return {process: [watchedSection(watchedHere, {...request, watched})], latency: [], told: []};
	const process = processSection(part, request);
	const exits = exitsSection(part, request);
	const told = [faultsSection(part, state, width), stderrSection(part, width)];
	if (server) {
		const latency = latencySection(server.latency, server.bins, {...request, acked: server.acked});
		return {process: [process, routeSection(server, request), exits], latency: [latency], told};
	}
	const facts = otherPartFacts(part, state).map(([name, text]): [string, Line] => [name, [span(text)]]);
	const own = {title: t('Work'), lines: factLines(facts, width)};
	if (watched) return {process: [own], latency: [], told: []};
	const bins = state.servers.reduce((sum, each) => addBins(sum, each.bins), noBins);
	const latency = part === state.clients ? [latencySection(state.latency, bins, {...request, acked: 0})] : [];
	return {process: [process, own, exits], latency, told};
}
