package io.kydai.console.agencies;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Another agency acts in an agency's place.
 *
 * @param to the id of the other agency
 * @param from the moment from which on it does
 * @param until the moment at which that ends; null while it does not
 */
public record Delegation(String to, Instant from, @Nullable Instant until) {
  boolean holdsAt(Instant time) {
    return !time.isBefore(from) && (until == null || time.isBefore(until));
  }
}
