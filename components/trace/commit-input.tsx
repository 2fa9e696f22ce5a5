'use client';

import type { ComponentProps } from 'react';
import { Input } from '#components/ui/input.tsx';

interface CommitInputProps extends Omit<ComponentProps<typeof Input>, 'value' | 'onChange'> {
  value: string;
  /** Called with what was typed when it is meant: on Enter and on leaving the field. Answer false to say that it cannot be read. */
  onCommit: (text: string) => boolean | void;
}

/** A field whose text is taken over when it is finished; the key makes it follow a change from elsewhere. */
export function CommitInput({ value, onCommit, ...props }: CommitInputProps) {
  function commit(field: HTMLInputElement) {
    if (field.value.trim() === value) return;
    const understood = onCommit(field.value.trim()) !== false;
    field.setAttribute('aria-invalid', String(!understood));
  }
  return (
    <Input
      key={value}
      defaultValue={value}
      onBlur={(event) => commit(event.currentTarget)}
      onKeyDown={(event) => event.key === 'Enter' && commit(event.currentTarget)}
      {...props}
    />
  );
}
