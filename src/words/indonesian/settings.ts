/** Of the settings file: what is written into it and about it. */
export const settings = {
	'writes a commented lbtop.yaml to begin with': 'menulis lbtop.yaml berkomentar sebagai permulaan',
	'prints the JSON Schema of lbtop.yaml, for editors': 'mencetak JSON Schema untuk lbtop.yaml, bagi editor',
	'Writes a file of settings to begin with: every key with what it is for and its default, commented out. FILE is lbtop.yaml unless named; - prints it instead.':
		'Menulis berkas pengaturan sebagai permulaan: setiap kunci dengan kegunaan dan nilai bawaannya, sebagai komentar. FILE adalah lbtop.yaml bila tidak disebut; - mencetaknya saja.',
	'Prints the JSON Schema of lbtop.yaml, or of the files of scenarios, for editors that complete and check what one writes.':
		'Mencetak JSON Schema untuk lbtop.yaml, atau untuk berkas skenario, bagi editor yang melengkapi dan memeriksa yang ditulis.',
	'write over a file that is there': 'timpa berkas yang sudah ada',
	'write its JSON Schema beside it, and tell editors in its first line':
		'tulis juga JSON Schema di sampingnya, dan sebutkan bagi editor di baris pertamanya',
	'wrote {files}; {command} takes its settings from there':
		'{files} sudah ditulis; {command} mengambil pengaturannya dari sana',
	'init {file}: it is there already; name another file, or write over it with --force':
		'init {file}: berkas itu sudah ada; sebutkan berkas lain, atau timpa dengan --force',
	'init: --schema writes a file beside another, and - prints; give one of the two':
		'init: --schema menulis berkas di samping yang lain, dan - mencetak; berikan salah satu',
	"schema: there is none of '{word}'; did you mean '{near}'?":
		"schema: tidak ada skema untuk '{word}'; maksud Anda '{near}'?",
	'Settings of lbtop and lbtop run. Before them come options and environment.':
		'Pengaturan untuk lbtop dan lbtop run. Opsi dan variabel lingkungan didahulukan.',
	'As it is, this file changes nothing: it shows the defaults, and examples where there is none. Take the {sign} from a line, and it counts.':
		'Sebagaimana adanya, berkas ini tidak mengubah apa pun: isinya nilai bawaan, dan contoh bila tidak ada bawaan. Hapus {sign} dari sebuah baris, dan baris itu berlaku.',
	'a scenario of lbtop': 'skenario lbtop',
	example: 'contoh',
	'The run': 'Jalannya lab',
	'Load balancer': 'Load balancer',
	'Health checks': 'Pemeriksaan kesehatan',
	'Limits, queue, time-outs and retries': 'Batas, antrean, batas waktu dan coba ulang',
	'Connection mode': 'Mode connection',
	'Screen and language': 'Layar dan bahasa',
	'What a run leaves behind': 'Yang ditinggalkan sebuah lab',
} as const;
