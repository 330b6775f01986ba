package io.kydai.console.routing;

import static java.util.Objects.requireNonNull;

import io.kydai.console.reports.StepNote;
import org.jspecify.annotations.Nullable;

/**
 * Where a report goes.
 *
 * @param agency the id of the agency that acts
 * @param rule the id of the row that decided; null when none was for it
 * @param why a sentence for people
 * @param note the same as a code with its values
 */
public record Route(String agency, @Nullable String rule, String why, StepNote note) {
  public Route {
    requireNonNull(agency);
    requireNonNull(why);
    requireNonNull(note);
  }
}
