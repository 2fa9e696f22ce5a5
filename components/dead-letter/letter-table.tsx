'use client';

import { ChevronRight } from 'lucide-react';
import { clsx } from 'clsx';
import { Fragment, useRef } from 'react';
import { Moment } from '#components/format/moment.tsx';
import { formatInteger } from '#components/format/number.ts';
import { Table, Tbody, Td, Th, Thead, Tr } from '#components/ui/table.tsx';
import { useListKeys } from '#components/ui/use-list-keys.ts';
import type { LetterGroup } from './group-letters.ts';
import { letterId } from './letter-id.ts';
import { LetterLine } from './letter-line.tsx';
import { PickBox } from './pick-box.tsx';
import { showText } from './show-text.ts';

interface LetterTableProps {
  groups: readonly LetterGroup[];
  /** Of the groups that are unfolded. */
  unfolded: readonly string[];
  selected: string | null;
  /** Null where nothing can be decided any more. */
  picked: ReadonlySet<string> | null;
  onPick: (ids: string[], isPicked: boolean) => void;
  onUnfold: (group: string, isUnfolded: boolean) => void;
  onSelect: (letter: string) => void;
}

/** Dead letters by service and type; a row unfolds into its letters, and a letter opens. */
export function LetterTable({ groups, unfolded, selected, picked, onPick, onUnfold, onSelect }: LetterTableProps) {
  const list = useRef<HTMLTableElement>(null);
  useListKeys(list);
  const columns = picked ? 6 : 5;
  return (
    <Table ref={list}>
      <Thead>
        <tr>
          {picked && (
            <Th className="w-8 pr-0!">
              <span className="sr-only">Picked</span>
            </Th>
          )}
          <Th>Event</Th>
          <Th numeric>Count</Th>
          <Th className="max-md:hidden">Attempts</Th>
          <Th className="max-md:hidden">First put aside</Th>
          <Th className="max-md:hidden">Last put aside</Th>
        </tr>
      </Thead>
      <Tbody>
        {groups.map((group) => {
          const isUnfolded = unfolded.includes(group.id);
          const ids = group.letters.map(letterId);
          const type = showText(group.type);
          return (
            <Fragment key={group.id}>
              <Tr>
                {picked && (
                  <Td className="pr-0!">
                    <PickBox label={`All ${type} at ${group.service}`} ids={ids} picked={picked} onPick={onPick} />
                  </Td>
                )}
                <Td className="w-full max-w-0 min-w-40 py-1.5">
                  <button
                    type="button"
                    data-row
                    aria-expanded={isUnfolded}
                    title={type}
                    onClick={() => onUnfold(group.id, !isUnfolded)}
                    className="flex max-w-full items-center gap-1.5 rounded-sm text-left hover:text-accent"
                  >
                    <ChevronRight
                      size={13}
                      aria-hidden
                      className={clsx('shrink-0 text-ink-faint', isUnfolded && 'rotate-90')}
                    />
                    <span className="min-w-0 truncate">
                      <span className="font-medium">{type}</span>{' '}
                      <span className="text-ink-muted max-md:sr-only">at {group.service}</span>
                    </span>
                  </button>
                  <span className="block truncate pl-[19px] text-xs text-ink-muted md:hidden">
                    at {group.service}, last <Moment ms={group.lastMs} show="relative" />
                  </span>
                  <span className="block truncate pl-[19px] text-xs text-ink-faint" title={showText(group.error)}>
                    {showText(group.error)}
                    {group.errors > 1 && ` · and ${formatInteger(group.errors - 1)} other`}
                  </span>
                </Td>
                <Td numeric className="font-medium">
                  {formatInteger(group.letters.length)}
                </Td>
                <Td className="whitespace-nowrap text-ink-muted max-md:hidden">{group.attempts}</Td>
                <Td className="whitespace-nowrap text-ink-muted max-md:hidden">
                  <Moment ms={group.firstMs} show="both" />
                </Td>
                <Td className="whitespace-nowrap text-ink-muted max-md:hidden">
                  <Moment ms={group.lastMs} show="both" />
                </Td>
              </Tr>
              {isUnfolded && (
                <tr>
                  <td colSpan={columns} className="border-b border-line bg-sunken p-0">
                    {/* As wide as the columns above, never wider: what is long in it is cut. */}
                    <ul aria-label={`${type} at ${group.service}`} className="w-0 min-w-full">
                      {group.letters.map((letter) => {
                        const id = letterId(letter);
                        return (
                          <LetterLine
                            key={id}
                            letter={letter}
                            isSelected={id === selected}
                            showsError={group.errors > 1}
                            picked={picked}
                            onPick={onPick}
                            onSelect={() => onSelect(id)}
                          />
                        );
                      })}
                    </ul>
                  </td>
                </tr>
              )}
            </Fragment>
          );
        })}
      </Tbody>
    </Table>
  );
}
