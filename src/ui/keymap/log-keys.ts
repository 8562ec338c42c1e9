import {type KeyContext, type KeyRow, viewAct} from './key-row.ts';

const isHeld = ({view}: KeyContext) => view.log.held !== undefined;

/** Keys of the log pane beside scrolling. */
export const logKeys: KeyRow[] = [
	{
		keys: ['f'],
		where: ['log'],
		help: 'follow the end of log.txt, or hold it still',
		hint: {label: context => (isHeld(context) ? 'follow' : 'hold'), rank: 8},
		refusal: ({shown}) => (shown.log.lines.length < 2 ? 'nothing to hold yet: log.txt has no lines' : undefined),
		act: context => {
			if (isHeld(context)) return viewAct({type: 'follow'});
			const {lines, total} = context.shown.log;
			return viewAct({type: 'scroll-log', lines, total, by: -1, height: 1});
		},
	},
	{
		keys: ['w'],
		where: ['log'],
		help: 'wrap long lines, or cut them',
		hint: {label: ({view}) => (view.log.wrap ? 'cut' : 'wrap'), rank: 5},
		act: () => viewAct({type: 'wrap'}),
	},
	{
		keys: ['h', 'l', 'left', 'right'],
		shown: glyphs => `h l ${glyphs.sideways}`,
		where: ['log'],
		help: 'scroll sideways',
		hint: {label: 'sideways', rank: 2},
		refusal: ({view}) => (view.log.wrap ? 'lines are wrapped: w cuts them, then they scroll sideways' : undefined),
		act: (_, key) => viewAct({type: 'shift-log', by: key === 'l' || key === 'right' ? 8 : -8}),
	},
];
