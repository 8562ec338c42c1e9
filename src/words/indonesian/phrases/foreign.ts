/** What packages and the log, which speak English only, say to people. */
export const foreign = {
	'Usage:': 'Pemakaian:',
	'Options:': 'Opsi:',
	"option '{option}' argument missing": "opsi '{option}' butuh nilai",
	"unknown option '{option}'": "opsi '{option}' tidak dikenal",
	"unknown option '{option}' (Did you mean {similar}?)": "opsi '{option}' tidak dikenal (maksud Anda {similar}?)",
	"unknown option '{option}' (Did you mean one of {similar}?)":
		"opsi '{option}' tidak dikenal (maksud Anda salah satu dari {similar}?)",
	"option '{option}' argument '{value}' is invalid. {why}": "nilai '{value}' untuk opsi '{option}' tidak sah. {why}",
	'log {file}: cannot be written ({code}: {why}); name another with --log FILE':
		'log {file}: tidak bisa ditulisi ({code}: {why}); sebutkan yang lain dengan --log FILE',
	'its folder does not exist': 'foldernya tidak ada',
	'its folder is a file': 'foldernya ternyata berkas',
	'no permission': 'tidak ada izin',
	'the disk is read-only': 'cakram hanya bisa dibaca',
	'the disk is full': 'cakram penuh',
	'it is a pipe that nobody reads': 'itu pipa yang tidak dibaca siapa pun',
	'Invalid input: expected {expected}, received {received}':
		'masukan tidak sah: diharapkan {expected}, diterima {received}',
	'Invalid input': 'masukan tidak sah',
	'Too big: expected {what} to have <={most} {unit}': 'terlalu besar: {what} paling banyak {most} {unit}',
	'Too small: expected {what} to have >={least} {unit}': 'terlalu kecil: {what} paling sedikit {least} {unit}',
	'Too big: expected {what} to be <={most}': 'terlalu besar: {what} paling banyak {most}',
	'Too small: expected {what} to be >={least}': 'terlalu kecil: {what} paling sedikit {least}',
	'Map keys must be unique': 'setiap kunci hanya boleh muncul sekali',
	'Missing closing "quote': 'tanda kutip " tidak ditutup',
	"Missing closing 'quote": "tanda kutip ' tidak ditutup",
	'Plain value cannot start with {character}': 'nilai tanpa tanda kutip tidak boleh diawali {character}',
	'Unexpected {what} at node end': '{what} tidak pada tempatnya di akhir nilai',
	'Implicit map keys need to be followed by map values': 'setelah kunci harus ada titik dua dan nilainya',
	'All sequence items must start at the same column': 'semua butir daftar harus mulai di kolom yang sama',
	'Comments must be separated from other tokens by white space characters':
		'komentar harus dipisahkan dengan spasi dari yang lain',
	'Nested mappings are not allowed in compact mappings': 'pasangan KEY: VALUE tidak boleh bersarang dalam satu baris',
	'Implicit keys need to be on a single line': 'kunci harus berada dalam satu baris',
	'Tabs are not allowed as indentation': 'tab tidak boleh dipakai untuk menjorokkan baris',
	'All mapping items must start at the same column': 'semua kunci harus mulai di kolom yang sama',
	'{what} in block collection must be sufficiently indented and end with a {sign}':
		'{what} harus cukup menjorok dan ditutup dengan {sign}',
	'Flow sequence': 'daftar dalam kurung siku',
	'Flow map': 'data dalam kurung kurawal',
} as const;
