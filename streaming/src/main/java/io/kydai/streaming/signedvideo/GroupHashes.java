package io.kydai.streaming.signedvideo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The hashes of slices as they stand in a document: that of a group's first slice alone, and that
 * of any other together with it, so that a slice cannot move to another group (Media Signing
 * Specification, section 5.3.1). For one thread.
 */
final class GroupHashes {
  private final SigningHash hash;
  private byte[] first = {};

  GroupHashes(SigningHash hash) {
    this.hash = hash;
  }

  /**
   * Returns the hash of a group's first slice together with that of the group before, which in the
   * first version of Axis' format ends that group; null for the first group of all.
   */
  byte @Nullable [] closing(byte[] nal) {
    return first.length == 0 ? null : hash.of(List.of(first, hash.of(List.of(nal))));
  }

  byte[] slice(NalUnitKind kind, byte[] nal) {
    byte[] own = hash.of(List.of(nal));
    if (kind == NalUnitKind.GROUP_START) {
      first = own;
      return own;
    }
    return hash.of(List.of(first, own));
  }
}
