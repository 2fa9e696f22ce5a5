import type { Actor } from '#server/context.ts';

/** Whoever sits at this machine: nobody else reaches the console until there is a login. */
export const LOCAL_OPERATOR: Actor = { id: 'local', name: 'Local operator', role: 'admin' };
