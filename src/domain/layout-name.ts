/** How the panes may stand: `default` shows all that fits, each other one gives its pane the most room. */
export const layoutNames = ['default', 'log', 'traffic', 'incidents', 'servers'] as const;

export type LayoutName = (typeof layoutNames)[number];

/** The one after it; after the last, the first. */
export function nextLayout(name: LayoutName): LayoutName {
	return layoutNames[(layoutNames.indexOf(name) + 1) % layoutNames.length]!;
}
