package io.kydai.console.http.api.search;

import static java.util.Objects.requireNonNull;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a file of reports says of itself.
 *
 * @param words in whose language it is
 * @param filter the conditions of the search in words
 * @param reason why it was made; null where nobody had to say
 * @param author who had it made
 * @param madeAt when
 * @param zone the site's, in which its times are
 */
record FileHead(
    FileWords words,
    List<String> filter,
    @Nullable String reason,
    String author,
    Instant madeAt,
    ZoneId zone) {
  FileHead {
    requireNonNull(words);
    filter = List.copyOf(filter);
    requireNonNull(author);
    requireNonNull(madeAt);
    requireNonNull(zone);
  }

  /** Returns it in sentences. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        words.say(
            "filter", filter.isEmpty() ? words.say("everything") : String.join(" · ", filter)));
    if (reason != null) {
      lines.add(words.say("why", reason));
    }
    lines.add(
        words.say(
            "made",
            author,
            FileWords.time(madeAt, zone),
            zone.getId(),
            FileWords.offset(madeAt, zone)));
    return lines;
  }

  /** Returns how many reports are in the file, and whether these are not all. */
  String end(int count, boolean more) {
    return words.say(more ? "more" : "count", count);
  }
}
