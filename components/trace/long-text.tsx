'use client';

import { useState } from 'react';

/** More than this is shown only on demand: a stack trace must not bury the next attribute. */
const CHARS_MAX = 240;

/** Text from outside, cut with the rest on demand. */
export function LongText({ text }: { text: string }) {
  const [whole, setWhole] = useState(false);
  const long = text.length > CHARS_MAX;
  return (
    <span className="whitespace-pre-wrap break-words">
      {long && !whole ? `${text.slice(0, CHARS_MAX)}… ` : text}
      {long && (
        <button
          type="button"
          aria-expanded={whole}
          onClick={() => setWhole(!whole)}
          className="ml-1 rounded-sm font-sans text-xs text-accent hover:underline"
        >
          {whole ? 'Show less' : `Show all ${text.length} characters`}
        </button>
      )}
    </span>
  );
}
