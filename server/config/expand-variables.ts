import { AppError } from '#server/errors.ts';

/**
 * Puts environment variables into the strings of a parsed file: `${NAME}`, or `${NAME:-fallback}`. `${1}`, a group of a regular
 * expression, stays. Throws BAD_REQUEST for one that is not set and has no fallback.
 */
export function expandVariables(value: unknown, variables: Record<string, string | undefined>): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{([A-Za-z_]\w*)(?::-([^}]*))?\}/g, (whole, name: string, fallback: string | undefined) => {
      const given = variables[name] || fallback;
      if (given === undefined) {
        throw new AppError('BAD_REQUEST', `${whole} is not set in the environment and has no fallback`);
      }
      return given;
    });
  }
  if (Array.isArray(value)) return value.map((item) => expandVariables(item, variables));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, expandVariables(item, variables)]));
}
