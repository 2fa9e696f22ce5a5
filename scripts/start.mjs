import { spawn } from 'node:child_process';
import { NODE, prepare } from './prepare.mjs';
import { exitWith, say } from './steps.mjs';

say('\nSwitchyard\n');
await prepare().catch(exitWith);

const child = spawn(NODE, ['--disable-warning=ExperimentalWarning', 'server/start.ts', ...process.argv.slice(2)], {
  stdio: 'inherit',
});
// Ctrl-C reaches the whole group; the supervisor decides when it is over, so we only wait. A signal sent to us alone is passed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
  process.on(signal, () => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  });
}
child.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
