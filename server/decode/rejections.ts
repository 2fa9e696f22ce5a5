/** Why records were refused, and how many of each: what a partial success tells the sender. */
export class Rejections {
  readonly byReason = new Map<string, number>();
  count = 0;

  add(reason: string): void {
    this.count++;
    this.byReason.set(reason, (this.byReason.get(reason) ?? 0) + 1);
  }

  describe(): string {
    return [...this.byReason].map(([reason, count]) => `${count} × ${reason}`).join('; ');
  }
}
