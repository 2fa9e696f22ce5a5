import { z } from 'zod';

/** A page with its filters and its time, under a name. */
export interface SavedView {
  id: string;
  name: string;
  /** Path and search within the console. */
  path: string;
}

/** More than this nobody finds anything among. */
export const VIEWS_MAX = 100;
export const NAME_CHARS_MAX = 80;
const PATH_CHARS_MAX = 4_000;

/** The first segments of what the console has pages for: an address of the API or of a file is no view. */
const PAGES = new Set([
  '',
  'alerts',
  'circuits',
  'dead-letters',
  'errors',
  'gateway',
  'health',
  'integrity',
  'load-tests',
  'logs',
  'map',
  'metrics',
  'runbooks',
  'services',
  'sources',
  'traces',
]);

/** True for the path and search of a page of this console, exactly as a browser would write them. */
export function isConsolePath(path: string): boolean {
  if (!path.startsWith('/') || path.length > PATH_CHARS_MAX) return false;
  const base = 'http://console.invalid';
  if (!URL.canParse(path, base)) return false;
  // What a browser reads otherwise than it is written (`//host`, `/\host`, `/a/../api`, control characters) is nobody's address bar.
  const url = new URL(path, base);
  return url.origin === base && `${url.pathname}${url.search}` === path && PAGES.has(url.pathname.split('/')[1] ?? '');
}

const name = z
  .string()
  .trim()
  .min(1, 'Give the view a name.')
  .max(NAME_CHARS_MAX, `A name has at most ${NAME_CHARS_MAX} characters.`);

export const SaveViewInput = z.object({
  name,
  path: z.string().refine(isConsolePath, 'Only pages of this console can be saved.'),
});
export type SaveViewInput = z.infer<typeof SaveViewInput>;
export const RenameViewInput = z.object({ id: z.uuid(), name });
export type RenameViewInput = z.infer<typeof RenameViewInput>;
export const DeleteViewInput = z.object({ id: z.uuid() });
export type DeleteViewInput = z.infer<typeof DeleteViewInput>;
