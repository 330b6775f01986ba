package io.kydai.ingest.simulator.transport;

import io.kydai.ingest.simulator.fault.MediaFault;
import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.simulator.media.H264Payloads;
import io.kydai.ingest.simulator.media.H265Grammar;
import io.kydai.ingest.simulator.media.H265Payloads;
import io.kydai.ingest.simulator.media.MediaUnit;
import io.kydai.ingest.simulator.media.Packetization;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Applies the {@link MediaFault}s of a fault to the pictures of a camera. */
public final class MediaFaults {
  private static final int FU_A = 28;
  private static final int FU = 49;
  private static final byte[] START_CODE = {0, 0, 0, 1};

  /** The length of the main header in bytes (RFC 2435, section 3.1). */
  private static final int JPEG_HEADER = 8;

  private static final int RESTART_HEADER = 4;
  private static final int WITH_RESTARTS = 64;

  /** A Q value whose tables may be omitted after they were sent once (RFC 2435, section 4.2). */
  private static final byte KEPT_TABLES = (byte) 200;

  private final List<MediaFault> steps;
  private final Clip.Format format;
  private long pictures;

  /**
   * Creates faults in their initial state.
   *
   * @param steps the faults, which are applied in this order
   * @param format the format of the clip's units
   */
  public MediaFaults(List<MediaFault> steps, Clip.Format format) {
    this.steps = steps;
    this.format = format;
  }

  private boolean has(MediaFault.Kind kind) {
    return steps.stream().anyMatch(step -> step.kind() == kind);
  }

  /** Returns whether a picture is not sent. */
  public boolean leavesOut(MediaUnit unit) {
    return has(MediaFault.Kind.NO_KEY) && unit.key();
  }

  /** Returns whether a client's stream may begin at any picture. */
  public boolean beginsAnywhere() {
    return has(MediaFault.Kind.NO_KEY);
  }

  /**
   * Returns whether a packet has the marker bit.
   *
   * @param last whether the packet is the last one of its picture
   */
  public boolean marks(byte[] payload, boolean last) {
    if (has(MediaFault.Kind.NO_MARKER)) {
      return false;
    }
    return last
        || has(MediaFault.Kind.MARKER_ON_PACKETS)
        || has(MediaFault.Kind.MARKER_ON_UNITS) && endsNal(payload);
  }

  private boolean endsNal(byte[] payload) {
    return switch (format) {
      case H264 -> (payload[0] & 0x1f) != FU_A || (payload[1] & 0x40) != 0;
      case H265 -> H265Grammar.type(payload) != FU || (payload[2] & 0x40) != 0;
      case MJPEG -> false;
    };
  }

  /** Returns the payloads that are sent in place of a picture's own payloads. */
  public List<byte[]> payloads(List<byte[]> own) {
    pictures++;
    List<byte[]> sent = own;
    for (MediaFault step : steps) {
      if (step.kind() == MediaFault.Kind.ANNEX_B && format != Clip.Format.MJPEG) {
        sent = asByteStream(sent);
      } else if (step.kind() == MediaFault.Kind.JPEG_TABLES && format == Clip.Format.MJPEG) {
        sent = new ArrayList<>(sent);
        sent.set(0, withTables(sent.get(0), step));
      }
    }
    return sent;
  }

  private List<byte[]> asByteStream(List<byte[]> payloads) {
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    int header = format == Clip.Format.H264 ? 1 : 2;
    for (byte[] payload : payloads) {
      boolean fragment =
          header == 1 ? (payload[0] & 0x1f) == FU_A : H265Grammar.type(payload) == FU;
      int state = fragment ? payload[header] : 0x80;
      if ((state & 0x80) != 0 && stream.size() > 0) {
        stream.writeBytes(START_CODE);
      }
      if (fragment && (state & 0x80) != 0) {
        stream.write(
            header == 1
                ? payload[0] & 0xe0 | state & 0x1f
                : payload[0] & 0x81 | (state & 0x3f) << 1);
        stream.write(payload, 1, header - 1);
      }
      int from = fragment ? header + 1 : 0;
      stream.write(payload, from, payload.length - from);
    }
    List<byte[]> one = List.of(stream.toByteArray());
    return format == Clip.Format.H264
        ? H264Payloads.of(one, Packetization.FRAGMENTS)
        : new H265Payloads(Packetization.FRAGMENTS).of(one);
  }

  private byte[] withTables(byte[] payload, MediaFault step) {
    int at = JPEG_HEADER + ((payload[4] & 0xff) >= WITH_RESTARTS ? RESTART_HEADER : 0);
    int length = ByteBuffer.wrap(payload).getShort(at + 2) & 0xffff;
    byte[] own = Arrays.copyOfRange(payload, at + 4, at + 4 + length);
    boolean sent = (pictures - 1) % step.every() == 0;
    byte[] tables = sent ? tables(own, step) : new byte[0];
    int precision = step.wide() ? (1 << step.tables()) - 1 : 0;
    ByteBuffer made =
        ByteBuffer.allocate(payload.length - length + tables.length)
            .put(payload, 0, at)
            .put((byte) 0)
            .put((byte) precision)
            .putShort((short) tables.length)
            .put(tables)
            .put(payload, at + 4 + length, payload.length - at - 4 - length);
    if (step.every() > 1) {
      made.put(5, KEPT_TABLES);
    }
    return made.array();
  }

  /** Returns the picture's own tables, with the last one repeated up to the number to be sent. */
  private static byte[] tables(byte[] own, MediaFault step) {
    int entries = 64;
    int width = step.wide() ? 2 : 1;
    byte[] all = new byte[step.tables() * entries * width];
    for (int i = 0; i < step.tables() * entries; i++) {
      int from = Math.min(i, own.length - entries + i % entries);
      all[(i + 1) * width - 1] = own[from];
    }
    return all;
  }
}
