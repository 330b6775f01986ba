package io.kydai.console.http.api.search;

import io.kydai.console.http.server.Problem;
import io.kydai.console.users.Area;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** An area that somebody drew on a map for one search, as the address of the search has it. */
final class DrawnArea {
  static final int MAX_CORNERS = 50;
  private static final Pattern CORNER =
      Pattern.compile("(-?[0-9]{1,2}(?:\\.[0-9]{1,7})?),(-?[0-9]{1,3}(?:\\.[0-9]{1,7})?)");

  private DrawnArea() {}

  /**
   * Reads corners: degrees north and east of each after a comma, the corners after semicolons.
   *
   * @throws Problem 400 when it is none of 3 to {@value #MAX_CORNERS} corners on the earth
   */
  static List<Area.Corner> of(String text) {
    String[] parts = text.split(";", MAX_CORNERS + 1);
    List<Area.Corner> corners = new ArrayList<>();
    for (String part : parts) {
      var matched = CORNER.matcher(part);
      if (!matched.matches()) {
        throw wrong();
      }
      double lat = Double.parseDouble(matched.group(1));
      double lon = Double.parseDouble(matched.group(2));
      if (Math.abs(lat) > 90 || Math.abs(lon) > 180) {
        throw wrong();
      }
      corners.add(new Area.Corner(lat, lon));
    }
    if (corners.size() < 3 || corners.size() > MAX_CORNERS) {
      throw wrong();
    }
    return corners;
  }

  private static Problem wrong() {
    return Problem.badField(
        "polygon",
        "Expected: 3 to " + MAX_CORNERS + " corners as 16.46,107.59;16.47,107.59;16.47,107.6.");
  }
}
