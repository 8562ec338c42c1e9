/** What keys do, and why they cannot. */
export const keys = {
	"it is '{usage}'": "bentuknya '{usage}'",
	'the lab is stopping': 'lab sedang berhenti',
	"rate '{text}': it is {notation}": "laju '{text}': seharusnya {notation}",
	"algorithm '{algorithm}': it is one of {names}": "algoritma '{algorithm}': seharusnya salah satu dari {names}",
	"quit takes no '{text}', only now": "quit tidak menerima '{text}', hanya now",
	'a weight is a whole number from 0 to {most}': 'bobot adalah bilangan bulat dari 0 sampai {most}',
	"'{text}' is no time such as for=10s": "'{text}' bukan waktu seperti for=10s",
	"it is a command such as 'kill server-1' or {data}": "seharusnya perintah seperti 'kill server-1' atau {data}",
	"there is no command '{name}'; there are {names}": "tidak ada perintah '{name}'; yang ada {names}",
} as const;
