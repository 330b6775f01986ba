package io.kydai.streaming.live.hls;

import org.jspecify.annotations.Nullable;

/** The playlists of one moment, written when the first viewer asks. One thread at a time. */
final class PlaylistTexts {
  private final LiveWindow window;
  private final MediaNames names;
  private @Nullable String whole;
  private @Nullable String delta;

  PlaylistTexts(LiveWindow window, MediaNames names) {
    this.window = window;
    this.names = names;
  }

  LiveWindow window() {
    return window;
  }

  /** The playlist for whom a part of the window is seen. */
  String of(LiveWindow seen, boolean skip) {
    if (seen != window) {
      return LivePlaylist.of(seen, names, skip);
    }
    if (skip) {
      delta = delta == null ? LivePlaylist.of(window, names, true) : delta;
      return delta;
    }
    whole = whole == null ? LivePlaylist.of(window, names, false) : whole;
    return whole;
  }
}
