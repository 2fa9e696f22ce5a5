/** Why records were refused, and how many of each: what a partial success tells the sender. */
export class Rejections {
  readonly byReason = new Map<string, number>();
  count = 0;

  add(reason: string, count = 1): void {
    if (count === 0) return;
    this.count += count;
    this.byReason.set(reason, (this.byReason.get(reason) ?? 0) + count);
  }

  describe(): string {
    return [...this.byReason].map(([reason, count]) => `${count} × ${reason}`).join('; ');
  }
}
