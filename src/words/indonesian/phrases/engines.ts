/** What a balancer of another make does not do, and what becomes of asking it. */
export const engines = {
	'HAProxy has the servers it was started with; start the lab with other --server or --servers':
		'HAProxy hanya punya server yang diberikan saat ia dijalankan; jalankan lab dengan --server atau --servers yang lain',
	'HAProxy takes its algorithm when it starts; start the lab with another --algorithm':
		'HAProxy menerima algoritmanya saat dijalankan; jalankan lab dengan --algorithm yang lain',
	"only lbtop's own balancer can break its wires, not HAProxy; use --engine embedded":
		'hanya load balancer lbtop sendiri yang bisa merusak jalurnya, HAProxy tidak; gunakan --engine embedded',
	'HAProxy does not say why it chose a server; use --engine embedded':
		'HAProxy tidak mengatakan mengapa ia memilih sebuah server; gunakan --engine embedded',
	'HAProxy does not answer at its socket: {why}': 'HAProxy tidak menjawab di soketnya: {why}',
	'its answer is too long': 'jawabannya terlalu panjang',
} as const;
