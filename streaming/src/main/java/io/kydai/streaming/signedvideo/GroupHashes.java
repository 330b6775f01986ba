package io.kydai.streaming.signedvideo;

import java.util.List;

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

  byte[] slice(NalUnitKind kind, byte[] nal) {
    byte[] own = hash.of(List.of(nal));
    if (kind == NalUnitKind.GROUP_START) {
      first = own;
      return own;
    }
    return hash.of(List.of(first, own));
  }
}
