/** What servers, balancers and clients say in a terminal of their own. */
export const parts = {
	'{name} listening on {address}': '{name} mendengarkan di {address}',
	'{name} stopped after {count} message': '{name} berhenti setelah {count} pesan',
	'{name} stopped after {count} connection': '{name} berhenti setelah {count} koneksi',
	'{name} stopped after {count} messages': '{name} berhenti setelah {count} pesan',
	'{name} stopped after {count} connections': '{name} berhenti setelah {count} koneksi',
	'{server} is {route} ({cause})': '{server} {route} ({cause})',
	'{name} chooses by {algorithm}': '{name} memilih menurut {algorithm}',
	sent: 'terkirim',
	retry: 'ulang',
	'{id} from {server} in {time}': '{id} dari {server} dalam {time}',
	'sent {sent}  acked {acked}  failed {failed}  in flight {inFlight}  retried {retried}  waiting {waiting}':
		'terkirim {sent}  di-ACK {acked}  gagal {failed}  di jalan {inFlight}  diulang {retried}  menunggu {waiting}',
	'sent {sent} in {time}, ACKed {acked} ({perSecond}/s), failed {failed}, in flight {inFlight}':
		'terkirim {sent} dalam {time}, di-ACK {acked} ({perSecond}/s), gagal {failed}, di jalan {inFlight}',
	'attempts {attempts}, retried {retried}, NAKs {naks}': 'percobaan {attempts}, diulang {retried}, NAK {naks}',
	'late {count}: sent over {most} ms after they were due':
		'terlambat {count}: dikirim lebih dari {most} ms setelah waktunya',
	'dropped {count}: due and never sent': 'dibuang {count}: sudah waktunya dan tidak pernah dikirim',
	'GENERATOR SATURATED: its loop came up to {time} late, over {most} ms in {number} tenths of a second':
		'GENERATOR JENUH: putarannya terlambat sampai {time}, lebih dari {most} ms dalam {number} persepuluh detik',
	'from the planned time of sending': 'dari waktu kirim yang direncanakan',
	'from the real one': 'dari waktu kirim yang sebenarnya',
} as const;
