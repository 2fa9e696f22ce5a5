import { z } from 'zod';

/** A query procedure of the API, such as `services.series`, and what a page would ask it. */
export const ExplainInput = z.object({
  path: z
    .string()
    .max(80)
    .regex(/^\w+\.\w+$/, 'The path is a domain and a question, such as services.series.'),
  input: z.unknown(),
});
export type ExplainInput = z.infer<typeof ExplainInput>;

/** What a statement reads of one table once its indexes have ruled out the rest. */
export interface TableRead {
  table: string;
  parts: number;
  rows: number;
}

/** One question to the telemetry store. */
export interface Statement {
  name: string;
  sql: string;
  /** By name, as JSON; what is long is cut. */
  params: Record<string, string>;
  tookMs: number;
  /** Null when the store could not say, as for a statement that fails. */
  reads: TableRead[] | null;
}

export interface Explained {
  path: string;
  /** From question to answer, with what was not the store's. */
  tookMs: number;
  statements: Statement[];
  /** Why the question failed, if it did; its statements are told all the same. */
  fault: string | null;
}
