/** Paths of a small line from zero to its own maximum, broken where nothing was measured. */
export function sparklinePath(
  values: readonly (number | null)[],
  width: number,
  height: number,
): { line: string; area: string } {
  const max = values.reduce<number>((most, value) => Math.max(most, value ?? 0), 0);
  const pad = 1;
  const xOf = (index: number) => round(values.length > 1 ? (index / (values.length - 1)) * width : width / 2);
  const yOf = (value: number) => round(height - pad - (max > 0 ? value / max : 0) * (height - 2 * pad));
  const runs: { x: number; y: number }[][] = [];
  let open = false;
  values.forEach((value, index) => {
    if (value === null) {
      open = false;
      return;
    }
    if (!open) runs.push([]);
    open = true;
    runs.at(-1)?.push({ x: xOf(index), y: yOf(value) });
  });
  const line = runs.map((run) => {
    const points = run.map(({ x, y }) => `${x} ${y}`);
    // A lone point has no length: a stroke with round ends shows it as a dot.
    return `M${points.join('L')}${points.length === 1 ? 'h.01' : ''}`;
  });
  const area = runs.map((run) => {
    const points = run.map(({ x, y }) => `${x} ${y}`).join('L');
    return `M${run[0]?.x} ${height}L${points}L${run.at(-1)?.x} ${height}Z`;
  });
  return { line: line.join(''), area: area.join('') };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
