// A server that says why and ends before it listens.
process.stderr.write('exits-at-once: no configuration found\n');
process.exit(7);
