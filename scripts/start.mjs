import { spawn } from 'node:child_process';
import path from 'node:path';
import { NODE, prepare } from './prepare.mjs';
import { exitWith, say } from './steps.mjs';

say('\nSwitchyard\n');
await prepare().catch(exitWith);

const child = spawn(NODE, ['--disable-warning=ExperimentalWarning', 'server/start.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
  // What Node has compiled it keeps here; from the second start on it need not load what strips types, 20 MB in each process.
  env: { ...process.env, NODE_COMPILE_CACHE: path.join(import.meta.dirname, '../node_modules/.cache/compile') },
});
// Ctrl-C reaches the whole group; the supervisor decides when it is over, so we only wait. A signal sent to us alone is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
