// Mocha's own tree, with one last line that a person and a script can both read: `N passed, N failed[, N skipped]`.
// With TRINHKY_TEST_SUMMARY set the counts go to that file instead, and bin/test.mjs prints the line for the whole run.
const { writeFileSync } = require('node:fs');
const Mocha = require('mocha');

class Reporter extends Mocha.reporters.Spec {
  epilogue() {
    const { failures, passes, pending } = this.stats;
    if (failures > 0) Mocha.reporters.Base.list(this.failures);
    const summary = process.env.TRINHKY_TEST_SUMMARY;
    if (summary) {
      writeFileSync(summary, JSON.stringify({ passed: passes, failed: failures, skipped: pending }));
      return;
    }
    const skipped = pending > 0 ? `, ${pending} skipped` : '';
    Mocha.reporters.Base.consoleLog(`\n${passes} passed, ${failures} failed${skipped}`);
  }
}

module.exports = Reporter;
