/** The choice of who balances, at the door. */
export const engine = {
	"who balances: embedded, lbtop's own balancer, or haproxy, a real HAProxy in its place":
		'siapa yang menyeimbangkan: embedded, load balancer lbtop sendiri, atau haproxy, HAProxy sungguhan sebagai gantinya',
	'command not found: {program}; install it, or --engine embedded':
		'perintah tidak ditemukan: {program}; pasang dulu, atau pakai --engine embedded',
	'--mode message: HAProxy balances connections and reads no messages; leave --mode out, or use --engine embedded':
		'--mode message: HAProxy menyeimbangkan koneksi dan tidak membaca pesan; hilangkan --mode, atau pakai --engine embedded',
	'--algorithm {name}: HAProxy has none such; with --engine haproxy it is one of {names}':
		'--algorithm {name}: HAProxy tidak memilikinya; dengan --engine haproxy pilihannya {names}',
	'{option}: HAProxy does nothing of the kind here; leave it out, or use --engine embedded':
		'{option}: di sini HAProxy tidak melakukan hal seperti itu; hilangkan, atau pakai --engine embedded',
	engine: 'mesin',
} as const;
