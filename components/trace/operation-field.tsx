'use client';

import { useState } from 'react';
import { SuggestInput } from './suggest-input.tsx';

interface OperationFieldProps {
  operation: string | null;
  operations: readonly string[];
  onChange: (operation: string | null) => void;
}

const SHOWN_MAX = 60;

/** An operation by its whole name, completed from those that were seen. Give it the operation as `key`: it follows a change from elsewhere. */
export function OperationField({ operation, operations, onChange }: OperationFieldProps) {
  const [text, setText] = useState(operation ?? '');
  const wanted = text === operation ? '' : text.toLowerCase();
  const found = operations.filter((name) => name.toLowerCase().includes(wanted)).slice(0, SHOWN_MAX);
  return (
    <SuggestInput
      label="Operation"
      placeholder="Any operation"
      className="w-52"
      text={text}
      onText={setText}
      suggestions={found.map((name) => ({ text: name }))}
      onCommit={(typed) => {
        setText(typed);
        if (typed !== (operation ?? '')) onChange(typed || null);
        return true;
      }}
    />
  );
}
