package io.kydai.console.http.hls;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rules of draft-pantos-hls-rfc8216bis for live playlists with partial segments, checked on the
 * versions of one playlist as they come. It knows the texts alone, nothing of what wrote them. Each
 * breach is told with the section.
 */
public final class LiveRules {
  private static final double SLACK = 0.0005;

  private final List<String> broken = new ArrayList<>();

  /** Each segment as it was first seen whole, without its parts. */
  private final Map<Long, ReadPlaylist.Segment> known = new TreeMap<>();

  private final Map<Long, List<ReadPlaylist.Part>> parts = new TreeMap<>();
  private final Map<Long, Long> discontinuityNumbers = new TreeMap<>();
  private final Map<String, String> constant = new LinkedHashMap<>();
  private final List<String> others;
  private long first = -1;
  private long last = -1;
  private long discontinuities = -1;
  private String hint = "";

  /**
   * @param others the addresses of the other media playlists of the multivariant playlist
   */
  public LiveRules(List<String> others) {
    this.others = others;
  }

  /** The rules that were broken so far. */
  public List<String> broken() {
    return broken;
  }

  private void rule(boolean kept, String section, String what) {
    if (!kept) {
      broken.add(section + ": " + what);
    }
  }

  /** Checks the next version, whole or as a delta update. */
  public ReadPlaylist check(String text) {
    ReadPlaylist playlist = ReadPlaylist.of(text, broken::add);
    head(playlist);
    skip(playlist);
    removed(playlist);
    long number = playlist.discontinuities();
    for (int i = 0; i < playlist.skipped(); i++) {
      Long skipped = discontinuityNumbers.get(playlist.first() + i);
      number = skipped == null ? number : skipped;
    }
    ReadPlaylist.Segment before = known.get(playlist.first() + playlist.skipped() - 1);
    for (ReadPlaylist.Segment segment : playlist.segments()) {
      number += segment.discontinuity() ? 1 : 0;
      segment(playlist, segment, before, number);
      before = withMap(segment, before);
    }
    parts(playlist);
    hints(playlist);
    rule(
        playlist.reports().containsAll(others) && playlist.reports().size() == others.size(),
        "4.4.5.4",
        "a report for each other rendition, and for no other: " + playlist.reports());
    first = playlist.first();
    discontinuities = playlist.discontinuities();
    return playlist;
  }

  private void head(ReadPlaylist playlist) {
    double target = playlist.number("#EXT-X-TARGETDURATION");
    double part = playlist.number("#EXT-X-PART-INF", "PART-TARGET");
    String control = "#EXT-X-SERVER-CONTROL";
    rule(target >= 1, "4.4.3.1", "EXT-X-TARGETDURATION is required");
    rule(part > 0, "4.4.3.7", "EXT-X-PART-INF is required where there are parts");
    rule(part < target, "4.4.3.7", "parts are shorter than segments");
    rule(
        ReadPlaylist.attributes(playlist.once().getOrDefault(control, ""))
            .getOrDefault("CAN-BLOCK-RELOAD", "")
            .equals("YES"),
        "4.4.3.8",
        "CAN-BLOCK-RELOAD");
    rule(
        playlist.number(control, "PART-HOLD-BACK") >= 3 * part - SLACK,
        "4.4.3.8",
        "PART-HOLD-BACK is three part targets");
    rule(
        playlist.number(control, "HOLD-BACK") >= 3 * target,
        "4.4.3.8",
        "HOLD-BACK is three target durations");
    rule(
        playlist.number(control, "CAN-SKIP-UNTIL") >= 6 * target,
        "4.4.3.8",
        "CAN-SKIP-UNTIL is six target durations");
    for (String tag : List.of("#EXT-X-TARGETDURATION", "#EXT-X-PART-INF", control)) {
      String value = playlist.once().getOrDefault(tag, "");
      rule(value.equals(constant.getOrDefault(tag, value)), "6.2.1", tag + " does not change");
      constant.put(tag, value);
    }
    double version = playlist.number("#EXT-X-VERSION");
    rule(version == (playlist.skipped() > 0 ? 9 : 6), "8", "the version is what the tags need");
    rule(
        !playlist.once().containsKey("#EXT-X-SKIP") || playlist.skipped() > 0,
        "4.4.5.2",
        "EXT-X-SKIP stands for at least one segment");
  }

