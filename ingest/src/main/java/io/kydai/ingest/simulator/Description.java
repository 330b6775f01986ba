package io.kydai.ingest.simulator;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Writes a camera's SDP (RFC 4566), with the control attributes of its tracks. */
final class Description {
  private static final Pattern TRACK = Pattern.compile(".*/trackID=([0-9])/?");

  private Description() {}

  /** Returns the description of a camera. */
  static String of(PlayedCamera camera) {
    List<String> lines = new ArrayList<>();
    lines.add("v=0");
    lines.add("o=- 0 0 IN IP4 0.0.0.0");
    lines.add("s=" + camera.camera().name());
    lines.add("c=IN IP4 0.0.0.0");
    lines.add("t=0 0");
    lines.add("a=control:*");
    lines.add("a=range:npt=now-");
    for (int i = 0; i < camera.tracks().size(); i++) {
      lines.addAll(camera.tracks().get(i).description());
      lines.add("a=control:" + control(i));
    }
    return String.join("\r\n", lines) + "\r\n";
  }

  /** Returns the control attribute of the track of an index. */
  static String control(int track) {
    return "trackID=" + track;
  }

  /** Returns the index of the track that an address names; 0 when it names none. */
  static int track(String uri) {
    Matcher matcher = TRACK.matcher(uri);
    return matcher.matches() ? Integer.parseInt(matcher.group(1)) : 0;
  }
}
