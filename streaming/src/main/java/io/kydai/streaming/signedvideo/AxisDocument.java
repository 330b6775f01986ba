package io.kydai.streaming.signedvideo;

import static io.kydai.streaming.signedvideo.FieldBytes.printable;
import static io.kydai.streaming.signedvideo.FieldBytes.rest;
import static io.kydai.streaming.signedvideo.FieldBytes.take;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A signing document of Axis Signed Video, as its reference implementation writes it
 * (signed-video-framework, {@code sv_tlv.c}): there is no specification beside it.
 *
 * <p>Since version 2 of it, a document is about one group, and names the first NAL unit of the
 * group before, as ONVIF's does that came of it. In version 1 the first NAL unit of the next group
 * is the last one of a document, hashed with the first one of its own group.
 *
 * @param firstVersion whether it is of version 1
 * @param signsHashes whether the signature is of the hashes of a group without a list of them: in
 *     version 1 only
 * @param claim what it says of its signer; null where it does not
 */
record AxisDocument(
    boolean certificateOnly,
    @Nullable Group group,
    List<byte[]> hashes,
    byte @Nullable [] hashOid,
    byte[] signedBytes,
    byte @Nullable [] signature,
    byte[] hashedBytes,
    boolean firstVersion,
    boolean signsHashes,
    @Nullable Claim claim)
    implements SigningDocument {
  private static final int FLAG_ESCAPED = 0x80;
  private static final int FLAG_GOLDEN = 0x40;
  private static final int FLAG_TIME = 1;
  private static final int FLAG_PARTIAL = 2;
  private static final int FIRST_WITH_HASH = 3;
  private static final Instant YEAR_2000 = Instant.parse("2000-01-01T00:00:00Z");
  private static final Instant YEAR_2200 = Instant.parse("2200-01-01T00:00:00Z");

  /**
   * What a document says of its signer.
   *
   * @param key the public key in PEM; empty where it is that of the first certificate
   * @param product hardware, firmware, serial number, manufacturer and address
   * @param attestation by which the first certificate's key vouches for the public key, in
   *     hexadecimal; empty where there is none
   * @param chain of certificates in PEM without the root; empty where there is none
   */
  record Claim(String key, List<String> product, String attestation, String chain) {
    private static final int SERIAL_NUMBER = 2;

    String serialNumber() {
      return product.size() > SERIAL_NUMBER ? product.get(SERIAL_NUMBER) : "";
    }
  }

  /** Reads a document of {@link SeiMessage.Format#AXIS} or, of version 1, the other one. */
  static AxisDocument read(SeiMessage message, boolean firstVersion) throws UnreadableException {
    int flags = message.flags();
    boolean golden = (flags & FLAG_GOLDEN) != 0;
    Reader reader = new Reader(message.plain(), firstVersion);
    try {
      reader.read(message.fields(), message.end());
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new UnreadableException("a signing document has a field of a wrong size");
    }
    if (golden == (reader.group != null)) {
      throw new UnreadableException("a signing document says nothing of a group of pictures");
    }
    boolean escaped = (flags & FLAG_ESCAPED) != 0;
    int signedEnd = reader.signatureAt < 0 ? message.end() : reader.signatureAt;
    return new AxisDocument(
        golden,
        reader.group,
        reader.signsHashes ? List.of() : reader.hashes(),
        reader.hashOid,
        message.until(signedEnd, escaped),
        reader.signature,
        message.all(escaped),
        firstVersion,
        reader.signsHashes,
        reader.claim());
  }

  @Override
  public int units() {
    // Without a list, only a signature of the hashes, or their hash, says how many there are.
    Group about = group;
    return !hashes.isEmpty() || about == null
        ? hashes.size()
        : firstVersion && !signsHashes ? 0 : about.units();
  }

  /** Reads the fields, each a tag, a length of 8 or 16 bits and a value. */
  private static final class Reader {
    private final byte[] bytes;
    private final boolean firstVersion;
    private final List<String> product = new ArrayList<>();
    private @Nullable Group group;
    private byte @Nullable [] list;
    private byte @Nullable [] hashOid;
    private byte @Nullable [] signature;
    private int signatureAt = -1;
    private boolean signsHashes;
    private String key = "";
    private String attestation = "";
    private String chain = "";

    Reader(byte[] bytes, boolean firstVersion) {
      this.bytes = bytes;
      this.firstVersion = firstVersion;
    }

    void read(int from, int end) throws UnreadableException {
      int at = from;
      while (at < end && signatureAt < 0) {
        int tag = bytes[at] & 0xff;
        int head = tag == 1 || tag == 7 ? 2 : 3;
        if (at + head >= end) {
          throw new UnreadableException("a field of a signing document is cut off");
        }
        int size = bytes[at + 1] & 0xff;
        if (head == 3) {
          size = size << 8 | bytes[at + 2] & 0xff;
        }
        if (at + head + size > end || size == 0) {
          throw new UnreadableException("a field of a signing document is cut off");
        }
        if (tag == 5) {
          signatureAt = at;
        }
        field(tag, ByteBuffer.wrap(bytes, at + head, size).slice());
        at += head + size;
      }
    }

    private void field(int tag, ByteBuffer value) throws UnreadableException {
      int version = value.get();
      if (version < 1 || version > newest(tag)) {
        throw new UnreadableException("field " + tag + " has the unknown version " + version);
      }
      switch (tag) {
        case 1 -> group = group(version, value);
        case 2 -> {
          take(value, version == 1 ? 1 : 0); // the algorithm, which the key has too
          key = printable(rest(value));
        }
        case 3 -> {
          for (int i = 0; i < 5; i++) {
            product.add(printable(take(value, value.get() & 0xff)).replace('\n', ' '));
          }
        }
        case 4 -> list = rest(value);
        case 5 -> {
          value.get(); // whether the camera had an error
          signsHashes = version == 1 && firstVersion && value.get() == 0;
          if (version == 1 && !firstVersion) {
            value.get();
          }
          signature = take(value, value.getShort() & 0xffff);
        }
        case 7 -> hashOid = take(value, value.get() & 0xff);
        case 129 -> {
          attestation = HexFormat.of().formatHex(take(value, value.get() & 0xff));
          chain = printable(rest(value));
        }
        default -> {} // what an application added, which is signed and not ours to read
      }
    }

    private static int newest(int tag) throws UnreadableException {
      return switch (tag) {
        case 1 -> 4;
        case 2, 3, 5 -> 2;
        case 4, 6, 7, 129 -> 1;
        default -> throw new UnreadableException("a signing document has the unknown field " + tag);
      };
    }

    private Group group(int version, ByteBuffer value) throws UnreadableException {
      if (firstVersion == version >= FIRST_WITH_HASH) {
        throw new UnreadableException("field 1 has version " + version + ", which its flags deny");
      }
      long counter = value.getInt() & 0xffff_ffffL;
      int units = value.getShort() & 0xffff;
      take(value, 3); // the version of the implementation
      int flags = version >= 2 ? value.get() : 0;
      Instant start = (flags & FLAG_TIME) == 0 ? null : instant(value.getLong());
      if ((flags & FLAG_TIME) != 0 && version > FIRST_WITH_HASH) {
        value.getLong(); // when the group ends
      }
      if (value.remaining() % 2 != 0 || firstVersion != (value.remaining() == 0)) {
        throw new UnreadableException("a signing document has hashes of a wrong size");
      }
      byte[] linked = take(value, value.remaining() / 2);
      boolean partial = (flags & FLAG_PARTIAL) != 0;
      return new Group(partial, start, counter, units, rest(value), linked);
    }

    /**
     * Returns a time in microseconds since 1970; null for one that a camera without a clock has.
     */
    private static @Nullable Instant instant(long micros) {
      Instant time = Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
      return time.isBefore(YEAR_2000) || time.isAfter(YEAR_2200) ? null : time;
    }

    List<byte[]> hashes() throws UnreadableException {
      Group about = group;
      byte[] all = list;
      if (all == null || about == null) {
        return List.of();
      }
      return FieldBytes.hashes(
          all, about.hash().length == 0 ? SigningHash.SHA256.bytes() : about.hash().length);
    }

    @Nullable Claim claim() {
      return key.isEmpty() && chain.isEmpty()
          ? null
          : new Claim(key, List.copyOf(product), attestation, chain);
    }
  }
}
