/** What is wrong with a YAML file; see `cli/yaml-words`. */
export const yaml = {
	'an alias (*name) has neither an anchor (&name) nor a tag (!name) of its own':
		'alias (*name) tidak boleh punya jangkar (&name) atau tag (!name) sendiri',
	'an anchor or an alias stands here without its name': 'jangkar atau alias di sini tanpa nama',
	'this tag (!name) does not fit what it stands before': 'tag (!name) ini tidak cocok dengan yang mengikutinya',
	'this line begins with %, and is no directive of YAML': 'baris ini diawali %, tetapi bukan direktif YAML',
	'this means nothing after a \\ in double quotes; write \\\\ for one, or use single quotes':
		'ini tidak berarti apa-apa setelah \\ dalam tanda kutip ganda; tulis \\\\ untuk satu \\, atau pakai tanda kutip tunggal',
	"the closing '{sign}' is missing, or stands too far to the left":
		"penutup '{sign}' tidak ada, atau letaknya terlalu ke kiri",
	'the items of a list begin below each other': 'butir-butir sebuah daftar harus mulai di kolom yang sama',
	'keys that belong together begin below each other': 'kunci-kunci yang sekelompok harus mulai di kolom yang sama',
	'this is not indented far enough': 'ini kurang menjorok',
	"an anchor (&name) or a tag (!name) stands behind '-', '?' or ':', not before":
		"jangkar (&name) atau tag (!name) harus sesudah '-', '?' atau ':', bukan sebelumnya",
	"a value cannot begin with '{sign}'; put it in quotes": "nilai tidak boleh diawali '{sign}'; tulis dalam tanda kutip",
	'a value cannot begin like this; put it in quotes': 'nilai tidak boleh diawali seperti ini; tulis dalam tanda kutip',
	"a line holds one KEY: VALUE; put a value with ': ' in it in quotes":
		"satu baris memuat satu KEY: VALUE; tulis nilai yang memuat ': ' dalam tanda kutip",
	'a list stands where a key should be; the items of a list begin below each other':
		'ada daftar di tempat kunci; butir-butir sebuah daftar harus mulai di kolom yang sama',
	"within brackets there are ',' between the items, and neither '-' nor keys one below the other":
		"di dalam tanda kurung butir dipisahkan dengan ',', tanpa '-' dan tanpa kunci yang bersusun ke bawah",
	'this key stands there twice': 'kunci ini muncul dua kali',
	'this is no YAML': 'ini bukan YAML',
	'a key has at most 1024 characters': 'sebuah kunci paling panjang 1024 karakter',
	'the closing {sign} is missing': 'penutup {sign} tidak ada',
	"this key has no ':' behind it": "setelah kunci ini tidak ada ':'",
	"a space is missing before '#'": "sebelum '#' harus ada spasi",
	"a ',' is missing before this": "sebelum ini harus ada ','",
	"a line '---' is missing, or content stands behind it on its line":
		"baris '---' tidak ada, atau ada isi di belakangnya pada baris itu",
	'a space, a new line or a sign is missing before this': 'sebelum ini harus ada spasi, baris baru atau tanda',
	"a key and its ':' stand on one line": "sebuah kunci dan ':'-nya harus dalam satu baris",
	'a value has at most one anchor (&name)': 'sebuah nilai punya paling banyak satu jangkar (&name)',
	"a second document begins here ('---' or '...'); there may be one":
		"dokumen kedua mulai di sini ('---' atau '...'); hanya boleh ada satu",
	'a value has at most one tag (!name)': 'sebuah nilai punya paling banyak satu tag (!name)',
	'a key is a text': 'kunci harus berupa teks',
	'lists and data are nested too deeply': 'daftar dan data bersarang terlalu dalam',
	'lines are indented with spaces, not with tabs': 'baris dijorokkan dengan spasi, bukan dengan tab',
	'this tag (!name) means nothing here': 'tag (!name) ini tidak berarti apa-apa di sini',
	"there is a ',' too many": "ada ',' yang berlebih",
	"this '{sign}' closes nothing": "'{sign}' ini tidak menutup apa pun",
	'a list begins on a line of its own, below its key': 'daftar mulai di baris sendiri, di bawah kuncinya',
	'nothing may follow the value here': 'tidak boleh ada apa-apa lagi setelah nilai ini',
	'this does not belong here': 'ini tidak pada tempatnya',
	"the alias '*{name}' has no anchor '&{name}' before it": "alias '*{name}' tidak punya jangkar '&{name}' sebelumnya",
	'aliases of aliases make too much of this file': 'alias dari alias membuat berkas ini terlalu besar',
} as const;
