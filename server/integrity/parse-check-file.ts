import path from 'node:path';
import { Cron } from 'croner';
import { z } from 'zod';
import { parseYaml } from '#server/config/parse-yaml.ts';
import { AppError } from '#server/errors.ts';
import { CheckName, type CheckSeverity } from './schema.ts';

/** A check as its file states it. */
export interface CheckDefinition {
  name: string;
  title: string;
  description: string;
  severity: CheckSeverity;
  owner: string;
  schedule: string;
  /** The columns that tell one violation from another. */
  key: string[];
  sql: string;
}

const KEY_COLUMNS_MAX = 8;
const CheckFile = z.strictObject({
  name: CheckName,
  title: z.string().min(1).max(200),
  description: z.string().max(2_000).default(''),
  severity: z.enum(['critical', 'warning', 'info']),
  owner: z.string().min(1).max(200),
  schedule: z.string().superRefine((text, context) => {
    try {
      void new Cron(text, { paused: true });
    } catch (error) {
      context.addIssue({ code: 'custom', message: `is not a cron schedule: ${(error as Error).message}` });
    }
  }),
  key: z.array(z.string().min(1).max(63)).min(1).max(KEY_COLUMNS_MAX),
  sql: z.string().min(1).max(20_000),
});

/** Reads one check. Its SQL is not looked at: Postgres judges it, and its role bounds it. */
export function parseCheckFile(text: string, file: string): CheckDefinition {
  const { value, lineOf } = parseYaml(text, CheckFile);
  const expected = path.basename(file, path.extname(file));
  if (value.name !== expected)
    throw new AppError(
      'BAD_REQUEST',
      `line ${lineOf(['name'])}: name: the check in ${file} must be named ${expected}, so that names are unique`,
    );
  return { ...value, sql: value.sql.trim().replace(/;+$/, '').trim() };
}
