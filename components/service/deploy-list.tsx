'use client';

import type { Deploy } from '#server/deploys/schema.ts';
import { Moment } from '#components/format/moment.tsx';
import { StatusGlyph } from '#components/ui/status-glyph.tsx';
import { severityTone, TONE_TEXT } from '#components/ui/tone.ts';

/** What was rolled out, newest first, each with how the half hour after it compares with the one before. */
export function DeployList({ deploys }: { deploys: readonly Deploy[] }) {
  return (
    <ol className="max-h-[264px] overflow-y-auto">
      {deploys.map(({ id, version, previousVersion, atMs, url, by, source, verdict }) => {
        const tone = severityTone(verdict?.severity ?? 'info');
        return (
          <li
            key={id}
            className="grid grid-cols-[14px_minmax(0,1fr)_max-content] items-baseline gap-x-2.5 border-b border-line px-4 py-1.5 last:border-0"
          >
            <StatusGlyph
              tone={tone}
              label={verdict?.severity ?? 'not judged'}
              size={12}
              className="translate-y-[1px]"
            />
            <div className="min-w-0">
              <p className="truncate">
                {previousVersion && <span className="text-ink-faint">{previousVersion} → </span>}
                <span className="font-medium text-ink">{version}</span>
                <span className="text-xs text-ink-faint">
                  {by ? ` · by ${by}` : source === 'seen' ? ' · seen in its spans' : ''}
                  {url && (
                    <>
                      {' · '}
                      <a
                        href={url}
                        target="_blank"
                        rel="noreferrer"
                        className="underline decoration-line-strong underline-offset-[3px] hover:text-accent"
                      >
                        details
                      </a>
                    </>
                  )}
                </span>
              </p>
              {verdict && (
                <p
                  className={`text-xs text-pretty ${tone === 'ok' || tone === 'info' ? 'text-ink-muted' : TONE_TEXT[tone]}`}
                >
                  after {version}: {verdict.text}
                </p>
              )}
            </div>
            <Moment ms={atMs} show="both" className="whitespace-nowrap text-xs text-ink-faint" />
          </li>
        );
      })}
    </ol>
  );
}
