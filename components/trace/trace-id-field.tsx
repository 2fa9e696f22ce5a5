'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';
import { readTraceId } from '#components/shell/read-trace-id.ts';
import { Input } from '#components/ui/input.tsx';

/** Goes to a trace as soon as a whole id, a traceparent or a link with one is in the field, or is pasted anywhere on the page. */
export function TraceIdField() {
  const router = useRouter();

  // Synchronises with the clipboard of the document.
  useEffect(() => {
    function onPaste(event: ClipboardEvent) {
      const id = readTraceId(event.clipboardData?.getData('text') ?? '');
      // Fields take what is pasted into them themselves.
      if (!id || (event.target instanceof Element && event.target.closest('input, textarea, select'))) return;
      event.preventDefault();
      router.push(`/traces/${id}`);
    }
    document.addEventListener('paste', onPaste);
    return () => document.removeEventListener('paste', onPaste);
  }, [router]);

  return (
    <Input
      aria-label="Open a trace by its id"
      placeholder="Paste a trace id"
      spellCheck={false}
      autoComplete="off"
      className="w-44"
      onChange={(event) => {
        const id = readTraceId(event.target.value);
        if (id) router.push(`/traces/${id}`);
      }}
    />
  );
}
