package io.kydai.streaming.signedvideo;

import static io.kydai.streaming.signedvideo.FieldBytes.printable;
import static io.kydai.streaming.signedvideo.FieldBytes.rest;
import static io.kydai.streaming.signedvideo.FieldBytes.take;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signing document of ONVIF's Media Signing Specification 26.06, sections 5.4 to 5.6.
 *
 * <p>The specification's text has numbers of more than 16 bits in little-endian order; its
 * reference implementation, and the cameras that use it, write big-endian. Which one a document has
 * shows in its time, which is of a year from 2000 to 2200 in one order only.
 *
 * @param vendor firmware, serial number and manufacturer, those that are told
 * @param chains of certificates in PEM
 */
record OnvifDocument(
    boolean certificateOnly,
    @Nullable Group group,
    List<byte[]> hashes,
    byte @Nullable [] hashOid,
    List<String> vendor,
    List<Chain> chains,
    byte[] signedBytes,
    byte @Nullable [] signature,
    byte[] hashedBytes)
    implements SigningDocument {
  private static final int FLAG_CERTIFICATES = 0x80;
  private static final int FLAG_ESCAPED = 0x40;
  private static final long FROM_1601_TO_1970 = 11_644_473_600L;
  private static final long TENTH_MICROSECONDS = 10_000_000;
  private static final long YEAR_2000 = (FROM_1601_TO_1970 + 946_684_800L) * TENTH_MICROSECONDS;
  private static final long YEAR_2200 = (FROM_1601_TO_1970 + 7_258_118_400L) * TENTH_MICROSECONDS;

  /**
   * A chain of certificates.
   *
   * @param users whether it is the operator's own, beside the manufacturer's
   */
  record Chain(boolean users, String pem) {}

  /** Reads a document. */
  static OnvifDocument read(SeiMessage message) throws UnreadableException {
    Reader reader = new Reader(message.plain());
    try {
      reader.read(message.fields(), message.end());
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new UnreadableException("a signing document has a field of a wrong size");
    }
    boolean escaped = (message.flags() & FLAG_ESCAPED) != 0;
    int signedEnd = reader.signatureAt < 0 ? message.end() : reader.signatureAt;
    boolean certificates = (message.flags() & FLAG_CERTIFICATES) != 0;
    if (!certificates && reader.group == null) {
      throw new UnreadableException("a signing document says nothing of a group of pictures");
    }
    return new OnvifDocument(
        certificates,
        reader.group,
        reader.hashes(),
        reader.hashOid,
        List.copyOf(reader.vendor),
        List.copyOf(reader.chains),
        message.until(signedEnd, escaped),
        reader.signature,
        message.all(escaped));
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
      return FieldBytes.hashes(all, about.hash().length);
    }
  }
}
