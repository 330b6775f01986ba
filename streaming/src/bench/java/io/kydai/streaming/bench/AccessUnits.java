package io.kydai.streaming.bench;

import io.kydai.ingest.codec.h264.NalUnits;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/** Makes access units of pictures with start codes (ITU-T H.264, annex B) and one SPS and PPS. */
final class AccessUnits {
  static final CameraId CAMERA = new CameraId("bench");

  private final int width;
  private final int height;
  private final Consumer<AccessUnit> units;
  private byte[] sequenceSet = {};
  private byte[] pictureSet = {};
  private ByteArrayOutputStream data = new ByteArrayOutputStream();
  private long sequence;

  /**
   * @param width of the picture in pixels
   * @param height of the picture in pixels
   * @param units takes each access unit
   */
  AccessUnits(int width, int height, Consumer<AccessUnit> units) {
    this.width = width;
    this.height = height;
    this.units = units;
  }

  /**
   * The next picture in decoding order; those before the first parameter sets are passed over.
   *
   * @param mediaTime 1/90000 s
   */
  void add(byte[] picture, long mediaTime, boolean key) {
    data = new ByteArrayOutputStream(picture.length);
    int start = -1;
    for (int i = 0; i + 2 < picture.length; i++) {
      if (picture[i] == 0 && picture[i + 1] == 0 && picture[i + 2] == 1) {
        nal(picture, start, i);
        start = i + 3;
        i += 2;
      }
    }
    nal(picture, start, picture.length);
    if (sequenceSet.length == 0 || pictureSet.length == 0 || data.size() == 0) {
      return;
    }
    CodecParameters parameters =
        new CodecParameters(Codec.H264, width, height, List.of(sequenceSet), List.of(pictureSet));
    units.accept(
        new AccessUnit(
            CAMERA,
            parameters,
            sequence,
            mediaTime,
            mediaTime,
            Instant.EPOCH.plusMillis(mediaTime / 90),
            WallClockSource.ARRIVAL,
            key,
            sequence == 0,
            false,
            ByteBuffer.wrap(data.toByteArray())));
    sequence++;
  }

  private void nal(byte[] picture, int from, int end) {
    if (from < 0 || from >= end) {
      return;
    }
    byte[] nal = NalUnits.trimmed(Arrays.copyOfRange(picture, from, end));
    switch (NalUnits.type(nal[0])) {
      case NalUnits.SEQUENCE_PARAMETER_SET -> sequenceSet = nal;
      case NalUnits.PICTURE_PARAMETER_SET -> pictureSet = nal;
      case NalUnits.ACCESS_UNIT_DELIMITER -> {}
      default -> {
        data.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(nal.length).array());
        data.writeBytes(nal);
      }
    }
  }
}