  private void skip(ReadPlaylist playlist) {
    if (playlist.skipped() == 0) {
      return;
    }
    rule(!playlist.ended(), "6.2.5.1", "no delta update at the end");
    double until = playlist.number("#EXT-X-SERVER-CONTROL", "CAN-SKIP-UNTIL");
    double behind =
        playlist.segments().stream()
            .filter(segment -> !segment.address().isEmpty())
            .mapToDouble(ReadPlaylist.Segment::duration)
            .sum();
    rule(behind >= until - SLACK, "6.2.5.1", "skipped within the boundary: " + behind);
    for (int i = 0; i < playlist.skipped(); i++) {
      rule(
          known.containsKey(playlist.first() + i),
          "6.2.5.1",
          "what is skipped was there before: " + (playlist.first() + i));
    }
  }

  private void removed(ReadPlaylist playlist) {
    rule(playlist.first() >= first, "6.2.2", "EXT-X-MEDIA-SEQUENCE does not decrease");
    rule(
        playlist.discontinuities() >= discontinuities,
        "6.2.2",
        "EXT-X-DISCONTINUITY-SEQUENCE does not decrease");
    if (first >= 0 && playlist.first() > first) {
      double left = playlist.segments().stream().mapToDouble(ReadPlaylist.Segment::length).sum();
      for (int i = 0; i < playlist.skipped(); i++) {
        ReadPlaylist.Segment skipped = known.get(playlist.first() + i);
        left += skipped == null ? 0 : skipped.duration();
      }
      rule(
          left >= 3 * playlist.number("#EXT-X-TARGETDURATION"),
          "6.2.2",
          "three target durations stay: " + left);
    }
    long end = playlist.first() + playlist.skipped() + playlist.segments().size() - 1;
    rule(end >= last - 1, "6.2.1", "what was there at the end stays: " + last);
    last = Math.max(last, end);
  }

  /** The segment with the map that applies to it. */
  private static ReadPlaylist.Segment withMap(
      ReadPlaylist.Segment segment, ReadPlaylist.Segment before) {
    String map = segment.map().isEmpty() && before != null ? before.map() : segment.map();
    return new ReadPlaylist.Segment(
        segment.sequence(),
        segment.address(),
        segment.duration(),
        segment.discontinuity(),
        segment.ownMap(),
        map,
        segment.date(),
        segment.parts());
  }

  private void segment(
      ReadPlaylist playlist,
      ReadPlaylist.Segment segment,
      ReadPlaylist.Segment before,
      long number) {
    String name = "segment " + segment.sequence();
    ReadPlaylist.Segment whole = withMap(segment, before);
    rule(!whole.map().isEmpty(), "3.1.2", "a map applies to " + name);
    if (before != null && before.sequence() == segment.sequence() - 1) {
      rule(
          before.map().equals(whole.map()) || segment.discontinuity(),
          "4.4.4.3",
          "a discontinuity where the map changes: " + name);
      dates(segment, before);
    }
    rule(
        !segment.discontinuity() || !segment.date().isEmpty(),
        "6.2.1",
        "a date with each discontinuity: " + name);
    Long same = discontinuityNumbers.putIfAbsent(segment.sequence(), number);
    rule(same == null || same == number, "6.2.2", "the discontinuity number of " + name);
    if (segment.address().isEmpty()) {
      rule(
          segment.sequence()
              == playlist.first() + playlist.skipped() + playlist.segments().size() - 1,
          "4.4.4.9",
          "parts without a segment stand at the end");
      return;
    }
    rule(
        Math.round(segment.duration()) <= playlist.number("#EXT-X-TARGETDURATION"),
        "4.4.3.1",
        name + " lasts " + segment.duration());
    ReadPlaylist.Segment bare =
        new ReadPlaylist.Segment(
            segment.sequence(),
            segment.address(),
            segment.duration(),
            segment.discontinuity(),
            false,
            whole.map(),
            segment.date(),
            List.of());
    ReadPlaylist.Segment seen = known.putIfAbsent(segment.sequence(), bare);
    rule(seen == null || seen.equals(bare), "6.2.1", name + " changed: " + seen + " " + bare);
  }

