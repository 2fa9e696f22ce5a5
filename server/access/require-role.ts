import type { Actor } from '#server/context.ts';
import { AppError } from '#server/errors.ts';

const RANK: Record<Actor['role'], number> = { reader: 0, editor: 1, admin: 2 };

/** Throws FORBIDDEN unless the actor may do what `role` may. First step of every verb that changes something. */
export function requireRole(actor: Actor, role: Actor['role']): void {
  if (RANK[actor.role] < RANK[role])
    throw new AppError(
      'FORBIDDEN',
      `This takes the role ${role}; ${actor.name} is ${actor.role}. Ask an administrator.`,
    );
}
