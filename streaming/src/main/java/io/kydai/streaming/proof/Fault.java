package io.kydai.streaming.proof;

import java.util.ArrayList;
import java.util.List;

/**
 * What a check found wrong.
 *
 * @param file the file's path in the checked folder, with {@code /}; the folder's own where a whole
 *     one or a link is missing
 * @param problem in words
 * @param ranges the bytes in question, where that is known: first and last, both included
 */
public record Fault(String file, String problem, List<Range> ranges) {
  /** A range of bytes, both ends included. */
  public record Range(long first, long last) {}

  public Fault {
    ranges = List.copyOf(ranges);
  }

  static Fault of(String file, String problem) {
    return new Fault(file, problem, List.of());
  }

  /** Returns the fault as a line of text. */
  public String line() {
    List<String> places = new ArrayList<>();
    ranges.forEach(range -> places.add(range.first() + "-" + range.last()));
    return file + ": " + problem + (places.isEmpty() ? "" : "; bytes " + String.join(", ", places));
  }
}
