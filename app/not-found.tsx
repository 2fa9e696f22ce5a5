import { connection } from 'next/server';
import { Wordmark } from '#components/shell/wordmark.tsx';
import { buttonClass } from '#components/ui/button.tsx';

export default async function NotFound() {
  // Rendered for the request, because its scripts carry the nonce of the request's policy.
  await connection();
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-2 px-6 text-center">
      <Wordmark />
      <h1 className="mt-4 text-xl font-semibold">No line leads here</h1>
      <p className="max-w-[48ch] text-ink-muted text-pretty">
        The address names nothing that the console knows. What it named may have aged out of the store.
      </p>
      {/* Not a Link: every page is sent this one too, and would pay for both. */}
      {/* oxlint-disable-next-line nextjs/no-html-link-for-pages */}
      <a href="/" className={`${buttonClass('secondary')} mt-3`}>
        To the overview
      </a>
    </main>
  );
}
