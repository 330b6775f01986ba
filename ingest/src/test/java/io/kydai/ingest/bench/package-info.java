/**
 * What ingest costs, and how fast it finds cameras again: {@code scripts/bench ingest}. Simulated
 * cameras go in, figures come out; they are in docs/performance.md.
 */
package io.kydai.ingest.bench;
