/** What packages and the log, which speak English only, say to people. */
export const foreign = {
	'Usage:': 'Pemakaian:',
	'Options:': 'Opsi:',
	"option '{option}' argument missing": "opsi '{option}' butuh nilai",
	"option '{option}' argument '{value}' is invalid. {why}": "nilai '{value}' untuk opsi '{option}' tidak sah. {why}",
	'log {file}: cannot be written ({code}: {why}); name another with --log FILE':
		'log {file}: tidak bisa ditulisi ({code}: {why}); sebutkan yang lain dengan --log FILE',
	'log {file}: cannot be written: {why}; name another with --log FILE':
		'log {file}: tidak bisa ditulisi: {why}; sebutkan yang lain dengan --log FILE',
	'its folder does not exist': 'foldernya tidak ada',
	'its folder is a file': 'foldernya ternyata berkas',
	'no permission': 'tidak ada izin',
	'the disk is read-only': 'cakram hanya bisa dibaca',
	'the disk is full': 'cakram penuh',
	'it is a pipe that nobody reads': 'itu pipa yang tidak dibaca siapa pun',
} as const;
