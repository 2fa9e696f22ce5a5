import { LineCounter, parseDocument, visit } from 'yaml';
import type { z } from 'zod';
import { AppError } from '#server/errors.ts';

const FAULTS_SHOWN = 5;

export interface ParsedYaml<T> {
  value: T;
  /** The line (from 1) where the value at a path stands, or its nearest parent. */
  lineOf: (path: readonly PropertyKey[]) => number;
}

export interface YamlOptions {
  /** Numbers and yes-or-no come as they were written, as Go's reader gives them to a field of text: `0x10` is no sixteen, `1.10` no `1.1`. */
  asWritten?: boolean;
}

/** Parses one YAML document and checks its shape; throws an AppError that names the first faults with their lines. */
export function parseYaml<Schema extends z.ZodType>(
  text: string,
  schema: Schema,
  { asWritten = false }: YamlOptions = {},
): ParsedYaml<z.infer<Schema>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const lineOf = (path: readonly PropertyKey[]): number => {
    const node = document.getIn(path, true) as { range?: [number, number, number] } | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
    return path.length === 0 ? 1 : lineOf(path.slice(0, -1));
  };
  const broken = document.errors[0];
  if (broken) throw fault([`line ${lines.linePos(broken.pos[0]).line}: ${broken.message}`]);
  if (asWritten) {
    visit(document, {
      Scalar: (_key, node) => {
        if (typeof node.value === 'number' || typeof node.value === 'boolean') node.value = node.source ?? node.value;
      },
    });
  }
  const result = schema.safeParse(document.toJS());
  if (!result.success) {
    throw fault(
      result.error.issues.map((issue) => {
        const where = issue.path.length > 0 ? `${issue.path.map(String).join('.')}: ` : '';
        const message = issue.code === 'invalid_key' ? issue.issues[0]?.message : issue.message;
        return `line ${lineOf(issue.path)}: ${where}${message}`;
      }),
    );
  }
  return { value: result.data, lineOf };
}

function fault(faults: string[]): AppError {
  const more = faults.length > FAULTS_SHOWN ? [`and ${faults.length - FAULTS_SHOWN} more`] : [];
  return new AppError('BAD_REQUEST', [...faults.slice(0, FAULTS_SHOWN), ...more].join('; '));
}
