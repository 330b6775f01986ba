/**
 * What log-ins, rights and the audit cost: {@code scripts/bench console}. Requests go to two
 * servers in turns, figures come out; they are in docs/reports/performance.md. No tests: what is
 * measured is real time, so the programs let some of it pass.
 */
package io.kydai.console.bench;
