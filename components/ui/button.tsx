import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

const VARIANTS = {
  primary: 'bg-accent text-accent-ink hover:bg-accent-strong font-medium',
  secondary: 'border border-line-strong bg-surface text-ink hover:bg-hover',
  ghost: 'text-ink-muted hover:bg-hover hover:text-ink',
  danger: 'border border-critical bg-critical-soft text-critical hover:bg-critical hover:text-surface font-medium',
} as const;

const SIZES = {
  sm: 'h-6 gap-1 rounded-sm px-2 text-xs',
  md: 'h-7 gap-1.5 rounded-md px-2.5 text-xs',
  icon: 'size-7 justify-center rounded-md',
} as const;

/** The classes of a button, for links that act as one. */
export function buttonClass(variant: keyof typeof VARIANTS = 'secondary', size: keyof typeof SIZES = 'md'): string {
  return clsx(
    'inline-flex shrink-0 select-none items-center whitespace-nowrap transition-colors duration-100',
    'disabled:pointer-events-none disabled:opacity-50',
    VARIANTS[variant],
    SIZES[size],
  );
}

export interface ButtonProps extends ComponentProps<'button'> {
  variant?: keyof typeof VARIANTS;
  /** `icon` is a square: give it an `aria-label`. */
  size?: keyof typeof SIZES;
}

export function Button({ variant, size, className, type = 'button', ...props }: ButtonProps) {
  return <button type={type} className={clsx(buttonClass(variant, size), className)} {...props} />;
}
