package io.kydai.console.discovery;

import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.status.CameraFault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The result of a test of one stream.
 *
 * @param url the tested address, with user and password
 * @param fault why there is no picture; null where there is one
 * @param detail the same as a sentence without secrets; empty where there is a picture
 * @param parameters the stream's codec and size; null where nothing came
 * @param fps pictures in a second, as they came
 * @param firstPicture how long the first picture took
 * @param picture the first picture as JPEG; null where there is none
 */
public record TestedStream(
    String url,
    @Nullable CameraFault fault,
    String detail,
    @Nullable CodecParameters parameters,
    double fps,
    Duration firstPicture,
    byte @Nullable [] picture) {
  /** Returns whether a picture came. */
  public boolean works() {
    return fault == null;
  }
}
