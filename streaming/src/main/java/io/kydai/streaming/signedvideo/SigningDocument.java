package io.kydai.streaming.signedvideo;

import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signing document, which stands in a SEI message of type <em>user data unregistered</em> (Media
 * Signing Specification 26.06, sections 5.4 to 5.6).
 *
 * <p>The specification's text has numbers of more than 16 bits in little-endian order; its
 * reference implementation, and the cameras that use it, write big-endian. Which one a document has
 * shows in its time, which is of a year from 2000 to 2200 in one order only.
 *
 * @param certificateOnly whether it carries certificates and is about no pictures
 * @param group what it says of a group of pictures, or of a part of one; null for certificates only
 * @param hashes of the NAL units of the group in their order; empty where they are left out
 * @param hashOid the object identifier of the digest in DER; null where it does not say
 * @param vendor firmware, serial number and manufacturer, those that are told
 * @param chains of certificates in PEM
 * @param signedBytes which the signature is of
 * @param signature null where a later document covers this one
 * @param hashedBytes of which a later document has the digest, where this one is not signed
 */
record SigningDocument(
    boolean certificateOnly,
    @Nullable Group group,
    List<byte[]> hashes,
    byte @Nullable [] hashOid,
    List<String> vendor,
    List<Chain> chains,
    byte[] signedBytes,
    byte @Nullable [] signature,
    byte[] hashedBytes) {
  private static final byte[] UUID = {
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

  /** "Signed Video...0", of Axis's own format, which came before the specification. */
  private static final byte[] AXIS_UUID = {
    0x53, 0x69, 0x67, 0x6e, 0x65, 0x64, 0x20, 0x56, 0x69, 0x64, 0x65, 0x6f, 0x2e, 0x2e, 0x2e, 0x30
  };

  private static final int USER_DATA_UNREGISTERED = 5;
  private static final int FLAG_CERTIFICATES = 0x80;
  private static final int FLAG_ESCAPED = 0x40;
  private static final long FROM_1601_TO_1970 = 11_644_473_600L;
  private static final long TENTH_MICROSECONDS = 10_000_000;
  private static final long YEAR_2000 = (FROM_1601_TO_1970 + 946_684_800L) * TENTH_MICROSECONDS;
  private static final long YEAR_2200 = (FROM_1601_TO_1970 + 7_258_118_400L) * TENTH_MICROSECONDS;

  /**
   * What a document says of a group of pictures.
   *
   * @param partial whether the group goes on
   * @param start when its first picture was taken, by the camera's clock; null where it has none
   * @param counter of documents, modulo 2^32
   * @param units how many NAL units it is about, where it has no list of their hashes
   * @param hash of their hashes
   * @param linked the hash of the first NAL unit of the group before; zeros for the first of all
   */
  record Group(
      boolean partial,
      @Nullable Instant start,
      long counter,
      int units,
      byte[] hash,
      byte[] linked) {
    boolean isFirst() {
      return Arrays.equals(linked, new byte[linked.length]);
    }
  }

  /**
   * A chain of certificates.
   *
   * @param users whether it is the operator's own, beside the manufacturer's
   */
  record Chain(boolean users, String pem) {}

  /** How many NAL units it is about. */
  int units() {
    return !hashes.isEmpty() ? hashes.size() : group == null ? 0 : group.units();
  }

  /** Whose format a SEI message with a signature has. */
  enum Format {
    ONVIF,
    AXIS
  }

  /** A document that cannot be read. */
  static final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }

  /** Returns the format of a SEI's signature; null for a SEI without one. */
  static @Nullable Format format(byte[] nal, boolean h265) {
    int payload = payload(nal, h265);
    if (payload < 0 || payload + UUID.length > nal.length) {
      return null;
    }
    byte[] uuid = Arrays.copyOfRange(nal, payload, payload + UUID.length);
    return Arrays.equals(uuid, UUID)
        ? Format.ONVIF
        : Arrays.equals(uuid, AXIS_UUID) ? Format.AXIS : null;
  }

  /** Returns whether a SEI message has certificates, and is about no pictures. */
  static boolean isOfCertificates(byte[] nal, boolean h265) {
    int flags = payload(nal, h265) + UUID.length;
    return format(nal, h265) == Format.ONVIF
        && flags < nal.length
        && (nal[flags] & FLAG_CERTIFICATES) != 0;
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
   * Reads a document.
   *
   * @param nal of {@link Format#ONVIF}, without zero bytes behind it
   */
  static SigningDocument read(byte[] nal, boolean h265) throws UnreadableException {
    int payload = payload(nal, h265);
    int size = 0;
    for (int at = h265 ? 3 : 2; at < payload; at++) {
      size += nal[at] & 0xff;
    }
    int end = payload + size;
    // In a file, some writers leave out what only start codes need: the size tells.
    Unescaped plain = nal.length <= end + 1 ? new Unescaped(nal, List.of()) : Unescaped.of(nal);
    int reserved = payload + UUID.length;
    if (end > plain.bytes().length || reserved >= end) {
      throw new UnreadableException("a signing document is cut off");
    }
    int flags = plain.bytes()[reserved];
    Reader reader = new Reader(plain.bytes());
    try {
      reader.read(reserved + 1, end);
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new UnreadableException("a signing document has a field of a wrong size");
    }
    boolean escaped = (flags & FLAG_ESCAPED) != 0;
    int signedEnd = reader.signatureAt < 0 ? end : reader.signatureAt;
    boolean certificates = (flags & FLAG_CERTIFICATES) != 0;
    if (!certificates && reader.group == null) {
      throw new UnreadableException("a signing document says nothing of a group of pictures");
    }
    return new SigningDocument(
        certificates,
        reader.group,
        reader.hashes(),
        reader.hashOid,
        List.copyOf(reader.vendor),
        List.copyOf(reader.chains),
        escaped
            ? Arrays.copyOf(nal, plain.place(signedEnd - 1) + 1)
            : Arrays.copyOf(plain.bytes(), signedEnd),
        reader.signature,
        escaped ? nal : plain.bytes());
  }

  /**
   * A NAL unit without its emulation prevention bytes (H.264, section 7.4.1).
   *
   * @param places of the emulation prevention bytes in the NAL unit
   */
  private record Unescaped(byte[] bytes, List<Integer> places) {
    static Unescaped of(byte[] nal) {
      ByteArrayOutputStream out = new ByteArrayOutputStream(nal.length);
      List<Integer> places = new ArrayList<>();
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
      return new Unescaped(out.toByteArray(), places);
    }

    /** Returns where a byte stands in the NAL unit. */
    int place(int index) {
      int at = index;
      for (int place : places) {
        if (place <= at) {
          at++;
        }
      }
      return at;
    }
  }

  /** Reads the fields, each a tag, a length of 16 bits and a value (section 5.6). */
  private static final class Reader {
    private final byte[] bytes;
    private final List<String> vendor = new ArrayList<>();
    private final List<Chain> chains = new ArrayList<>();
    private @Nullable Group group;
    private byte @Nullable [] list;
    private byte @Nullable [] hashOid;
    private byte @Nullable [] signature;
    private int signatureAt = -1;

    Reader(byte[] bytes) {
      this.bytes = bytes;
    }

    void read(int from, int end) throws UnreadableException {
      int at = from;
      while (at < end && signatureAt < 0) {
        int tag = bytes[at];
        ByteBuffer length = ByteBuffer.wrap(bytes, at + 1, 2);
        int size = length.getShort() & 0xffff;
        if (at + 3 + size > end || size == 0) {
          throw new UnreadableException("a field of a signing document is cut off");
        }
        ByteBuffer value = ByteBuffer.wrap(bytes, at + 3, size).slice();
        int version = value.get();
        if (version < 1 || version > (tag == 1 ? 2 : 1)) {
          throw new UnreadableException("field " + tag + " has the unknown version " + version);
        }
        if (tag == 3) {
          signatureAt = at;
        }
        field(tag, version, value);
        at += 3 + size;
      }
    }

    private void field(int tag, int version, ByteBuffer value) throws UnreadableException {
      switch (tag) {
        case 1 -> group = group(version, value);
        case 2 -> list = rest(value);
        case 3 -> signature = take(value, value.getShort() & 0xffff);
        case 4 -> hashOid = take(value, value.get() & 0xff);
        case 5 -> {
          for (int i = 0; i < 3; i++) {
            vendor.add(printable(take(value, value.get() & 0xff)));
          }
        }
        case 6 -> chains.add(new Chain(value.get() != 0, printable(rest(value))));
        case 7 -> {} // a vendor's own data, which is signed and not ours to read
        default -> throw new UnreadableException("a signing document has the unknown field " + tag);
      }
    }

    private static Group group(int version, ByteBuffer value) throws UnreadableException {
      take(value, 3); // the version of the specification, or of the implementation
      boolean partial = value.get() != 0;
      long start = value.getLong();
      boolean little = !isTime(start) && isTime(Long.reverseBytes(start));
      if (version >= 2) {
        value.getLong(); // when the next group begins
      }
      int counter = value.getInt();
      short units = value.getShort();
      if (value.remaining() % 2 != 0 || value.remaining() < 2) {
        throw new UnreadableException("a signing document has hashes of a wrong size");
      }
      byte[] hash = take(value, value.remaining() / 2);
      return new Group(
          partial,
          instant(little ? Long.reverseBytes(start) : start),
          (little ? Integer.reverseBytes(counter) : counter) & 0xffff_ffffL,
          units & 0xffff,
          hash,
          rest(value));
    }

    private static boolean isTime(long ticks) {
      return ticks >= YEAR_2000 && ticks < YEAR_2200;
    }

    private static @Nullable Instant instant(long ticks) {
      if (!isTime(ticks)) {
        return null;
      }
      return Instant.ofEpochSecond(
          Math.floorDiv(ticks, TENTH_MICROSECONDS) - FROM_1601_TO_1970,
          Math.floorMod(ticks, TENTH_MICROSECONDS) * 100);
    }

    List<byte[]> hashes() throws UnreadableException {
      byte[] all = list;
      Group about = group;
      if (all == null || about == null) {
        return List.of();
      }
      int size = about.hash().length;
      if (all.length % size != 0) {
        throw new UnreadableException("a signing document has hashes of a wrong size");
      }
      List<byte[]> hashes = new ArrayList<>();
      for (int at = 0; at < all.length; at += size) {
        hashes.add(Arrays.copyOfRange(all, at, at + size));
      }
      return hashes;
    }

    private static byte[] take(ByteBuffer value, int count) {
      byte[] taken = new byte[Math.min(count, value.remaining())];
      if (taken.length < count) {
        throw new BufferUnderflowException();
      }
      value.get(taken);
      return taken;
    }

    private static byte[] rest(ByteBuffer value) {
      return take(value, value.remaining());
    }

    private static String printable(byte[] text) {
      StringBuilder printable = new StringBuilder(text.length);
      for (byte one : text) {
        if (one >= ' ' && one < 0x7f || one == '\n') {
          printable.append((char) one);
        }
      }
      return printable.toString();
    }
  }
}
