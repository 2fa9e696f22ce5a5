import type { Role } from '#services/kit/tokens.ts';

/** Who is let in: anybody, or who bears a token of the role. */
export type Access = 'public' | Role;

export interface AccessRule {
  methods: readonly string[];
  /** As the service sees it; a last `*` stands for one segment or more. */
  path: string;
  access: Access;
}

const READ = ['GET', 'HEAD'];
const WRITE = ['POST', 'PUT', 'PATCH', 'DELETE'];

/** What no rule names is for those who are logged in: what is forgotten here is closed, and not open. */
export const DEFAULT_ACCESS: Access = 'USER';

/** The first that fits decides. What is said here is said again by the service, which may be asked past the gateway. */
export const ACCESS_RULES: readonly AccessRule[] = [
  { methods: ['POST'], path: '/auth/register', access: 'public' },
  { methods: ['POST'], path: '/auth/login', access: 'public' },
  { methods: READ, path: '/products', access: 'public' },
  { methods: READ, path: '/products/*', access: 'public' },
  { methods: READ, path: '/inventory/*', access: 'public' },
  { methods: READ, path: '/bff/*', access: 'public' },
  { methods: WRITE, path: '/inventory/*', access: 'ADMIN' },
];
