package io.kydai.console.routing;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * Where a report goes.
 *
 * @param agency the id of the agency that acts
 * @param rule the id of the row that decided; null when none was for it
 * @param why a sentence for people
 */
public record Route(String agency, @Nullable String rule, String why) {
  public Route {
    requireNonNull(agency);
    requireNonNull(why);
  }
}
