/** What the screen's themes are called; how they look is `ui/themes`. */

export const themeNames = ['dark', 'light', 'high-contrast', 'terminal', 'amber', 'mono'] as const;
export type ThemeName = (typeof themeNames)[number];

/** `auto`: dark or light, as the terminal's background is. */
export const themeChoices = ['auto', ...themeNames] as const;
export type ThemeChoice = (typeof themeChoices)[number];

/** The choice after this one, in a ring. */
export function nextTheme(choice: ThemeChoice): ThemeChoice {
	return themeChoices[(themeChoices.indexOf(choice) + 1) % themeChoices.length]!;
}
