package io.kydai.ingest.rtp;

import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import java.util.Map;

/**
 * Takes AAC access units out of RTP payloads (RFC 3640, modes AAC-hbr and AAC-lbr): several in a
 * packet, or one in several packets.
 *
 * <table>
 * <caption>Limits</caption>
 * <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 * <tr><td>an access unit</td><td>8,191 bytes (13 bits)</td><td>cannot be said</td></tr>
 * <tr><td>access units in a packet</td><td>64</td><td rowspan="3">the rest of the packet is passed
 *     over, and the next one follows a loss</td></tr>
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
  private int wanted;
  private long timestamp;

  /**
   * @param parameters of the track
   * @throws MediaException when they describe something else than these two modes
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
      throw new MediaException("describes AAC of a mode that is not known");
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
    String told = parameters.getOrDefault(name, Integer.toString(bits));
    if (!told.equals(Integer.toString(bits))) {
      throw new MediaException("describes AAC with a " + name + " that is not its mode's");
    }
  }

  @Override
  public void lost() {
    loss = true;
    fragments = new byte[0];
    wanted = 0;
  }

  @Override
  public void accept(RtpPacket packet) {
    if (!unpack(packet.payload(), packet.timestamp())) {
      lost();
    }
  }

  /**
   * @return whether it made sense
   */
  private boolean unpack(ByteBuf payload, long time) {
    int start = payload.readerIndex();
    int end = payload.writerIndex();
    if (end - start < 2) {
      return false;
    }
    int headerBits = payload.getUnsignedShort(start);
    int each = sizeBits + indexBits;
    int count = headerBits / each;
    int at = start + 2 + (headerBits + 7) / 8;
    if (count < 1 || count > MAX_UNITS || headerBits % each != 0 || at >= end) {
      return false;
    }
    for (int i = 0; i < count; i++) {
      int size = bits(payload, start + 2, i * each, sizeBits);
      int index = bits(payload, start + 2, i * each + sizeBits, indexBits);
      if (index != 0 || size == 0) {
        return false;
      }
      if (count == 1 && size > end - at) {
        return fragment(payload, at, end - at, size, time);
      }
      if (wanted > 0) {
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
      hand(time + (long) i * duration & 0xffff_ffffL, unit);
    }
    return true;
  }

  /** A piece of an access unit; each piece's header gives the size of the whole. */
  private boolean fragment(ByteBuf payload, int at, int length, int whole, long time) {
    if (wanted == 0) {
      wanted = whole;
      timestamp = time;
    }
    if (wanted != whole || timestamp != time || fragments.length + length > whole) {
      return false;
    }
    int before = fragments.length;
    fragments = Arrays.copyOf(fragments, before + length);
    payload.getBytes(at, fragments, before, length);
    if (fragments.length == whole) {
      byte[] unit = fragments;
      fragments = new byte[0];
      wanted = 0;
      hand(time, unit);
    }
    return true;
  }

  private void hand(long time, byte[] unit) {
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
