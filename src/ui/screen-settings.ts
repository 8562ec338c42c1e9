import type {LayoutName} from '../domain/layout-name.ts';
import type {ThemeChoice} from '../domain/theme-name.ts';
import {bindKeys, type OwnKeys} from './keymap/bind-keys.ts';
import type {KeyRow} from './keymap/key-row.ts';
import {keymap} from './keymap/keymap.ts';
import type {LookSettings} from './theme.ts';

/** How the screen looks on this terminal and what it takes from it. */
export type ScreenSettings = LookSettings & {
	/** The terminal reports clicks and the wheel, from the start. */
	mouse?: boolean;
	/** The cursor is shown where it always is: on the focused row. */
	cursor?: boolean;
	/** How the panes stand at first. */
	layout?: LayoutName | undefined;
	/** The table of keys, with the person's own in it. */
	keymap?: KeyRow[];
};

type Wishes = {
	ascii?: boolean | undefined;
	color?: boolean | undefined;
	theme?: ThemeChoice | undefined;
	mouse?: boolean | undefined;
	noMouse?: boolean | undefined;
	cursor?: boolean | undefined;
	layout?: LayoutName | undefined;
	keys?: OwnKeys | undefined;
};

/** What the options ask for, as far as the environment lets them. Throws a sentence on keys that cannot be. */
export function screenSettings(wishes: Wishes, environment: NodeJS.ProcessEnv): ScreenSettings {
	return {
		ascii: wishes.ascii === true,
		color: wantsColor(environment, {noColor: wishes.color === false}),
		theme: wishes.theme,
		mouse: wishes.mouse === true && wishes.noMouse !== false,
		cursor: wishes.cursor === true,
		layout: wishes.layout,
		keymap: bindKeys(keymap, wishes.keys ?? {}),
	};
}

/** Whether colours are wanted: not with `--no-color`, a non-empty NO_COLOR (no-color.org) or TERM=dumb. */
function wantsColor(environment: NodeJS.ProcessEnv, {noColor}: {noColor: boolean}): boolean {
	return !noColor && !environment.NO_COLOR && environment.TERM !== 'dumb';
}
