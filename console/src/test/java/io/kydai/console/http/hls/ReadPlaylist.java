package io.kydai.console.http.hls;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A live media playlist as a reader of rfc8216bis has it, made from its text alone.
 *
 * @param once the values of the tags that concern the whole
 * @param skipped how many segments EXT-X-SKIP stands for
 * @param segments the last of them without an address where it goes on
 * @param hints the addresses of EXT-X-PRELOAD-HINT
 * @param reports the addresses of EXT-X-RENDITION-REPORT
 */
public record ReadPlaylist(
    Map<String, String> once,
    int skipped,
    List<Segment> segments,
    List<String> hints,
    List<String> reports) {
  private static final Pattern ATTRIBUTE =
      Pattern.compile("([A-Z0-9-]+)=(\"[^\"]*\"|[^\",]+)(,|$)");

  /** A partial segment. */
  public record Part(String address, double duration, boolean independent) {}

  /**
   * A segment.
   *
   * @param address empty while it goes on
   * @param map that applies to it; empty where a skipped segment has it
   * @param date empty where it has none
   */
  public record Segment(
      long sequence,
      String address,
      double duration,
      boolean discontinuity,
      boolean ownMap,
      String map,
      String date,
      List<Part> parts) {
    double length() {
      return address.isEmpty() ? parts.stream().mapToDouble(Part::duration).sum() : duration;
    }
  }

  public long first() {
    return Long.parseLong(once.getOrDefault("#EXT-X-MEDIA-SEQUENCE", "0"));
  }

  long discontinuities() {
    return Long.parseLong(once.getOrDefault("#EXT-X-DISCONTINUITY-SEQUENCE", "0"));
  }

  public double number(String tag) {
    return Double.parseDouble(once.getOrDefault(tag, "0"));
  }

  public double number(String tag, String attribute) {
    return Double.parseDouble(attributes(once.getOrDefault(tag, "")).getOrDefault(attribute, "0"));
  }

  boolean ended() {
    return once.containsKey("#EXT-X-ENDLIST");
  }

  static Map<String, String> attributes(String list) {
    Map<String, String> attributes = new LinkedHashMap<>();
    Matcher found = ATTRIBUTE.matcher(list);
    while (found.find()) {
      attributes.put(found.group(1), found.group(2).replace("\"", ""));
    }
    return attributes;
  }

  /**
   * Reads a playlist.
   *
   * @param wrong is told what cannot be read
   */
  public static ReadPlaylist of(String text, Consumer<String> wrong) {
    Reader reader = new Reader(wrong);
    List<String> lines = text.lines().toList();
    if (lines.isEmpty() || !lines.get(0).equals("#EXTM3U")) {
      wrong.accept("4.4.1.1: EXTM3U is first");
    }
    lines.stream().skip(1).filter(line -> !line.isBlank()).forEach(reader::line);
    return reader.whole();
  }

  private static final class Reader {
    private final Consumer<String> wrong;
    private final Map<String, String> once = new LinkedHashMap<>();
    private final List<Segment> segments = new ArrayList<>();
    private final List<String> hints = new ArrayList<>();
    private final List<String> reports = new ArrayList<>();
    private int skipped;
    private String map = "";
    private boolean ownMap;
    private boolean discontinuity;
    private String date = "";
    private double duration = -1;
    private List<Part> parts = new ArrayList<>();

    Reader(Consumer<String> wrong) {
      this.wrong = wrong;
    }

    void line(String line) {
      if (!line.startsWith("#")) {
        segment(line);
        return;
      }
      int colon = line.indexOf(':');
      String tag = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1);
      switch (tag) {
        case "#EXT-X-VERSION",
            "#EXT-X-TARGETDURATION",
            "#EXT-X-SERVER-CONTROL",
            "#EXT-X-PART-INF",
            "#EXT-X-MEDIA-SEQUENCE",
            "#EXT-X-DISCONTINUITY-SEQUENCE",
            "#EXT-X-SKIP",
            "#EXT-X-ENDLIST" ->
            header(tag, value);
        case "#EXTINF" -> duration = Double.parseDouble(value.split(",")[0]);
        case "#EXT-X-DISCONTINUITY" -> discontinuity = true;
        case "#EXT-X-MAP" -> {
          map = attributes(value).getOrDefault("URI", "");
          ownMap = true;
        }
        case "#EXT-X-PROGRAM-DATE-TIME" -> date = value;
        case "#EXT-X-PART" -> {
          Map<String, String> part = attributes(value);
          parts.add(
              new Part(
                  part.getOrDefault("URI", ""),
                  Double.parseDouble(part.getOrDefault("DURATION", "-1")),
                  part.getOrDefault("INDEPENDENT", "").equals("YES")));
        }
        case "#EXT-X-PRELOAD-HINT" -> {
          if (attributes(value).getOrDefault("TYPE", "").equals("PART")) {
            hints.add(attributes(value).getOrDefault("URI", ""));
          }
        }
        case "#EXT-X-RENDITION-REPORT" -> reports.add(attributes(value).getOrDefault("URI", ""));
        default -> wrong.accept("4.4: a live playlist of ours has no " + line);
      }
    }

    private void header(String tag, String value) {
      if (once.put(tag, value) != null) {
        wrong.accept("4.4.3: twice " + tag);
      }
      if (tag.equals("#EXT-X-SKIP")) {
        skipped = Integer.parseInt(attributes(value).getOrDefault("SKIPPED-SEGMENTS", "0"));
      }
      if (!segments.isEmpty() && !tag.equals("#EXT-X-ENDLIST")) {
        wrong.accept("4.4.3: behind a segment: " + tag);
      }
    }

    private void segment(String address) {
      if (duration < 0) {
        wrong.accept("4.4.4.1: no EXTINF before " + address);
      }
      segments.add(
          new Segment(
              Long.parseLong(once.getOrDefault("#EXT-X-MEDIA-SEQUENCE", "0"))
                  + skipped
                  + segments.size(),
              address,
              duration,
              discontinuity,
              ownMap,
              map,
              date,
              List.copyOf(parts)));
      discontinuity = false;
      ownMap = false;
      date = "";
      duration = -1;
      parts = new ArrayList<>();
    }

    ReadPlaylist whole() {
      if (!parts.isEmpty()) {
        duration = 0;
        segment("");
      } else if (discontinuity || ownMap || !date.isEmpty() || duration >= 0) {
        wrong.accept("4.4.4: tags that apply to nothing");
      }
      return new ReadPlaylist(once, skipped, segments, hints, reports);
    }
  }
}
