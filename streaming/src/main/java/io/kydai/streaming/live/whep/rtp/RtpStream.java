package io.kydai.streaming.live.whep.rtp;

import static java.util.Objects.requireNonNull;

import io.kydai.streaming.live.whep.srtp.SecureSender;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * One source of RTP packets in a session, which counts and protects them. One thread at a time.
 *
 * <p>A sequence number is counted on beyond its 16 bits, from less than 32,768, as SRTP needs it.
 */
public final class RtpStream {
  private static final int FIXED_HEADER = 12;
  private static final int VERSION = 0x80;
  private static final int EXTENDED = 0x10;
  private static final int MARKER = 0x80;

  private final int ssrc;
  private final int payloadType;
  private final HeaderExtensions extensions;
  private final SecureSender secure;
  private long index;
  private long packets;
  private long octets;

  /**
   * @param first the first sequence number, 0 to 32,767
   */
  public RtpStream(
      int ssrc, int payloadType, HeaderExtensions extensions, SecureSender secure, int first) {
    if (first < 0 || first > Short.MAX_VALUE) {
      throw new IllegalArgumentException("a first sequence number is 0 to 32767, not " + first);
    }
    this.ssrc = ssrc;
    this.payloadType = payloadType;
    this.extensions = requireNonNull(extensions);
    this.secure = requireNonNull(secure);
    index = first;
  }

  public int ssrc() {
    return ssrc;
  }

  /** Returns the sequence number of the packet that comes next, 0 to 65,535. */
  public int nextSequence() {
    return (int) index & 0xffff;
  }

  /** Returns how many packets there were. */
  public long packets() {
    return packets;
  }

  /** Returns the bytes of their payloads. */
  public long octets() {
    return octets;
  }

  /** Returns the size that a packet has with such a payload, protected, at most. */
  public int size(byte[] payload) {
    return FIXED_HEADER + extensions.size() + payload.length + SecureSender.growth();
  }

  /**
   * Makes the next packet, protected.
   *
   * @param marker whether it is a picture's last one
   * @param nanos the time at which it is sent
   * @param number in the session, 0 to 65,535, where that was agreed on
   */
  public byte[] packet(boolean marker, int timestamp, byte[] payload, long nanos, int number) {
    int header = FIXED_HEADER + extensions.size();
    int size = header + payload.length;
    byte[] packet = new byte[size + SecureSender.growth()];
    ByteBuffer out = ByteBuffer.wrap(packet);
    out.put((byte) (extensions.size() == 0 ? VERSION : VERSION | EXTENDED));
    out.put((byte) (marker ? MARKER | payloadType : payloadType));
    out.putShort((short) index).putInt(timestamp).putInt(ssrc);
    extensions.write(out, nanos, number);
    out.put(payload);
    int protectedSize = secure.rtp(packet, header, size, index);
    index++;
    packets++;
    octets += payload.length;
    return Arrays.copyOf(packet, protectedSize);
  }
}
