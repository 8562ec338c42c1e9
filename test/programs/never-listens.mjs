// A server that runs and never opens its port.
setInterval(() => {}, 60_000);
