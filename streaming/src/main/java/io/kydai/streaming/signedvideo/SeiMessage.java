package io.kydai.streaming.signedvideo;

import io.kydai.streaming.signedvideo.SigningDocument.UnreadableException;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A SEI message of type <em>user data unregistered</em> (H.264, section D.1.7) in which a signing
 * document stands: a UUID, a byte of flags, and fields.
 *
 * @param nal all of its NAL unit, as it stands in the file
 * @param plain the same without emulation prevention bytes (H.264, section 7.4.1)
 * @param places of the emulation prevention bytes in the NAL unit
 * @param flags the byte behind the UUID
 * @param fields where the fields begin in {@code plain}
 * @param end where they end
 */
record SeiMessage(byte[] nal, byte[] plain, List<Integer> places, int flags, int fields, int end) {
  private static final byte[] ONVIF_UUID = {
    0x00,
    0x5b,
    (byte) 0xc9,
    0x3f,
    0x2d,
    0x71,
    0x5e,
    (byte) 0x95,
    (byte) 0xad,
    (byte) 0xa4,
    0x79,
    0x6f,
    (byte) 0x90,
    (byte) 0x87,
    0x7a,
    0x6f
  };

  /** "Signed Video...0". */
  private static final byte[] AXIS_UUID = {
    0x53, 0x69, 0x67, 0x6e, 0x65, 0x64, 0x20, 0x56, 0x69, 0x64, 0x65, 0x6f, 0x2e, 0x2e, 0x2e, 0x30
  };

  private static final int USER_DATA_UNREGISTERED = 5;
  private static final int ONVIF_FLAG_CERTIFICATES = 0x80;
  private static final int AXIS_FLAG_GOLDEN = 0x40;

  /** Whether it is of a key, names the group before, and has the hash of its group. */
  private static final int AXIS_FLAGS_SECOND = 0x70;

  /** Whose format a signature has. */
  enum Format {
    /** ONVIF's Media Signing Specification. */
    ONVIF,
    /** Axis Signed Video since version 2, of which ONVIF's came. */
    AXIS,
    /** Axis Signed Video of version 1. */
    AXIS_FIRST
  }

  /** Returns the format of a SEI's signature; null for a SEI without one. */
  static @Nullable Format format(byte[] nal, boolean h265) {
    int payload = payload(nal, h265);
    int flags = payload + ONVIF_UUID.length;
    if (payload < 0 || flags >= nal.length) {
      return null;
    }
    byte[] uuid = Arrays.copyOfRange(nal, payload, flags);
    if (Arrays.equals(uuid, ONVIF_UUID)) {
      return Format.ONVIF;
    }
    if (!Arrays.equals(uuid, AXIS_UUID)) {
      return null;
    }
    return (nal[flags] & AXIS_FLAGS_SECOND) == 0 ? Format.AXIS_FIRST : Format.AXIS;
  }

  /** Returns whether a SEI message has a certificate or a key, and is about no pictures. */
  static boolean isOfCertificates(byte[] nal, boolean h265) {
    Format format = format(nal, h265);
    int flags = payload(nal, h265) + ONVIF_UUID.length;
    return format != null
        && (nal[flags] & (format == Format.ONVIF ? ONVIF_FLAG_CERTIFICATES : AXIS_FLAG_GOLDEN))
            != 0;
  }

  /** Returns where the payload of the first message begins; -1 for another type of message. */
  private static int payload(byte[] nal, boolean h265) {
    int at = h265 ? 2 : 1;
    if (at >= nal.length || nal[at++] != USER_DATA_UNREGISTERED) {
      return -1;
    }
    while (at < nal.length && nal[at] == (byte) 0xff) {
      at++;
    }
    return at + 1;
  }

  /**
   * Reads a message.
   *
   * @param nal of which {@link #format} is not null, without zero bytes behind it
   */
  static SeiMessage read(byte[] nal, boolean h265) throws UnreadableException {
    int payload = payload(nal, h265);
    int size = 0;
    for (int at = h265 ? 3 : 2; at < payload; at++) {
      size += nal[at] & 0xff;
    }
    int end = payload + size;
    // In a file, some writers leave out what only start codes need: the size tells.
    List<Integer> places = new ArrayList<>();
    byte[] plain = nal.length <= end + 1 ? nal : plain(nal, places);
    int flags = payload + ONVIF_UUID.length;
    if (end > plain.length || flags >= end) {
      throw new UnreadableException("a signing document is cut off");
    }
    return new SeiMessage(nal, plain, places, plain[flags] & 0xff, flags + 1, end);
  }

  private static byte[] plain(byte[] nal, List<Integer> places) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(nal.length);
    int zeros = 0;
    for (int i = 0; i < nal.length; i++) {
      if (zeros >= 2 && nal[i] == 3) {
        places.add(i);
        zeros = 0;
      } else {
        zeros = nal[i] == 0 ? zeros + 1 : 0;
        out.write(nal[i]);
      }
    }
    return out.toByteArray();
  }

  /**
   * Returns the NAL unit up to a place.
   *
   * @param until in {@code plain}, at least 1
   * @param escaped with the emulation prevention bytes
   */
  byte[] until(int until, boolean escaped) {
    return escaped ? Arrays.copyOf(nal, place(until - 1) + 1) : Arrays.copyOf(plain, until);
  }

  /** Returns all of the NAL unit. */
  byte[] all(boolean escaped) {
    return escaped ? nal : plain;
  }

  /** Returns where a byte of {@code plain} stands in the NAL unit. */
  private int place(int index) {
    int at = index;
    for (int place : places) {
      if (place <= at) {
        at++;
      }
    }
    return at;
  }
}
