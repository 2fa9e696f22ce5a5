import { Prisma } from '#prisma/generated/client.ts';
import { AppError } from '#server/errors.ts';
import type { CreateSloInput } from './schema.ts';

/** Runs the change; CONFLICT when the service has that very objective already. */
export async function refuseTwin<T>({ service, windowDays }: CreateSloInput, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (cause) {
    if (!(cause instanceof Prisma.PrismaClientKnownRequestError) || cause.code !== 'P2002') throw cause;
    throw new AppError(
      'CONFLICT',
      `${service} has an objective of this kind over ${windowDays} days already: change that one.`,
      { cause },
    );
  }
}
