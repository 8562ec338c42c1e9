/** Checks and scenarios: how they go, and what is wrong with how they are written. */
export const demands = {
	unknown: 'tidak diketahui',
	'which cannot mend any more': 'dan tidak bisa pulih lagi',
	'for {seconds} s': 'selama {seconds} s',
	"check '{expr}' is broken (is {value}), {reason}: the run is stopped":
		"cek '{expr}' tidak terpenuhi (nilainya {value}), {reason}: lab dihentikan",
	"check '{expr}': after ';' comes 'abort', or 'abort after 10s'":
		"cek '{expr}': setelah ';' tulis 'abort', atau 'abort after 10s'",
	"check '{expr}' is not PATH OPERATOR VALUE, such as 'latencyMs.p99<50'":
		"cek '{expr}' bukan PATH OPERATOR NILAI, seperti 'latencyMs.p99<50'",
	"check '{expr}': '~' wants a tolerance, such as ~0.5±0.02 or ~200±5%":
		"cek '{expr}': '~' butuh toleransi, seperti ~0.5±0.02 atau ~200±5%",
	"check '{expr}': '~' compares numbers": "cek '{expr}': '~' membandingkan bilangan",
	"check '{expr}': '{path}' names no value of the summary; the nearest is '{near}'":
		"cek '{expr}': '{path}' tidak menyebut nilai apa pun dari ringkasan; yang terdekat '{near}'",
	"check '{expr}': '{path}' and '{value}' are of two kinds, and never equal":
		"cek '{expr}': '{path}' dan '{value}' berbeda jenis, dan tidak pernah sama",
	"check '{expr}': '{value}' is neither a number, a word in quotes nor a value of the summary":
		"cek '{expr}': '{value}' bukan bilangan, bukan kata dalam tanda kutip, dan bukan nilai dari ringkasan",
	'{scenario} is over': '{scenario} selesai',
	'{scenario} was ended before its end': '{scenario} diakhiri sebelum selesai',
	'watch for: {text}': 'perhatikan: {text}',
	'what you learn: {text}': 'pelajarannya: {text}',
	'waiting for the steady state: {checks}': 'menunggu keadaan stabil: {checks}',
	'no steady state: {reason}': 'tidak ada keadaan stabil: {reason}',
	'steady state: the steps begin': 'keadaan stabil: langkah-langkah dimulai',
	'the steady state is back': 'keadaan stabil kembali',
	'no recovery: {reason}': 'tidak pulih: {reason}',
	'{condition} came true': '{condition} terpenuhi',
	'not within {time}: {expr} (is {value})': 'tidak dalam {time}: {expr} (nilainya {value})',
	'refused: {reason}': 'ditolak: {reason}',
	"undo '{text}' was refused": "pembatalan '{text}' ditolak",
	"step '{text}' was refused": "langkah '{text}' ditolak",
	'wait for {condition}': 'tunggu {condition}',
	'at {time}: {deed}': 'pada {time}: {deed}',
	'every {time}: {deed}': 'setiap {time}: {deed}',
	'is a text': 'harus berupa teks',
	'is a whole number from {least} to {most}': 'harus bilangan bulat dari {least} sampai {most}',
	'round {round} of {all} begins': 'putaran {round} dari {all} dimulai',
	'round {round} of {all}: {what}': 'putaran {round} dari {all}: {what}',
	"'{text}' is no duration such as 500ms, 5s or 2m": "'{text}' bukan durasi seperti 500ms, 5s atau 2m",
	"is a check such as 'failed==0' or {data}": "harus berupa cek seperti 'failed==0' atau {data}",
	"is a comparison such as 'servers.server-1.route==DOWN'":
		"harus berupa perbandingan seperti 'servers.server-1.route==DOWN'",
	"a step wants 'do', 'when' or 'say'": "sebuah langkah butuh 'do', 'when' atau 'say'",
	"'at' is from the beginning, 'after' from the step before: give one of the two":
		"'at' dihitung dari awal, 'after' dari langkah sebelumnya: berikan salah satu",
	"'every' goes by time, 'when' by a condition: give one of the two":
		"'every' menurut waktu, 'when' menurut syarat: berikan salah satu",
	"'every' is at least {ms}ms": "'every' paling sedikit {ms}ms",
	"'until' ends what 'every' began: give 'every' too": "'until' mengakhiri yang dimulai 'every': berikan juga 'every'",
	"'within' is how long 'when' is waited for: give 'when' too":
		"'within' adalah berapa lama 'when' ditunggu: berikan juga 'when'",
	"'for' is how long a fault lasts, and '{type}' is none":
		"'for' adalah berapa lama gangguan berlaku, dan '{type}' bukan gangguan",
	"'for' is how long a fault lasts: give 'do' too": "'for' adalah berapa lama gangguan berlaku: berikan juga 'do'",
	'is a list of checks, or {data}': 'harus berupa daftar cek, atau {data}',
	'is a list of steps': 'harus berupa daftar langkah',
	'is a list of checks': 'harus berupa daftar cek',
	'is a list of commands': 'harus berupa daftar perintah',
	"'{text}' is not a number of milliseconds since the start": "'{text}' bukan jumlah milidetik sejak awal",
	'there are more than {most} arrivals': 'ada lebih dari {most} kedatangan',
	'there is no arrival in it': 'tidak ada satu kedatangan pun di dalamnya',
	'--events {file}: {why}; what happens from now on is not kept':
		'--events {file}: {why}; yang terjadi sejak kini tidak disimpan',
	'--record {file}: {why}': '--record {file}: {why}',
	'{place}: {why}; it is left out': '{place}: {why}; baris ini dilewati',
	'not an event': 'bukan peristiwa',
	'not an event as this lbtop knows them ({why})': 'bukan peristiwa yang dikenal lbtop ini ({why})',
} as const;
