package io.kydai.console.http.api.search;

import io.kydai.console.http.answer.Problem;
import io.kydai.console.users.Area;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** An area that somebody drew on a map for one search, as the address of the search has it. */
final class DrawnArea {
  static final int MAX_CORNERS = 50;
  private static final Pattern DEGREES = Pattern.compile("-?[0-9]{1,3}(?:\\.[0-9]{1,7})?");

  private DrawnArea() {}

  /**
   * Reads corners: the degrees north and east of each in turn, with commas between.
   *
   * @throws Problem 400 when it is none of 3 to {@value #MAX_CORNERS} corners on the earth
   */
  static List<Area.Corner> of(String text) {
    String[] parts = text.split(",", 2 * MAX_CORNERS + 1);
    if (parts.length % 2 != 0 || parts.length < 6 || parts.length > 2 * MAX_CORNERS) {
      throw wrong();
    }
    List<Area.Corner> corners = new ArrayList<>();
    for (int i = 0; i < parts.length; i += 2) {
      corners.add(new Area.Corner(degrees(parts[i], 90), degrees(parts[i + 1], 180)));
    }
    return corners;
  }

  private static double degrees(String text, int most) {
    if (!DEGREES.matcher(text).matches()) {
      throw wrong();
    }
    double degrees = Double.parseDouble(text);
    if (Math.abs(degrees) > most) {
      throw wrong();
    }
    return degrees;
  }

  private static Problem wrong() {
    return Problem.badField(
        "polygon",
        "Expected: 3 to " + MAX_CORNERS + " corners as 16.46,107.59,16.47,107.59,16.47,107.6.");
  }
}
