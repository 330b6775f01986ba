/**
 * What ingest costs, and how fast it finds cameras again: {@code scripts/bench ingest}. Simulated
 * cameras go in, figures come out; they are in docs/reports/performance.md. No tests: what is
 * measured is real time, so the programs let some of it pass.
 */
package io.kydai.ingest.bench;
