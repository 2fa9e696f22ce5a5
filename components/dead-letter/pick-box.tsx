interface PickBoxProps {
  label: string;
  ids: string[];
  picked: ReadonlySet<string>;
  onPick: (ids: string[], isPicked: boolean) => void;
}

/** Picks one letter or all of several; half filled when only some are picked. */
export function PickBox({ label, ids, picked, onPick }: PickBoxProps) {
  const count = ids.filter((id) => picked.has(id)).length;
  const isAll = count === ids.length;
  return (
    <input
      type="checkbox"
      aria-label={label}
      checked={isAll}
      ref={(box) => {
        if (box) box.indeterminate = count > 0 && !isAll;
      }}
      onChange={() => onPick(ids, !isAll)}
      className="size-3.5 shrink-0 accent-accent align-middle"
    />
  );
}
