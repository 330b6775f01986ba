package io.kydai.streaming.live.hls;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The names of a stream's media. A name never means other bytes: also after a restart it has
 * another stream's number in front.
 *
 * @param stream the stream's first media sequence number
 */
record MediaNames(long stream) {
  private static final String FOLDER = "media/";
  private static final Pattern NAME =
      Pattern.compile("(\\d{1,18})-(init|part|segment)(\\d{1,18})\\.mp4");

  /** What a name means. */
  enum Kind {
    INIT,
    PART,
    SEGMENT
  }

  /** A name that was read. */
  record Named(Kind kind, long number) {}

  String initialisation(long number) {
    return name(Kind.INIT, number);
  }

  String part(long number) {
    return name(Kind.PART, number);
  }

  String segment(long sequence) {
    return name(Kind.SEGMENT, sequence);
  }

  private String name(Kind kind, long number) {
    return FOLDER + stream + "-" + kind.name().toLowerCase(Locale.ROOT) + number + ".mp4";
  }

  /**
   * Reads a name.
   *
   * @param name without the folder
   * @return empty where it is none of this stream
   */
  Optional<Named> read(String name) {
    Matcher read = NAME.matcher(name);
    if (!read.matches() || Long.parseLong(read.group(1)) != stream) {
      return Optional.empty();
    }
    Kind kind = Kind.valueOf(read.group(2).toUpperCase(Locale.ROOT));
    return Optional.of(new Named(kind, Long.parseLong(read.group(3))));
  }
}
