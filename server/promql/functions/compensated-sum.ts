/** Kahan's sum in Neumaier's form: what a float loses in an addition is added at the end. */
export class CompensatedSum {
  #sum = 0;
  #lost = 0;

  add(value: number): void {
    const after = this.#sum + value;
    if (!Number.isFinite(after)) this.#lost = 0;
    else if (Math.abs(this.#sum) >= Math.abs(value)) this.#lost += this.#sum - after + value;
    else this.#lost += value - after + this.#sum;
    this.#sum = after;
  }

  get total(): number {
    return Number.isFinite(this.#sum) ? this.#sum + this.#lost : this.#sum;
  }
}
