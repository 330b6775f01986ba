package io.kydai.streaming.signedvideo;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a camera says of its pictures, in a {@link SeiMessage}, and signs. */
sealed interface SigningDocument permits OnvifDocument, AxisDocument {
  /** Whether it carries certificates or a key, and is about no pictures. */
  boolean certificateOnly();

  /** What it says of a group of pictures, or of a part of one; null for certificates only. */
  @Nullable Group group();

  /** The hashes of the NAL units of the group in their order; empty where they are left out. */
  List<byte[]> hashes();

  /** The object identifier of the digest in DER; null where it does not say. */
  byte @Nullable [] hashOid();

  /** The bytes that the signature is of. */
  byte[] signedBytes();

  /** The signature; null where a later document covers this one. */
  byte @Nullable [] signature();

  /** The bytes of which a later document has the digest, where this one is not signed. */
  byte[] hashedBytes();

  /** How many NAL units it is about. */
  default int units() {
    Group group = group();
    return !hashes().isEmpty() ? hashes().size() : group == null ? 0 : group.units();
  }

  /**
   * What a document says of a group of pictures.
   *
   * @param partial whether the group goes on
   * @param start when its first picture was taken, by the camera's clock; null where it has none
   * @param counter of documents, modulo 2^32
   * @param units how many NAL units it is about, where it has no list of their hashes
   * @param hash of their hashes; empty where only the signature is of it
   * @param linked the hash of the first NAL unit of the group before; zeros for the first of all,
   *     empty where the documents are not tied by it
   */
  record Group(
      boolean partial,
      @Nullable Instant start,
      long counter,
      int units,
      byte[] hash,
      byte[] linked) {
    boolean isFirst() {
      return linked.length > 0 && Arrays.equals(linked, new byte[linked.length]);
    }
  }

  /** A document that cannot be read. */
  final class UnreadableException extends Exception {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
      super(message);
    }
  }
}
