/** What keys do, and why they cannot. */
export const keys = {
	'the lab is stopping': 'lab sedang berhenti',
	'no fault is in force on {name}': 'tidak ada gangguan yang berlaku pada {name}',
} as const;
