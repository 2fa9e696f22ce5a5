/** A reporter that names the tests which failed, and passed when they were tried once more: nothing hides behind a retry. */
export default class TellFlaky {
  #flaky = [];

  onTestCaseResult(test) {
    if (test.diagnostic()?.flaky) this.#flaky.push(`${test.module.relativeModuleId} > ${test.fullName}`);
  }

  onTestRunEnd() {
    if (this.#flaky.length === 0) return;
    console.log(`\n  ${this.#flaky.length} flaky\n${this.#flaky.map((name) => `    ${name}`).join('\n')}\n`);
  }
}
