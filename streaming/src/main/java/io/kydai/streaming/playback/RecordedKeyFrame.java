package io.kydai.streaming.playback;

import io.kydai.analytics.decode.CameraDecoder;
import io.kydai.analytics.decode.DecodedFrame;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.mp4.RecordedFile;
import io.kydai.streaming.mp4.RecordedFragment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A recorded key frame in its place, with what is needed to decode it alone.
 *
 * @param offset of its first byte in the file
 * @param size in bytes
 */
record RecordedKeyFrame(
    Path file, CodecParameters parameters, Instant takenAt, long offset, int size) {
  private static final int MOST_BYTES = 16 << 20;

  /** Reads where the key frames of a file are that begin a fragment, in the order of the file. */
  static List<RecordedKeyFrame> of(Path path) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      RecordedFile file = RecordedFile.read(channel);
      List<RecordedKeyFrame> found = new ArrayList<>();
      if (file.fragments().isEmpty()) {
        return found;
      }
      CodecParameters parameters = parameters(file.codec(), file.parameterSets());
      for (RecordedFragment fragment : file.fragments()) {
        if (fragment.keyFrame()) {
          found.add(
              new RecordedKeyFrame(
                  path,
                  parameters,
                  fragment.wallClock(),
                  fragment.mediaOffset(),
                  fragment.samples().sizes()[0]));
        }
      }
      return found;
    }
  }

  /** The size in pixels is not asked for: the decoder finds it in the parameter sets. */
  private static CodecParameters parameters(String codec, ByteBuffer sets) throws IOException {
    List<byte[]> video = new ArrayList<>();
    List<byte[]> sequence = new ArrayList<>();
    List<byte[]> picture = new ArrayList<>();
    boolean avc = codec.equals("avc1");
    ByteBuffer left = sets.duplicate();
    while (left.hasRemaining()) {
      byte[] nal = new byte[left.getInt()];
      left.get(nal);
      // ITU-T H.264, table 7-1, and H.265, table 7-1.
      switch (avc ? nal[0] & 0x1f : nal[0] >> 1 & 0x3f) {
        case 32 -> video.add(nal);
        case 7, 33 -> sequence.add(nal);
        case 8, 34 -> picture.add(nal);
        default -> {} // such as extensions, which a key frame does not need
      }
    }
    try {
      return switch (codec) {
        case "avc1" -> new CodecParameters(Codec.H264, 1, 1, sequence, picture);
        case "hvc1" -> CodecParameters.h265(1, 1, video, sequence, picture);
        default -> CodecParameters.jpeg(1, 1);
      };
    } catch (IllegalArgumentException e) {
      throw new IOException("a recorded file has no whole parameter sets", e);
    }
  }

  /**
   * Decodes it.
   *
   * @param use is lent the frame
   * @return null where a picture does not come of it alone, as of a recovery point at times
   * @throws IOException when it cannot be read
   * @throws io.kydai.analytics.decode.DecodeException when it cannot be decoded
   */
  byte @Nullable [] decode(CameraId camera, Function<DecodedFrame, byte[]> use) throws IOException {
    if (size > MOST_BYTES) {
      return null;
    }
    List<byte[]> made = new ArrayList<>();
    try (CameraDecoder decoder =
        new CameraDecoder(
            frame -> {
              try (frame) {
                if (made.isEmpty()) {
                  made.add(use.apply(frame));
                }
              }
            })) {
      decoder.decode(
          new AccessUnit(
              camera,
              parameters,
              0,
              0,
              0,
              takenAt,
              WallClockSource.ARRIVAL,
              true,
              true,
              false,
              read()),
          0);
      decoder.end();
    }
    return made.isEmpty() ? null : made.get(0);
  }

  private ByteBuffer read() throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(size);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      while (bytes.hasRemaining()) {
        if (channel.read(bytes, offset + bytes.position()) < 0) {
          throw new IOException("recording " + file + " became shorter");
        }
      }
    }
    return bytes.flip();
  }
}
