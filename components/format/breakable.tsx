import { Fragment } from 'react';

/** A name of many parts, which may be parted after its dots, dashes, underscores, slashes and colons, and before its capitals, where it does not fit its line. */
export function Breakable({ name }: { name: string }) {
  return name.split(/(?<=[._\-/:])(?=.)|(?<=[a-z])(?=[A-Z])/).map((part, place) => (
    // Parts have no identity beside their place.
    // oxlint-disable-next-line react/no-array-index-key
    <Fragment key={place}>
      {place > 0 && <wbr />}
      {part}
    </Fragment>
  ));
}
