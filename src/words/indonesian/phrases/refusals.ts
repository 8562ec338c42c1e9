/** Why something asked of a running lab is not done. */
export const refusals = {
	'the run is ending': 'lab sedang berakhir',
	"there is no part '{part}' of ours; there are {parts}": "tidak ada bagian kita bernama '{part}'; yang ada {parts}",
	"there is no part '{part}'; there are {parts}": "tidak ada bagian '{part}'; yang ada {parts}",
	"there is no server '{server}'; there are {servers}": "tidak ada server '{server}'; yang ada {servers}",
	"there is no server '{name}'": "tidak ada server '{name}'",
	'{name} is running already (pid {pid})': '{name} sudah berjalan (pid {pid})',
	'{name} is stopping; wait for it': '{name} sedang berhenti; tunggu dulu',
	'{name} is paused already': '{name} sudah dijeda',
	'pausing is n/a on Windows: it has no SIGSTOP': 'menjeda tidak tersedia di Windows: tidak ada SIGSTOP',
	'{name} is not paused': '{name} tidak sedang dijeda',
	'{name} is not running ({status})': '{name} tidak sedang berjalan ({status})',
	'{name} runs elsewhere: its process is not ours': '{name} berjalan di tempat lain: prosesnya bukan milik kita',
	"{name} is none of lbtop's own servers: only those can misbehave":
		'{name} bukan server milik lbtop sendiri: hanya server lbtop yang bisa dibuat berulah',
	'{name} has several wires: name a server, or clients for the wire to the clients':
		'{name} punya beberapa jalur: sebutkan sebuah server, atau clients untuk jalur ke klien',
	'{number} faults are in force already; undo some': 'sudah ada {number} gangguan yang berlaku; batalkan beberapa dulu',
	'no fault is in force': 'tidak ada gangguan yang berlaku',
	'no fault is in force on {name}': 'tidak ada gangguan yang berlaku pada {name}',
	"there is a server '{name}' already; give another name=NAME":
		"sudah ada server '{name}'; beri nama lain dengan name=NAME",
	"there is a server '{name}' already": "sudah ada server '{name}'",
	'a server is reached at HOST:PORT or started by a command, not both':
		'sebuah server dicapai di HOST:PORT atau dijalankan dengan perintah, tidak keduanya',
	'a lab has at most {number} servers': 'sebuah lab punya paling banyak {number} server',
	"{name} runs already; 'servers add HOST:PORT,name={name}' adds it again":
		"{name} sudah berjalan; 'servers add HOST:PORT,name={name}' menambahkannya lagi",
	'the load balancer is {status}: it can be told nothing':
		'load balancer dalam keadaan {status}: tidak bisa diberi tahu apa pun',
	"{name} is not among the balancer's servers; 'servers add' adds it":
		"{name} tidak termasuk server load balancer; 'servers add' menambahkannya",
	"'{name}' is leaving and still has something to answer; try again when it is gone":
		"'{name}' sedang pergi dan masih punya yang harus dijawab; coba lagi setelah ia pergi",
	'not added: {why}': 'tidak ditambahkan: {why}',
	"a wire has no fault '{kind}'": "jalur tidak mengenal gangguan '{kind}'",
	'this is a replay: nothing runs that could be told':
		'ini tayangan ulang: tidak ada yang berjalan yang bisa diberi perintah',
	'not a line of JSON': 'bukan satu baris JSON',
	'not a command: {key}: {what}': 'bukan perintah: {key}: {what}',
	"the balancer's choices are not in the log; start with --log-detail all":
		'pilihan load balancer tidak ada di log; mulailah dengan --log-detail all',
	'the last {size} of {file} hold no choice for a message with the ID {id}':
		'{size} terakhir dari {file} tidak memuat pilihan untuk pesan dengan ID {id}',
	'{file} could not be read: {why}': '{file} tidak bisa dibaca: {why}',
	'{time} {server} by {algorithm}: {why}': '{time} {server} oleh {algorithm}: {why}',
	'control socket {file}: {why}': 'soket kendali {file}: {why}',
	'no answer within {seconds} s; is the lab paused?': 'tidak ada jawaban dalam {seconds} s; apakah lab sedang dijeda?',
	'no lab listens there: {why}': 'tidak ada lab yang mendengarkan di sana: {why}',
	'what listens there is no lab': 'yang mendengarkan di sana bukan lab',
	'the lab ended before it answered': 'lab berakhir sebelum sempat menjawab',
	"control socket: {folder} is not a folder of this user's alone; remove it or set XDG_RUNTIME_DIR":
		'soket kendali: {folder} bukan folder milik pengguna ini saja; hapus folder itu atau atur XDG_RUNTIME_DIR',
} as const;
