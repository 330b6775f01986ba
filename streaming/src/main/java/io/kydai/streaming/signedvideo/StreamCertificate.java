package io.kydai.streaming.signedvideo;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The newest message with certificates of a camera that sends them at the start of its stream only,
 * for clips from later: a file of the stream begins with it (Media Signing Specification, section
 * A.1; Export File Format Specification, section 5.1). For one thread.
 *
 * <p>Bound: {@value #MOST_BYTES} bytes; a larger message is left out.
 */
public final class StreamCertificate {
  static final int MOST_BYTES = 64 << 10;
  private static final int LENGTH = 4;
  private static final int H264_DELIMITER = 9;
  private static final int H265_DELIMITER = 35;

  private byte @Nullable [] message;
  private long sequence;

  /** Takes the next access unit of the stream. */
  public void see(AccessUnit unit) {
    boolean h265 = unit.parameters().codec() == Codec.H265;
    if (!h265 && unit.parameters().codec() != Codec.H264) {
      return;
    }
    byte[] found = find(unit.data(), h265);
    if (found != null) {
      message = found;
      sequence = unit.sequence();
    }
  }

  /** What stands before the first slice is looked through. */
  private static byte @Nullable [] find(ByteBuffer data, boolean h265) {
    while (data.remaining() > LENGTH) {
      int length = data.getInt();
      if (length < 1 || length > data.remaining()) {
        return null;
      }
      NalUnitKind kind = NalUnitKind.of(data.slice(data.position(), length), h265);
      if (kind == NalUnitKind.SLICE || kind == NalUnitKind.GROUP_START) {
        return null;
      }
      if (kind == NalUnitKind.SEI && length <= MOST_BYTES) {
        byte[] nal = new byte[length];
        data.get(data.position(), nal);
        if (SeiMessage.isOfCertificates(nal, h265)) {
          return nal;
        }
      }
      data.position(data.position() + length);
    }
    return null;
  }

  /**
   * Returns pictures with the message before the first one: the same where the camera sent none
   * before it, or it has it itself.
   *
   * @param pictures in decoding order
   */
  public List<AccessUnit> before(List<AccessUnit> pictures) {
    byte[] nal = message;
    if (nal == null || pictures.isEmpty() || sequence >= pictures.get(0).sequence()) {
      return pictures;
    }
    List<AccessUnit> with = new ArrayList<>(pictures);
    with.set(0, with(pictures.get(0), nal));
    return with;
  }

  private static AccessUnit with(AccessUnit unit, byte[] nal) {
    ByteBuffer data = unit.data();
    ByteBuffer longer = ByteBuffer.allocate(data.remaining() + LENGTH + nal.length);
    if (beginsWithDelimiter(data, unit.parameters().codec() == Codec.H265)) {
      int delimiter = LENGTH + data.getInt(data.position());
      longer.put(data.slice(data.position(), delimiter));
      data.position(data.position() + delimiter);
    }
    longer.putInt(nal.length).put(nal).put(data).flip();
    return new AccessUnit(
        unit.camera(),
        unit.parameters(),
        unit.sequence(),
        unit.mediaTime(),
        unit.decodeTime(),
        unit.wallClock(),
        unit.wallClockSource(),
        unit.keyFrame(),
        unit.discontinuity(),
        unit.damaged(),
        longer);
  }

  private static boolean beginsWithDelimiter(ByteBuffer data, boolean h265) {
    if (data.remaining() <= LENGTH) {
      return false;
    }
    int length = data.getInt(data.position());
    byte header = data.get(data.position() + LENGTH);
    int type = h265 ? header >> 1 & 0x3f : header & 0x1f;
    return length <= data.remaining() - LENGTH && type == (h265 ? H265_DELIMITER : H264_DELIMITER);
  }
}
