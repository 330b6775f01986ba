package io.kydai.streaming.live.rtsp.message;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a request's address means: {@code rtsp://host/camera}, or with {@code /main} or {@code /sub}
 * behind it, or {@value #TRACK} of these. A query is not read.
 *
 * @param base the address without track and query
 * @param rendition null where none is named
 */
public record StreamAddress(String base, String camera, @Nullable String rendition) {
  /** What the one track of each stream is called. */
  public static final String TRACK = "trackID=0";

  private static final Pattern ADDRESS =
      Pattern.compile(
          "(?i:rtsps?)://(?:[^/?@]*@)?([^/?@]+)/([^/?]{1,63})(?:/(main|sub))?/?(?:"
              + TRACK
              + ")?/?(?:\\?.*)?");

  /** Returns the meaning; empty where the address has none here. */
  public static Optional<StreamAddress> of(String uri, boolean tls) {
    Matcher parts = ADDRESS.matcher(uri);
    if (!parts.matches()) {
      return Optional.empty();
    }
    String rendition = parts.group(3);
    String base =
        (tls ? "rtsps://" : "rtsp://")
            + parts.group(1)
            + "/"
            + parts.group(2)
            + (rendition == null ? "" : "/" + rendition);
    return Optional.of(new StreamAddress(base, parts.group(2), rendition));
  }
}
