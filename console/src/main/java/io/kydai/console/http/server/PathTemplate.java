package io.kydai.console.http.server;

import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path as the contract writes it, such as {@code /api/v1/cameras/{id}}, and as the router knows
 * it. The router's own names of parameters have no dashes, so it gets numbers.
 *
 * @param route the router's form, such as {@code /api/v1/cameras/:p0}
 * @param names of the parameters, in their order
 */
record PathTemplate(String route, List<String> names) {
  private static final Pattern PARAMETER = Pattern.compile("\\{([A-Za-z][A-Za-z0-9_-]*)}");

  PathTemplate {
    names = List.copyOf(names);
  }

  /**
   * @throws IllegalArgumentException when something in braces is no parameter's name
   */
  static PathTemplate of(String template) {
    List<String> names = new ArrayList<>();
    Matcher parameter = PARAMETER.matcher(template);
    String route =
        parameter.replaceAll(
            found -> {
              names.add(found.group(1));
              return ":p" + (names.size() - 1);
            });
    if (route.contains("{") || route.contains("}")) {
      throw new IllegalArgumentException("not a path template: " + template);
    }
    return new PathTemplate(route, names);
  }

  /** The parameters' values, decoded, by their names in the template. */
  Map<String, String> values(RoutingContext context) {
    Map<String, String> values = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      values.put(names.get(i), context.pathParam("p" + i));
    }
    return values;
  }
}
