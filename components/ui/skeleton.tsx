import { clsx } from 'clsx';

/** A grey stand-in of the shape that is coming; give it the size of the real thing. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={clsx('animate-breathe rounded-sm bg-hover', className)} />;
}

/** Rows of a table that is being loaded, in the height of real rows. */
export function SkeletonRows({ rows = 6 }: { rows?: number }) {
  return (
    <div role="status" aria-label="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} className="flex h-row items-center gap-6 border-b border-line px-4 last:border-0">
          <Skeleton className="h-2.5 w-28" />
          <Skeleton className={clsx('h-2.5', row % 2 ? 'w-44' : 'w-56')} />
          <Skeleton className="ml-auto h-2.5 w-14" />
        </div>
      ))}
    </div>
  );
}
