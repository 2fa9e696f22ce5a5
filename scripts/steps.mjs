import { spawn } from 'node:child_process';

const TICK_MS = 10_000;
const paint = (code, text) =>
  process.stdout.isTTY && !process.env.NO_COLOR ? `\u001B[${code}m${text}\u001B[0m` : text;

export const say = (text) => process.stdout.write(`${text}\n`);

/**
 * Runs one step of the preparation and says how long it took. A long step shows that it is alive: a running clock on a
 * terminal, a line every ten seconds elsewhere. `work` may return a note to show behind the title.
 */
export async function step(title, work) {
  const startedAt = Date.now();
  const seconds = () => `${((Date.now() - startedAt) / 1_000).toFixed(1)} s`;
  const draw = () => process.stdout.write(`\r  ${paint(36, '…')} ${title}  ${paint(2, seconds())}  `);
  const timer = process.stdout.isTTY
    ? setInterval(draw, 200)
    : setInterval(() => say(`  … ${title}, ${seconds()} so far`), TICK_MS);
  const clear = process.stdout.isTTY ? '\r\u001B[2K' : '';
  try {
    const note = await work();
    say(`${clear}  ${paint(32, '✓')} ${title}${note ? ` ${paint(2, note)}` : ''}  ${paint(2, seconds())}`);
  } catch (error) {
    say(`${clear}  ${paint(31, '✗')} ${title}`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Runs a command to its end; its output is shown only when it fails, or as it comes with `show`. */
export function run(command, args, { env = {}, show = false } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      if (code === 0) resolve(output);
      else
        reject(
          new Error(
            `${command} ${args.join(' ')} ended with ${signal ?? `code ${code}`}\n${shorten(output.trim().split('\n'))}`,
          ),
        );
    });
  });
}

/** Causes stand at the start (npm, compilers) or at the end (stacks): both are kept. */
function shorten(lines) {
  if (lines.length <= 60) return lines.join('\n');
  return [...lines.slice(0, 20), `… ${lines.length - 60} lines …`, ...lines.slice(-40)].join('\n');
}

/** Ends the script with the error's message alone: a person needs what went wrong, not our stack. */
export function exitWith(error) {
  process.stderr.write(`\n${error instanceof Error ? error.message : error}\n`);
  process.exit(1);
}
