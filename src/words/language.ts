/** Which language a person wants: asked for, or as the rest of the machine speaks. */

export const languages = ['en', 'id'] as const;
export type Language = (typeof languages)[number];

/** `file`: the `lang` of a settings file. */
type Wishes = {argv: string[]; environment: Record<string, string | undefined>; file?: unknown};

/**
 * `--lang`, then `LBTOP_LANG`, then the settings file, then the locale (`LC_ALL`, `LC_MESSAGES`, `LANG`: the first that
 * is set, as POSIX has it); English where none of them is a language we have. A wrong `--lang` is told by whoever reads
 * the options.
 */
export function wantedLanguage({argv, environment, file}: Wishes): Language {
	const at = argv.findIndex(word => word === '--lang' || word.startsWith('--lang='));
	const given = argv[at] === '--lang' ? argv[at + 1] : argv[at]?.slice('--lang='.length);
	const asked = given ?? (environment.LBTOP_LANG || file);
	const locale = environment.LC_ALL || environment.LC_MESSAGES || environment.LANG || '';
	const isOf = (language: string) => new RegExp(`^${language}(?:[_.@-]|$)`, 'i').test(locale);
	return languages.find(one => one === asked) ?? languages.find(isOf) ?? 'en';
}
