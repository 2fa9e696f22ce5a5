'use client';

import { ChevronDown, Download } from 'lucide-react';
import { Button } from '#components/ui/button.tsx';
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from '#components/ui/dropdown-menu.tsx';
import { ComparePicker, type ComparePickerProps } from './compare-picker.tsx';

/** What can be done with a whole trace. */
export function TraceActions(props: ComparePickerProps) {
  const href = `/api/v1/traces/${props.traceId}`;
  return (
    // On a phone a row of its own: the name of the trace needs the first.
    <span className="flex gap-2 max-md:w-[calc(100vw-32px)]">
      <ComparePicker {...props} />
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button>
            <Download size={12} aria-hidden /> Download <ChevronDown size={12} aria-hidden />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent>
          <DropdownMenuItem asChild>
            <a href={href} download>
              JSON, as shown here
            </a>
          </DropdownMenuItem>
          <DropdownMenuItem asChild>
            <a href={`${href}?format=otlp`} download>
              OTLP JSON, for other tools
            </a>
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </span>
  );
}
