'use client';

import { useQuery } from '@tanstack/react-query';
import { useTRPC } from '#components/trpc/context.ts';
import { Dialog, DialogContent } from '#components/ui/dialog.tsx';
import { Empty } from '#components/ui/empty.tsx';
import { QueryState } from '#components/ui/query-state.tsx';
import { SkeletonRows } from '#components/ui/skeleton.tsx';
import { ShareForm } from './share-form.tsx';
import { ShareRow } from './share-row.tsx';

/** Makes links that show this page and nothing else, and takes them back. */
export function ShareDialog({ onClose }: { onClose: () => void }) {
  const links = useQuery(useTRPC().healthShares.list.queryOptions());
  return (
    <Dialog open onOpenChange={(open) => !open && onClose()}>
      <DialogContent
        title="Share the health page"
        description="Whoever has the link reads this page until it expires. It opens nothing else, and changes nothing."
      >
        <ShareForm />
        <section aria-label="Links" className="mt-4 overflow-hidden rounded-md border border-line">
          <QueryState
            query={links}
            what="The links"
            loading={<SkeletonRows rows={3} />}
            isEmpty={(list) => list.length === 0}
            empty={<Empty title="No link was made yet">Links stay listed here for 30 days after they end.</Empty>}
          >
            {(list) => (
              <ul>
                {list.map((share) => (
                  <ShareRow key={share.id} share={share} />
                ))}
              </ul>
            )}
          </QueryState>
        </section>
      </DialogContent>
    </Dialog>
  );
}
