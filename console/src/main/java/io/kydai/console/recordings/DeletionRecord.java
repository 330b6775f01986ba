package io.kydai.console.recordings;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * A signed record of deleted recordings.
 *
 * @param number 1, 2, 3 … over all
 * @param sha256 of the document, in hexadecimal digits; the next one names it
 * @param document the text that is signed, in ASCII
 * @param signature Ed25519, in Base64
 */
public record DeletionRecord(
    long number, Instant madeAt, String sha256, String document, String signature) {
  public DeletionRecord {
    requireNonNull(madeAt);
    requireNonNull(sha256);
    requireNonNull(document);
    requireNonNull(signature);
  }
}
