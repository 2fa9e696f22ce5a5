import type { z } from 'zod';
import type { Ctx } from '#server/context.ts';
import { AppError } from '#server/errors.ts';
import { readRunbook, titleOf } from './read-runbook.ts';
import { renderMarkdown } from './render-markdown.ts';
import type { GetRunbookInput, Runbook } from './schema.ts';

export async function getRunbook(
  { config }: { config: Pick<Ctx['config'], 'runbooksDir'> },
  { name }: z.infer<typeof GetRunbookInput>,
): Promise<Runbook> {
  const markdown = await readRunbook(config.runbooksDir, name);
  if (markdown === null)
    throw new AppError('NOT_FOUND', `There is no runbook ${name}. Write it as config/runbooks/${name}.md.`);
  return { name, title: titleOf(markdown, name), html: renderMarkdown(markdown) };
}
