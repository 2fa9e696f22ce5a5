import { z } from 'zod';
import { AppError, type AppErrorCode } from '#server/errors.ts';
import type { Ctx } from '#server/context.ts';

/** A redrive runs the service's own handler before it answers. */
const TIMEOUT_MS = 4_000;

const Problem = z.object({ detail: z.string() });
const CODES: Record<number, AppErrorCode> = { 400: 'BAD_REQUEST', 404: 'NOT_FOUND', 409: 'CONFLICT' };

export const NOBODY_TO_ASK = 'No instance of it is registered and well: there is nobody to ask.';

/** The admin port of an instance of each registered service, null where none is well; any instance knows the letters of its service. */
export async function findAdminUrls({ db }: Pick<Ctx, 'db'>, service?: string): Promise<Map<string, string | null>> {
  const instances = await db.registeredInstance.findMany({
    where: { adminAddress: { not: null }, ...(service !== undefined && { service }) },
    // Those that are well come last, and so remain.
    orderBy: [{ service: 'asc' }, { status: 'asc' }, { instance: 'desc' }],
    select: { service: true, status: true, adminAddress: true },
  });
  return new Map(
    instances.map(({ service: name, status, adminAddress }) => [name, status === 'passing' ? adminAddress : null]),
  );
}

/** Asks a service's admin port about its dead letters; NOT_FOUND too when it consumes no events. */
export async function askService<Answer>(
  adminUrl: string,
  { method, path, body }: { method: 'GET' | 'POST'; path: string; body?: object },
  answerSchema: z.ZodType<Answer>,
): Promise<Answer> {
  let answer: Response;
  try {
    answer = await fetch(`${adminUrl}/dead-letters${path}`, {
      method,
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'error',
      ...(body && { headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }),
    });
  } catch (cause) {
    throw new AppError('UNAVAILABLE', `The admin port ${adminUrl} does not answer.`, { cause });
  }
  const said: unknown = await answer.json().catch(() => null);
  if (!answer.ok) {
    const problem = Problem.safeParse(said);
    const detail = problem.success ? problem.data.detail : `The admin port ${adminUrl} answered ${answer.status}.`;
    throw new AppError(CODES[answer.status] ?? 'UNAVAILABLE', detail);
  }
  const parsed = answerSchema.safeParse(said);
  if (parsed.success) return parsed.data;
  throw new AppError('UNAVAILABLE', `The admin port ${adminUrl} answered in another shape than expected.`, {
    cause: parsed.error,
  });
}
