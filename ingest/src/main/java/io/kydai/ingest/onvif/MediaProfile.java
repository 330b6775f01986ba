package io.kydai.ingest.onvif;

import org.jspecify.annotations.Nullable;

/**
 * One of the streams that a camera has ready.
 *
 * @param token the camera's name for it
 * @param name for people
 * @param encoding such as {@code H264}, {@code H265}, {@code JPEG}; null where it has no video
 * @param width pixels; 0 where it was not said
 * @param height pixels; 0 where it was not said
 * @param fps pictures per second at most; 0 where it was not said
 * @param media2 whether Media 2 listed it, which then knows its address
 * @param movable whether the profile can be panned, tilted or zoomed
 */
public record MediaProfile(
    String token,
    String name,
    @Nullable String encoding,
    int width,
    int height,
    double fps,
    boolean media2,
    boolean movable) {

  long pixels() {
    return (long) width * height;
  }
}
