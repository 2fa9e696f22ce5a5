/** The columns of violating rows: of the first row in its order, then what only later rows have. */
export function violationColumns(violations: readonly { row: Record<string, string | null> }[]): string[] {
  return [...new Set(violations.flatMap(({ row }) => Object.keys(row)))];
}
