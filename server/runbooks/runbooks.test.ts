import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getRunbook } from './get-runbook.ts';
import { listRunbooks } from './list-runbooks.ts';
import { renderMarkdown } from './render-markdown.ts';

let dir: string;
const ctx = () => ({ config: { runbooksDir: dir } });
const write = (file: string, text: string) => writeFileSync(path.join(dir, file), text);

beforeAll(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'switchyard-runbooks-'));
  write('circuit-open.md', '# A breaker is `open`\n\nLook at [Circuits](/circuits) first.\n');
  write('b-side.md', 'No heading here.\n');
  write('Not A Name.md', '# hidden');
  write('notes.txt', '# hidden');
});
afterAll(() => rmSync(dir, { recursive: true }));

describe('runbooks', () => {
  it('lists those that have an address, by title', async () => {
    expect(await listRunbooks(ctx())).toEqual([
      { name: 'circuit-open', title: 'A breaker is open' },
      { name: 'b-side', title: 'b-side' },
    ]);
  });

  it('renders one', async () => {
    const { title, html } = await getRunbook(ctx(), { name: 'circuit-open' });
    expect(title).toBe('A breaker is open');
    expect(html).toContain('<h1>A breaker is <code>open</code></h1>');
    expect(html).toContain('<a href="/circuits">Circuits</a>');
  });

  it('says how to write a missing one', async () => {
    await expect(getRunbook(ctx(), { name: 'missing' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      message: expect.stringContaining('config/runbooks/missing.md'),
    });
  });

  it('is empty without the folder', async () => {
    expect(await listRunbooks({ config: { runbooksDir: path.join(dir, 'none') } })).toEqual([]);
  });
});

describe('renderMarkdown', () => {
  it.each([
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '<a href="javascript:alert(1)">x</a>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt&colon;alert(1))',
    '[x](data:text/html,<script>alert(1)</script>)',
    '![x](x" onerror="alert(1))',
    '<svg><style><img src=x onerror=alert(1)></style></svg>',
    '<div style="background:url(javascript:alert(1))" onclick="alert(1)">x</div>',
    '<iframe src="//attacker.example"></iframe>',
    '[x](//attacker.example)',
  ])('lets nothing run from %s', (markdown) => {
    const html = renderMarkdown(markdown);
    expect(html).not.toMatch(/<(script|img|svg|style|iframe|div)|javascript:|data:|<[^>]*\son\w+=|href="\/\//i);
  });

  it('keeps what Markdown says, and opens other sites beside the console', () => {
    expect(renderMarkdown('| a |\n|---|\n| `b` |')).toContain('<td><code>b</code></td>');
    expect(renderMarkdown('[x](https://example.com)')).toContain('rel="noreferrer noopener"');
    expect(renderMarkdown('`<script>`')).toContain('<code>&lt;script&gt;</code>');
  });
});
