// `npm run rules:test -- FILE...`: what `promtool test rules FILE...` does, on our engine.
import { runTestFile } from './unit-tests/run-test-file.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
  process.stderr.write('Name at least one test file: npm run rules:test -- config/rules/tests/switchyard.test.yaml\n');
  process.exit(2);
}
let failed = false;
for (const file of files) {
  const failures = await runTestFile(file);
  failed ||= failures.length > 0;
  const verdict =
    failures.length === 0
      ? '  SUCCESS'
      : `  FAILED:\n${failures.map((text) => text.replace(/^/gm, '    ')).join('\n\n')}`;
  process.stdout.write(`Unit Testing:  ${file}\n${verdict}\n\n`);
}
process.exitCode = failed ? 1 : 0;
