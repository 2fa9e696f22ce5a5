// Generates the Prisma client into prisma/generated when its schema or version changed.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { exitWith, run } from './steps.mjs';

process.chdir(fileURLToPath(new URL('..', import.meta.url)));
const OUTPUT = 'prisma/generated';
const STAMP = path.join(OUTPUT, '.stamp');
const INPUTS = ['prisma/schema.prisma', 'prisma.config.ts', 'node_modules/prisma/package.json'];

const inputs = createHash('sha256');
for (const file of INPUTS) inputs.update(readFileSync(file));
const expected = inputs.digest('hex');

if (!existsSync(STAMP) || readFileSync(STAMP, 'utf8') !== expected) {
  rmSync(OUTPUT, { recursive: true, force: true });
  // `generate` never runs the schema engine, yet downloads one unless this names an existing file.
  const env = {
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  };
  await run(process.execPath, ['node_modules/prisma/build/index.js', 'generate'], { env }).catch(exitWith);
  writeFileSync(STAMP, expected);
}
