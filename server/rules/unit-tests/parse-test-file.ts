import { z } from 'zod';
import { parseYaml } from '#server/config/parse-yaml.ts';
import { parseDuration } from '../parse-duration.ts';

const Duration = z.string().transform((text, context) => {
  try {
    return parseDuration(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: (error as Error).message });
    return z.NEVER;
  }
});
const Texts = z.record(z.string(), z.string()).nullish();

const AlertTest = z.strictObject({
  eval_time: Duration,
  alertname: z.string().min(1),
  exp_alerts: z.array(z.strictObject({ exp_labels: Texts, exp_annotations: Texts })).nullish(),
});
export type AlertTest = z.infer<typeof AlertTest>;

const ExpectedValue = z.string().transform((text, context) => {
  const plain = text.toLowerCase().replace(/^([-+]?)\.?(inf|nan)$/, '$1$2');
  if (plain === 'nan') return NaN;
  if (/^[-+]?inf$/.test(plain)) return plain.startsWith('-') ? -Infinity : Infinity;
  const value = Number(plain);
  if (plain !== '' && !Number.isNaN(value)) return value;
  context.addIssue({ code: 'custom', message: `"${text}" is not a number` });
  return z.NEVER;
});
const ExprTest = z.strictObject({
  expr: z.string(),
  eval_time: Duration,
  exp_samples: z
    .array(
      z.strictObject({
        labels: z.string().default(''),
        value: ExpectedValue.optional().default(0),
        histogram: z.string().optional(),
      }),
    )
    .nullish(),
});
export type ExprTest = z.infer<typeof ExprTest>;

const Test = z.strictObject({
  name: z.string().optional(),
  interval: Duration.nullish(),
  input_series: z.array(z.strictObject({ series: z.string(), values: z.string() })).nullish(),
  alert_rule_test: z.array(AlertTest).nullish(),
  promql_expr_test: z.array(ExprTest).nullish(),
  external_labels: Texts,
  external_url: z.string().nullish(),
  start_timestamp: z.string().optional(),
});
export type RuleTest = z.infer<typeof Test>;

const TestFile = z.strictObject({
  rule_files: z.array(z.string()).nullish(),
  evaluation_interval: Duration.nullish(),
  group_eval_order: z.array(z.string()).nullish(),
  fuzzy_compare: z.stringbool().default(false),
  tests: z.array(Test).nullish(),
});
export type RuleTestFile = z.infer<typeof TestFile>;

/** Reads a file for `promtool test rules`; throws an AppError that names what is wrong, and where. */
export function parseTestFile(text: string): RuleTestFile {
  return parseYaml(text, TestFile, { asWritten: true }).value;
}
