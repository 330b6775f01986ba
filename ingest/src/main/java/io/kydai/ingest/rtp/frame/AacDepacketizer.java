package io.kydai.ingest.rtp.frame;

import io.kydai.ingest.rtp.packet.Depacketizer;
import io.kydai.ingest.rtp.packet.FrameReceiver;
import io.kydai.ingest.rtp.packet.MediaException;
import io.kydai.ingest.rtp.packet.RtpPacket;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Map;

/**
 * Extracts AAC access units from RTP payloads (RFC 3640, modes AAC-hbr and AAC-lbr). A packet may
 * hold several access units, or a fragment of one.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>an access unit</td><td>8,191 bytes (a 13-bit size field)</td>
 *     <td>not possible</td></tr>
 * <tr><td>access units in a packet</td><td>64</td><td rowspan="3">the rest of
 *     the packet is dropped, and the next access unit is marked as after a loss</td></tr>
 * <tr><td>interleaved access units</td><td>none</td></tr>
 * <tr><td>headers or data that end early</td><td></td></tr>
 * </table>
 */
public final class AacDepacketizer implements Depacketizer {
  private static final int MAX_UNITS = 64;
  private static final int SAMPLES = 1024;

  private final FrameReceiver receiver;
  private final int sizeBits;
  private final int indexBits;
  private final int duration;

  private boolean loss = true;
  private byte[] fragments = new byte[0];
  private int unitSize;
  private long timestamp;

  /**
   * Creates a depacketiser for one track.
   *
   * @param parameters the track's format parameters ({@code fmtp}), with names in lower case
   * @throws MediaException when the parameters describe another mode, or field sizes that are not
   *     the mode's
   */
  public AacDepacketizer(FrameReceiver receiver, Map<String, String> parameters)
      throws MediaException {
    this.receiver = receiver;
    String mode = parameters.getOrDefault("mode", "");
    if (mode.equalsIgnoreCase("AAC-hbr")) {
      sizeBits = 13;
      indexBits = 3;
    } else if (mode.equalsIgnoreCase("AAC-lbr")) {
      sizeBits = 6;
      indexBits = 2;
    } else {
      throw new MediaException("describes AAC of a mode that is not supported");
    }
    expect(parameters, "sizelength", sizeBits);
    expect(parameters, "indexlength", indexBits);
    expect(parameters, "indexdeltalength", indexBits);
    duration =
        parameters.getOrDefault("constantduration", "").matches("[1-9]\\d{0,4}")
            ? Integer.parseInt(parameters.get("constantduration"))
            : SAMPLES;
  }

  private static void expect(Map<String, String> parameters, String name, int bits)
      throws MediaException {
    String value = parameters.getOrDefault(name, Integer.toString(bits));
    if (!value.equals(Integer.toString(bits))) {
      throw new MediaException("describes AAC with a " + name + " that is not its mode's");
    }
  }

  @Override
  public void lost() {
    loss = true;
    fragments = new byte[0];
    unitSize = 0;
  }

  @Override
  public void accept(RtpPacket packet) {
    if (!unpack(packet.payload(), packet.timestamp())) {
      lost();
    }
  }

  /** Extracts the access units of a payload. @return whether the payload was well-formed */
  private boolean unpack(ByteBuf payload, long time) {
    int start = payload.readerIndex();
    int end = payload.writerIndex();
    if (end - start < 2) {
      return false;
    }
    int headerBits = payload.getUnsignedShort(start);
    int headerSize = sizeBits + indexBits;
    int count = headerBits / headerSize;
    int at = start + 2 + (headerBits + 7) / 8;
    if (count < 1 || count > MAX_UNITS || headerBits % headerSize != 0 || at >= end) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      int size = bits(payload, start + 2, i * headerSize, sizeBits);
      int index = bits(payload, start + 2, i * headerSize + sizeBits, indexBits);
      if (index != 0 || size == 0) {
        return false;
      }
      if (count == 1 && size > end - at) {
        return fragment(payload, at, end - at, size, time);
      }
      if (unitSize > 0) {
        if (count != 1 || time != timestamp) {
          lost();
        } else {
          return fragment(payload, at, end - at, size, time);
        }
      }
      if (size > end - at) {
        return false;
      }
      byte[] unit = new byte[size];
      payload.getBytes(at, unit);
      at += size;
      deliver(time + (long) i * duration & 0xffff_ffffL, unit);
    }
    return true;
  }

  /** Adds a fragment of an access unit. Each fragment's header gives the size of the whole unit. */
  private boolean fragment(ByteBuf payload, int at, int length, int size, long time) {
    if (unitSize == 0) {
      unitSize = size;
      timestamp = time;
    }
    if (unitSize != size || timestamp != time || fragments.length + length > size) {
      return false;
    }
    int before = fragments.length;
    fragments = Arrays.copyOf(fragments, before + length);
    payload.getBytes(at, fragments, before, length);
    if (fragments.length == size) {
      byte[] unit = fragments;
      fragments = new byte[0];
      unitSize = 0;
      deliver(time, unit);
    }
    return true;
  }

  private void deliver(long time, byte[] unit) {
    receiver.onFrame(time, loss, unit);
    loss = false;
  }

  private static int bits(ByteBuf payload, int start, int from, int count) {
    int value = 0;
    for (int i = from; i < from + count; i++) {
      value = value << 1 | payload.getByte(start + i / 8) >> (7 - i % 8) & 1;
    }
    return value;
  }
}
