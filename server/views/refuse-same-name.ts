import { Prisma } from '#prisma/generated/client.ts';
import { AppError } from '#server/errors.ts';

/** Runs the change; CONFLICT when another view has the name already. */
export async function refuseSameName<T>(name: string, change: () => Promise<T>): Promise<T> {
  try {
    return await change();
  } catch (cause) {
    if (!(cause instanceof Prisma.PrismaClientKnownRequestError) || cause.code !== 'P2002') throw cause;
    throw new AppError('CONFLICT', `There is a view called “${name}” already: choose another name.`, { cause });
  }
}