  private void dates(ReadPlaylist.Segment segment, ReadPlaylist.Segment before) {
    if (segment.date().isEmpty() || before.date().isEmpty()) {
      return;
    }
    try {
      OffsetDateTime from = OffsetDateTime.parse(before.date());
      OffsetDateTime at = OffsetDateTime.parse(segment.date());
      double step = Duration.between(from, at).toMillis() / 1000.0;
      rule(
          step >= before.length() - 1 && (segment.discontinuity() || step <= before.length() + 1),
          "6.2.1",
          "dates that go with the durations: " + before + " " + segment);
    } catch (DateTimeParseException e) {
      rule(false, "4.4.4.6", segment.date());
    }
  }

  private void parts(ReadPlaylist playlist) {
    double target = playlist.number("#EXT-X-PART-INF", "PART-TARGET");
    double reach = 3 * playlist.number("#EXT-X-TARGETDURATION");
    double left = playlist.segments().stream().mapToDouble(ReadPlaylist.Segment::length).sum();
    boolean listed = false;
    for (ReadPlaylist.Segment segment : playlist.segments()) {
      List<ReadPlaylist.Part> now = segment.parts();
      String name = "parts of segment " + segment.sequence();
      for (int i = 0; i < now.size(); i++) {
        ReadPlaylist.Part part = now.get(i);
        rule(part.duration() <= target + 0.00001, "4.4.4.9", name + " longer than the target");
        boolean free = i == now.size() - 1 || part.independent();
        rule(free || part.duration() >= 0.85 * target, "4.4.4.9", name + " too short: " + part);
      }
      List<ReadPlaylist.Part> before = parts.getOrDefault(segment.sequence(), List.of());
      if (!now.isEmpty()) {
        rule(
            now.size() >= before.size() && now.subList(0, before.size()).equals(before),
            "6.2.1",
            name + " changed");
        parts.put(segment.sequence(), now);
        rule(left <= reach + SLACK, "6.2.2", name + " are " + left + " s from the end");
        listed = true;
      } else {
        rule(
            before.isEmpty() || left > reach - SLACK && !listed,
            "6.2.2",
            name + " are gone though they are " + left + " s from the end");
      }
      if (!now.isEmpty() && !segment.address().isEmpty()) {
        double sum = now.stream().mapToDouble(ReadPlaylist.Part::duration).sum();
        rule(
            Math.abs(sum - segment.duration()) <= SLACK,
            "4.4.4.9",
            name + " last " + sum + ", not " + segment.duration());
      }
      left -= segment.length();
    }
  }

  /** What was hinted at comes next, and nothing else. */
  private void hints(ReadPlaylist playlist) {
    rule(playlist.hints().size() <= 1, "6.2.6", "one hint");
    rule(!playlist.ended() || playlist.hints().isEmpty(), "4.4.5.3", "no hint at the end");
    List<String> addresses =
        playlist.segments().stream()
            .flatMap(segment -> segment.parts().stream())
            .map(ReadPlaylist.Part::address)
            .toList();
    String next = playlist.hints().isEmpty() ? "" : playlist.hints().get(0);
    rule(!addresses.contains(next), "4.4.5.3", "a hint at what is there: " + next);
    rule(
        hint.isEmpty() || hint.equals(next) || next.isEmpty() || addresses.contains(hint),
        "4.4.5.3",
        "what was hinted at came: " + hint);
    hint = next;
  }
}
