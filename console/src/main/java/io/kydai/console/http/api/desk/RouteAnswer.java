package io.kydai.console.http.api.desk;

import io.kydai.console.routing.Route;
import org.jspecify.annotations.Nullable;

/**
 * The contract's {@code Route}.
 *
 * @param rule the id of the row that decided; null where none was for it
 */
record RouteAnswer(String agency, @Nullable String rule, String why) {
  static RouteAnswer of(Route route) {
    return new RouteAnswer(route.agency(), route.rule(), route.why());
  }
}
