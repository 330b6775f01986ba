package io.kydai.streaming.recording;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;

/**
 * A camera that sends 25 pictures a second of made-up bytes, a key frame every 50 unless it is told
 * otherwise. Each picture begins with its number, so that a file tells which pictures it has.
 */
final class CameraPictures {
  static final Instant START = Instant.parse("2026-11-29T01:00:00Z");
  static final int TICKS = 3600;

  final CameraId camera;
  private CodecParameters parameters = parameters(320);
  private final int size;
  private final int keyFrames;
  private Duration clockStep = Duration.ZERO;
  private long sequence;
  private long time;
  private boolean fresh = true;

  CameraPictures(String camera, int size) {
    this(camera, size, 50);
  }

  /**
   * @param keyFrames how many pictures there are from one key frame to the next
   */
  CameraPictures(String camera, int size, int keyFrames) {
    this.camera = new CameraId(camera);
    this.size = size;
    this.keyFrames = keyFrames;
  }

  static CodecParameters parameters(int width) {
    HexFormat hex = HexFormat.of();
    return new CodecParameters(
        Codec.H264,
        width,
        180,
        List.of(hex.parseHex("6742c01ed900a047fe88")),
        List.of(hex.parseHex("68cb83cb20")));
  }

  /** The next picture. */
  AccessUnit next() {
    return next(false);
  }

  AccessUnit damaged() {
    return next(true);
  }

  private AccessUnit next(boolean damaged) {
    ByteBuffer data = ByteBuffer.allocate(size);
    data.putInt(size - 4).put((byte) 0x65).putLong(sequence).rewind();
    AccessUnit unit =
        new AccessUnit(
            camera,
            parameters,
            sequence,
            time,
            time,
            START.plusNanos(time * 100_000 / 9).plus(clockStep),
            WallClockSource.ARRIVAL,
            sequence % keyFrames == 0,
            fresh,
            damaged,
            data);
    fresh = false;
    sequence++;
    time += TICKS;
    return unit;
  }

  /** The camera is not there for a time, and begins with a key frame again. */
  void lost(Duration outage) {
    time += outage.toMillis() * 90;
    sequence = (sequence + keyFrames - 1) / keyFrames * keyFrames;
    fresh = true;
  }

  /** The camera sends nothing for a time, and goes on as if nothing had been. */
  void stalled(Duration pause) {
    time += pause.toMillis() * 90;
  }

  /** From the next key frame on. */
  void resolution(int width) {
    parameters = parameters(width);
  }

  void setClock(Duration step) {
    clockStep = clockStep.plus(step);
    fresh = true;
  }

  /** When the picture that was sent last has ended. */
  Instant now() {
    return START.plusNanos(time * 100_000 / 9).plus(clockStep);
  }
}
