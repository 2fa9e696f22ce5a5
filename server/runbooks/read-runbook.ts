import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { marked } from 'marked';

const FILE_BYTES_MAX = 256 * 1024;

/** A runbook's Markdown, or null when there is no such file. `name` must have been parsed: it becomes a path. */
export async function readRunbook(dir: string, name: string): Promise<string | null> {
  const file = path.join(dir, `${name}.md`);
  try {
    const { size } = await stat(file);
    return size > FILE_BYTES_MAX
      ? `# ${name}\n\nThis file is larger than ${FILE_BYTES_MAX / 1024} KiB: open config/runbooks/${name}.md in an editor.`
      : await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}

/** The first heading as plain text; the name when there is none. */
export function titleOf(markdown: string, name: string): string {
  const heading = marked.lexer(markdown).find((token) => token.type === 'heading');
  return heading && 'text' in heading ? String(heading.text).replace(/[*_`]/g, '') : name;
}
