package io.kydai.streaming.playback;

import java.nio.charset.StandardCharsets;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What RFC 8216 asks of a media playlist that does not change, with the section of each rule. */
final class PlaylistRules {
  private static final Pattern RANGE = Pattern.compile("(\\d+)@(\\d+)");
  private static final Pattern MAP =
      Pattern.compile("#EXT-X-MAP:URI=\"([^\"\n]+)\",BYTERANGE=\"(\\d+@\\d+)\"");
  private static final Pattern INF = Pattern.compile("#EXTINF:(\\d+(?:\\.\\d+)?),.*");
  private static final Set<String> ONCE =
      Set.of(
          "#EXT-X-VERSION",
          "#EXT-X-TARGETDURATION",
          "#EXT-X-MEDIA-SEQUENCE",
          "#EXT-X-PLAYLIST-TYPE",
          "#EXT-X-ENDLIST",
          "#EXT-X-INDEPENDENT-SEGMENTS");

  private final List<String> broken = new ArrayList<>();
  private final ToLongFunction<String> size;
  private final Map<String, Integer> seen = new HashMap<>();
  private final Set<String> mapped = new HashSet<>();
  private int version = 1;
  private double target = -1;
  private String duration = "";
  private String range = "";
  private String map = "";
  private boolean discontinuity = true;
  private int segments;

  private PlaylistRules(ToLongFunction<String> size) {
    this.size = size;
  }

  /**
   * Returns the rules that a playlist breaks.
   *
   * @param size of the resource of an address, in bytes
   */
  static List<String> broken(String playlist, ToLongFunction<String> size) {
    PlaylistRules rules = new PlaylistRules(size);
    rules.check(playlist);
    return rules.broken;
  }

  private void rule(boolean kept, String section, String what) {
    if (!kept) {
      broken.add(section + ": " + what);
    }
  }

  private void check(String playlist) {
    byte[] bytes = playlist.getBytes(StandardCharsets.UTF_8);
    rule(bytes.length > 0 && bytes[0] == '#', "4.1", "no byte order mark before the first tag");
    rule(playlist.chars().noneMatch(c -> c < 32 && c != '\n' && c != '\r'), "4.1", "no controls");
    List<String> lines = playlist.lines().toList();
    rule(!lines.isEmpty() && lines.get(0).equals("#EXTM3U"), "4.3.1.1", "EXTM3U is first");
    lines.forEach(this::line);
    rule(segments > 0, "4.3.2", "a segment");
    rule(target > 0, "4.3.3.1", "EXT-X-TARGETDURATION is required");
    rule(seen.containsKey("#EXT-X-ENDLIST"), "4.3.3.4", "one that does not change has an end");
    rule(duration.isEmpty() && range.isEmpty(), "4.3.2", "each EXTINF has its segment");
  }

  private void line(String line) {
    if (line.isBlank()) {
      return;
    }
    if (!line.startsWith("#")) {
      segment(line);
      return;
    }
    String tag = line.contains(":") ? line.substring(0, line.indexOf(':')) : line;
    String value = line.contains(":") ? line.substring(line.indexOf(':') + 1) : "";
    if (ONCE.contains(tag)) {
      rule(seen.merge(tag, 1, Integer::sum) == 1, "4.3.3", tag + " only once");
    }
    switch (tag) {
      case "#EXT-X-VERSION" -> version = Integer.parseInt(value);
      case "#EXT-X-TARGETDURATION" -> {
        rule(value.matches("\\d+"), "4.3.3.1", "a whole number");
        target = Double.parseDouble(value);
        rule(segments == 0, "4.3.3.1", "before the first segment");
      }
      case "#EXT-X-PLAYLIST-TYPE" -> rule(value.equals("VOD"), "4.3.3.5", "VOD");
      case "#EXTINF" -> inf(line);
      case "#EXT-X-BYTERANGE" -> {
        rule(RANGE.matcher(value).matches() && version >= 4, "4.3.2.2", line);
        range = value;
      }
      case "#EXT-X-MAP" -> map(line);
      case "#EXT-X-DISCONTINUITY" -> {
        rule(segments > 0, "4.3.2.3", "between segments");
        discontinuity = true;
      }
      case "#EXT-X-PROGRAM-DATE-TIME" -> {
        try {
          OffsetDateTime.parse(value);
        } catch (DateTimeParseException e) {
          rule(false, "4.3.2.6", value);
        }
      }
      default -> rule(ONCE.contains(tag) || tag.equals("#EXTM3U"), "4.3", "unknown: " + tag);
    }
  }

  private void inf(String line) {
    Matcher inf = INF.matcher(line);
    rule(inf.matches(), "4.3.2.1", line);
    if (inf.matches()) {
      duration = inf.group(1);
      rule(!duration.contains(".") || version >= 3, "7", "fractions need version 3");
      rule(Math.round(Double.parseDouble(duration)) <= target, "4.3.3.1", "longer: " + line);
    }
  }

  private void map(String line) {
    Matcher read = MAP.matcher(line);
    rule(read.matches(), "4.3.2.5", line);
    rule(version >= 6, "7", "EXT-X-MAP needs version 6");
    if (read.matches()) {
      map = read.group(1);
      within(map, read.group(2));
      // Another map is another encoding, or another time line.
      rule(discontinuity || mapped.contains(map), "4.3.2.3", "a discontinuity before " + map);
      mapped.add(map);
    }
  }

  private void within(String address, String bytes) {
    Matcher read = RANGE.matcher(bytes);
    if (read.matches()) {
      long end = Long.parseLong(read.group(1)) + Long.parseLong(read.group(2));
      rule(end <= size.applyAsLong(address), "4.3.2.2", "a range within " + address);
    }
  }

  private void segment(String address) {
    rule(!duration.isEmpty(), "4.3.2.1", "EXTINF before each segment");
    rule(!map.isEmpty(), "3.3", "an EXT-X-MAP applies to each segment of fragmented MP4");
    within(address, range);
    duration = "";
    range = "";
    discontinuity = false;
    segments++;
  }
}
