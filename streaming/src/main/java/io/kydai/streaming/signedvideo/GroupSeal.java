package io.kydai.streaming.signedvideo;

import java.util.List;

/** How one hash, or a signature, stands for all NAL units of a group. */
@FunctionalInterface
interface GroupSeal {
  /** Returns whether a document is of a group with these hashes, in their order. */
  boolean fits(SigningDocument document, List<byte[]> hashes);
}
