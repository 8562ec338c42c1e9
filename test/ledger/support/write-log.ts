/** Log lines as a run would write them, for tests that make up what happened. */

const second = '2024-10-11 19:52:42';
const line = (label: string, text: string, values: string) =>
	`${label}: ${second} - ${text} | at=19:52:42.113 ${values}`;

export const sent = (id: string, attempt = 1) =>
	line('Message Sent', 'HAI IDO', `by=client-${clientOf(id)} id=${id} try=${attempt}`);
export const executed = (id: string, server: number) =>
	line('ACK Sent', `ACK from Server ${server}`, `by=server-${server} id=${id}`);
export const repeated = (id: string, server: number) => `${executed(id, server)} repeat=1`;
export const told = (id: string, server: number, by: number) => `${repeated(id, server)} executed-by="Server ${by}"`;
export const received = (id: string, server: number) =>
	line('Message Received', `ACK from Server ${server}`, `by=client-${clientOf(id)} id=${id} ms=1.00 try=1`);
export const gaveUp = (id: string) =>
	line(
		'Message Failed',
		`${id} given up after 2 attempts: timeout`,
		`by=client-${clientOf(id)} id=${id} cause=timeout tries=2`,
	);
export const started = (pid = 7) => line('Lab', 'lbtop started', `by=lbtop pid=${pid} servers=2`);
export const stopped = (pid = 7, count = 0) => line('Lab', 'lbtop stopped', `by=lbtop pid=${pid} sent=${count}`);
export const listening = (server: number, detail = 'all') =>
	line('Server', `Server ${server} listening on 127.0.0.1:900${server}`, `by=server-${server} log-detail=${detail}`);
export const up = (name: string) =>
	line('Server', `${name} is UP`, `by=balancer server="${name}" route=UP cause="answered its check" check=L7OK ms=0.7`);
export const lost = (by: string, lines: number) =>
	line('Lab', `${lines} log lines were lost`, `by=${by} dropped=${lines} cause=ENOSPC`);

/** All of a message that goes as it should. */
export const whole = (id: string, server: number) => [sent(id), executed(id, server), received(id, server)];

function clientOf(id: string): string {
	return /^c(\d+)/.exec(id)![1]!;
}
