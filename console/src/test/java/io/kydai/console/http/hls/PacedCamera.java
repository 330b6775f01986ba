package io.kydai.console.http.hls;

import io.kydai.ingest.concurrent.SerialExecutor;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.live.LiveStream;
import io.kydai.streaming.live.event.LiveSubscriber;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The live stream of a camera whose pictures come when a test says so: no time passes but theirs.
 * Its pictures are bytes that no decoder reads.
 */
public final class PacedCamera {
  public static final CameraId ID = new CameraId("gate");
  public static final Instant START = Instant.parse("2026-11-29T08:00:00Z");

  private final LiveStream live =
      new LiveStream(ID, new SerialExecutor("camera gate", Runnable::run), lost -> {});
  private final Instant start;
  private final int size;
  private int width = 320;
  private long sequence;
  private boolean broken;
  private boolean reordered;
  private boolean jpeg;

  /** Of the last picture, 1/90000 s. */
  private long time;

  /** How many of its pictures come before the next key frame. */
  private int left;

  /**
   * @param size of a picture in bytes
   */
  PacedCamera(int size) {
    this(size, START);
  }

  /**
   * @param start the time of day before its first picture
   */
  public PacedCamera(int size, Instant start) {
    this.size = size;
    this.start = start;
  }

  public Optional<Subscription> watch(CameraId camera, LiveSubscriber subscriber) {
    return live.watch(subscriber);
  }

  /** Pictures are shown two steps after they are decoded, as with B-pictures. */
  PacedCamera reordered() {
    reordered = true;
    return this;
  }

  /** It sends motion JPEG, which browsers do not play. */
  public PacedCamera motionJpeg() {
    jpeg = true;
    return this;
  }

  /** What comes next does not go on from what came before, as after a reconnect. */
  public void breakOff() {
    broken = true;
    left = 0;
  }

  /** The next key frame has another size. */
  void change() {
    width += 2;
    left = 0;
  }

  Instant now() {
    return start.plusMillis(time / 90);
  }

  /** The camera is removed. */
  public void end() {
    live.end();
  }

  /**
   * Sends the next picture.
   *
   * @param millis after the last one
   * @param group how many pictures follow a key frame
   */
  public void picture(double millis, int group) {
    time += Math.round(millis * 90);
    boolean key = left-- <= 0;
    left = key ? group : left;
    long shown = reordered ? time + Math.round(2 * millis * 90) : time;
    live.add(
        new AccessUnit(
            ID,
            parameters(),
            sequence++,
            shown,
            time,
            start.plusMillis(shown / 90),
            WallClockSource.ARRIVAL,
            key,
            broken,
            false,
            ByteBuffer.allocate(size)));
    broken = false;
  }

  private CodecParameters parameters() {
    if (jpeg) {
      return CodecParameters.jpeg(width, 180);
    }
    byte[] sps = {0x67, 0x42, (byte) 0xc0, 0x1e, (byte) width};
    return new CodecParameters(Codec.H264, width, 180, List.of(sps), List.of(new byte[] {0x68, 1}));
  }
}
