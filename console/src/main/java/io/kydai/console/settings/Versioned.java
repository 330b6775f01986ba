package io.kydai.console.settings;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The value of a setting.
 *
 * @param version 0 for the initial value, and one more with each change
 * @param changedAt when it was set; null for the initial value
 * @param changedBy the name of the person who set it; null for the initial value
 */
public record Versioned<T>(
    T value, long version, @Nullable Instant changedAt, @Nullable String changedBy) {
  public Versioned {
    requireNonNull(value);
  }
}
