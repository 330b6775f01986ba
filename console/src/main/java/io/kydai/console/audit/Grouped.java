package io.kydai.console.audit;

import static io.kydai.console.audit.Detail.bool;
import static io.kydai.console.audit.Detail.integer;
import static io.kydai.console.audit.Detail.text;
import static io.kydai.console.audit.Detail.time;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How events of a type are grouped into entries.
 *
 * @param window the time from the first event of a group to its entry; for events that last, the
 *     longest span of one entry
 * @param counted what an entry counts, in the plural; null for events that last
 */
record Grouped(Duration window, @Nullable String counted) {
  static final String SINCE = "since";
  static final String UNTIL = "until";
  static final String COUNT = "count";
  static final String VIEWING = "viewing";
  static final String ENDED = "ended";
  static final String INTERRUPTED = "interrupted";

  /** Events that last, and have an entry at their end and one for each hour before. */
  static final Grouped LASTING = new Grouped(Duration.ofHours(1), null);

  /** Returns the grouping of momentary events that have the same actor, origin and subject. */
  static Grouped within(Duration window, String counted) {
    return new Grouped(window, counted);
  }

  /** Returns whether the events last. */
  boolean lasting() {
    return counted == null;
  }

  /** Returns the details that the grouping adds. */
  List<Detail> details() {
    Detail interrupted =
        bool(
            INTERRUPTED,
            "true where the node was killed meanwhile; `until` is then up to 30 seconds early");
    return counted == null
        ? List.of(
            text(VIEWING, "the id of the viewing, common to all its entries"),
            time(SINCE, "the begin of the span that the entry covers"),
            time(UNTIL, "the end of that span"),
            bool(ENDED, "whether the viewing ended with that span"),
            interrupted)
        : List.of(
            time(SINCE, "the time of the first of the events that the entry counts"),
            time(UNTIL, "the time of the last one"),
            integer(COUNT, "the number of " + counted),
            interrupted);
  }

  /** Returns the sentence about the grouping for the documentation. */
  String words() {
    return counted == null
        ? "Each viewing has an entry at its end, and one for each hour that it lasts before."
        : "Those within "
            + (window.toMinutes() >= 60 ? "an hour" : window.toMinutes() + " minutes")
            + " by the same actor from the same address, with the same camera, report and other"
            + " details, have one entry.";
  }
}
