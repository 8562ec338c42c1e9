/** What the scenarios that come with lbtop say; each text stands in its file under `scenarios/`. */
export const scenarios = {
	'A server executes, and its ACK is lost': 'Server mengeksekusi, dan ACK-nya hilang',
	'Retries because of time-outs, and doubles in the ledger: a message whose ACK was lost is executed once more by the server that the retry reaches.':
		'Percobaan ulang karena batas waktu, dan yang ganda di buku besar: pesan yang ACK-nya hilang dieksekusi sekali lagi oleh server yang dicapai percobaan ulang itu.',
	"Without an ACK nobody can tell a lost answer from a lost question. So a client sends again, and at-least-once is what it gets; exactly once needs servers that know each other's work. Try it with --dedup shared: then no message is executed twice, and what this scenario expects, duplicates>0, fails.":
		'Tanpa ACK tak seorang pun bisa membedakan jawaban yang hilang dari pertanyaan yang hilang. Maka klien mengirim lagi, dan yang didapat adalah setidaknya-sekali; tepat-sekali butuh server yang saling mengetahui pekerjaannya. Coba dengan --dedup shared: tidak ada pesan yang dieksekusi dua kali, dan yang diharapkan skenario ini, duplicates>0, gagal.',
	'The ledger has its first double.': 'Buku besar mencatat yang ganda untuk pertama kali.',
	'Everything is answered again.': 'Semuanya dijawab lagi.',
	'Two equal servers share equally': 'Dua server yang setara berbagi sama rata',
	'The two rows of the Servers pane. Their ACKs differ by one at most, second after second.':
		'Kedua baris di panel Servers. ACK-nya berbeda paling banyak satu, detik demi detik.',
	'Round robin deals messages like cards. It knows nothing of how long they take: as long as servers are equal, neither need it.':
		'Round robin membagi pesan seperti kartu. Ia tidak tahu berapa lama pesan dikerjakan: selama servernya setara, ia memang tidak perlu tahu.',
	'One of two servers freezes (SIGSTOP), and goes on': 'Satu dari dua server membeku (SIGSTOP), lalu berlanjut',
	'The frozen server still accepts connections, because the kernel does that for it. Only its checks tell: UP 2/3, UP 1/3, DOWN. Messages that it had wait for their time-out; then they go elsewhere.':
		'Server yang beku masih menerima koneksi, karena kernel yang melakukannya. Hanya pemeriksaan yang menunjukkannya: UP 2/3, UP 1/3, DOWN. Pesan yang dipegangnya menunggu batas waktu; lalu pergi ke server lain.',
	"A frozen server is worse than a dead one: nothing is refused and nothing breaks, so silence is all there is to go by. How long it hurts is decided by the interval of the checks and by the clients' time-out. Awake again, it does what it had.":
		'Server yang beku lebih buruk daripada yang mati: tidak ada yang ditolak dan tidak ada yang putus, jadi hanya kebisuan yang jadi petunjuk. Berapa lama rasa sakitnya ditentukan oleh selang pemeriksaan dan batas waktu klien. Setelah bangun, ia mengerjakan yang dipegangnya.',
	'Three checks were not answered; the other server has it all now.':
		'Tiga pemeriksaan tidak dijawab; server yang lain kini memikul semuanya.',
	'It carries its half again.': 'Ia memikul separuh bagiannya lagi.',
	'One of two servers is killed, and comes back': 'Satu dari dua server dimatikan paksa, lalu kembali',
	'Retries and p99 at the moment of the kill; failed stays 0. The other server carries everything at once.':
		'Percobaan ulang dan p99 pada saat server dimatikan; gagal tetap 0. Server yang lain seketika memikul semuanya.',
	'A killed process resets its connections, so the balancer knows within milliseconds and sends what was unanswered to the other server. What the dead server had done without answering is done again: doubles are the price of losing nothing.':
		'Proses yang dimatikan paksa me-reset koneksinya, jadi load balancer tahu dalam hitungan milidetik dan mengirim yang belum dijawab ke server lain. Yang sudah dikerjakan server mati tanpa dijawab dikerjakan lagi: yang ganda adalah harga agar tak ada yang hilang.',
	'The balancer sends nothing to it any more.': 'Load balancer tidak mengirim apa pun lagi kepadanya.',
	'Servers that are asked for twice what they can do, and no retry budget':
		'Server yang diminta dua kali kemampuannya, tanpa anggaran percobaan ulang',
	'The attempts: the balancer sends each message up to four times to servers that could not do it once.':
		'Jumlah percobaan: load balancer mengirim tiap pesan sampai empat kali ke server yang sekali pun tidak sanggup.',
	'Slowness makes retries, and retries make slowness: the servers are asked for several times what the clients want, and most of what they do is done twice. This is how a short peak becomes a long outage. Compare retry-storm.':
		'Kelambatan melahirkan percobaan ulang, dan percobaan ulang melahirkan kelambatan: server diminta beberapa kali lipat dari yang diinginkan klien, dan sebagian besar yang mereka kerjakan dikerjakan dua kali. Beginilah puncak yang singkat menjadi gangguan yang panjang. Bandingkan retry-storm.',
	'Servers that are asked for twice what they can do, with a retry budget':
		'Server yang diminta dua kali kemampuannya, dengan anggaran percobaan ulang',
	'Both servers can do 400 messages a second and are asked for 800. What is not answered in time is sent to the other one, until the budget says no; from then on a message waits for the server that has it.':
		'Kedua server sanggup 400 pesan per detik dan diminta 800. Yang tidak dijawab tepat waktu dikirim ke server yang satunya, sampai anggaran berkata tidak; sejak itu pesan menunggu server yang memegangnya.',
	'Second tries are for servers that are unwell one at a time. When all are slow they only add work; a budget (a fifth of the messages, as Finagle has it) keeps them from making it worse: half the latency of retry-storm-without-budget, and a fraction of its doubles.':
		'Percobaan kedua berguna bila server sakit satu per satu. Bila semuanya lambat, itu hanya menambah kerja; anggaran (seperlima dari pesan, seperti di Finagle) mencegahnya memperburuk keadaan: latensinya separuh dari retry-storm-without-budget, dan yang ganda hanya sebagian kecilnya.',
	'Both servers are restarted, one after the other, under load':
		'Kedua server dimulai ulang, satu per satu, saat beban berjalan',
	'Each server drains, stops, starts and comes back, while the other carries everything. Nothing else is to be seen.':
		'Tiap server dikuras, berhenti, mulai dan kembali, sementara yang lain memikul semuanya. Selain itu tidak tampak apa-apa.',
	'Asked to go, a server can end what it has begun. That is all the difference to a kill: no message is executed twice, no connection breaks, and clients notice nothing.':
		'Bila diminta pergi, server bisa menyelesaikan yang sudah dimulainya. Itulah seluruh bedanya dari dimatikan paksa: tidak ada pesan yang dieksekusi dua kali, tidak ada koneksi yang putus, dan klien tidak merasakan apa-apa.',
	'Both are new, and nobody has noticed.': 'Keduanya baru, dan tak seorang pun merasakannya.',
	'One of two servers becomes slow, and the balancer looks at what is unanswered':
		'Satu dari dua server menjadi lambat, dan load balancer melihat yang belum dijawab',
	'The share of Server 1 falls while it is slow, without any check failing: it is UP all the time. Change `algorithm` to round-robin and see half of all messages go on waiting.':
		'Bagian Server 1 turun selama ia lambat, tanpa satu pemeriksaan pun gagal: ia UP sepanjang waktu. Ubah `algorithm` menjadi round-robin dan lihat separuh dari semua pesan terus menunggu.',
	'A slow server is well by every check, so only the algorithm can help. One that counts unanswered messages sends it as much as it can answer; one that deals in turn lets half of the clients wait.':
		'Server yang lambat tetap sehat menurut semua pemeriksaan, jadi hanya algoritma yang bisa menolong. Yang menghitung pesan belum dijawab mengiriminya sebanyak yang sanggup dijawabnya; yang membagi bergiliran membiarkan separuh klien menunggu.',
	'It is fast again, and gets its half again.': 'Ia cepat lagi, dan mendapat separuh bagiannya lagi.',
	'Its share of the whole run tells what it was spared.':
		'Bagiannya dari seluruh lab menunjukkan apa yang tak dibebankan kepadanya.',
	'Five hundred messages at once, every two seconds': 'Lima ratus pesan sekaligus, setiap dua detik',
	"The balancer's waiting line takes the herd in; each server is given 16 at a time and no more, and the line is empty long before the next herd comes. p99 is the time in the line.":
		'Antrean load balancer menampung kawanan itu; tiap server diberi 16 sekaligus dan tidak lebih, dan antrean sudah kosong jauh sebelum kawanan berikutnya datang. p99 adalah waktu di dalam antrean.',
	'A server that is given everything at once gains nothing by it. A bound on what it may have (--server-maxconn) and a line before it turn a stampede into a queue, and nobody is turned away as long as the line is long enough.':
		'Server yang diberi semuanya sekaligus tidak mendapat keuntungan apa pun. Batas atas yang boleh dipegangnya (--server-maxconn) dan antrean di depannya mengubah serbuan menjadi barisan, dan tak seorang pun ditolak selama antreannya cukup panjang.',
} as const;
