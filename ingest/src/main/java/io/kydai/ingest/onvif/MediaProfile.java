package io.kydai.ingest.onvif;

import org.jspecify.annotations.Nullable;

/**
 * A media profile: one of the streams that a camera can send.
 *
 * @param token the camera's identifier of the profile
 * @param name the name for display; may be empty
 * @param encoding the video encoding, such as {@code H264}, {@code H265} or {@code JPEG}; null when
 *     the profile has no video
 * @param width the width in pixels; 0 when the camera does not report it
 * @param height the height in pixels; 0 when the camera does not report it
 * @param fps the largest frame rate in frames per second; 0 when the camera does not report it
 * @param media2 whether the profile comes from the Media 2 service, which is then asked for its
 *     address
 * @param movable whether the profile has pan, tilt and zoom (PTZ)
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

  /** Returns the number of pixels of a picture; 0 when the size is not known. */
  long pixels() {
    return (long) width * height;
  }
}
