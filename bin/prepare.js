// npm's `prepare`: builds when the build tools are there. `npx .` on a fresh clone runs this before anything is
// installed; then there is nothing to build with, and the launcher does it.
import {spawnSync} from 'node:child_process';
import {existsSync} from 'node:fs';
import path from 'node:path';
import {fileURLToPath} from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

// The committed log.txt is an excerpt to read; runs from the checkout append to the same name. git is told to look
// away from it here, so that a run leaves the work tree clean. Without git, or outside a clone, nothing is to be done.
if (existsSync(path.join(root, '.git')))
	spawnSync('git', ['update-index', '--skip-worktree', 'log.txt'], {cwd: root, stdio: 'ignore'});

if (existsSync(path.join(root, 'node_modules', 'rolldown'))) await import('./build.js');
