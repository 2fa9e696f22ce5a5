'use client';

import { Button } from '#components/ui/button.tsx';
import { Dialog, DialogContent, DialogTrigger, SheetContent } from '#components/ui/dialog.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu.tsx';
import { Popover, PopoverContent, PopoverTrigger } from '#components/ui/popover.tsx';
import { Tooltip } from '#components/ui/tooltip.tsx';
import { Specimen } from './specimen.tsx';

/** Opened ones take the theme of the page: they hang on the body. */
export function Floating() {
  return (
    <Specimen title="Open each: they cast the only shadow">
      <Tooltip content="More about a control; never the only place of what matters.">
        <Button>Tooltip</Button>
      </Tooltip>
      <Popover>
        <PopoverTrigger asChild>
          <Button>Popover</Button>
        </PopoverTrigger>
        <PopoverContent className="w-64 p-3">A small form that belongs to its button.</PopoverContent>
      </Popover>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button>Menu</Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuLabel>Breaker</DropdownMenuLabel>
          <DropdownMenuItem>Force open</DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem disabled>Release</DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <Dialog>
        <DialogTrigger asChild>
          <Button>Dialog</Button>
        </DialogTrigger>
        <DialogContent title="Force payments open" description="For what must be decided before anything else goes on.">
          <p>The page behind is dimmed, Escape closes.</p>
        </DialogContent>
      </Dialog>
      <Dialog>
        <DialogTrigger asChild>
          <Button>Sheet</Button>
        </DialogTrigger>
        <SheetContent title="payments" description="The details of what was selected.">
          <p className="p-4">The page behind stays where it was.</p>
        </SheetContent>
      </Dialog>
    </Specimen>
  );
}
