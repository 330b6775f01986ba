package io.kydai.streaming.signedvideo;

import java.time.Instant;

/** By whom a video is signed, as its documents say. For one thread. */
sealed interface Signers permits OnvifSigners, AxisSigners {
  /** Takes what a document says of its signer, where it is signed. */
  void learn(SigningDocument document);

  /** Whether there is no key. */
  boolean isEmpty();

  /** Whether a later document is of another signer than an earlier one. */
  boolean changed();

  /** Whether a document's signature is right. */
  boolean signed(SigningDocument document, byte[] signature, SigningHash hash);

  /** Returns how a hash, or a signature, stands for a group. */
  GroupSeal seal(SigningHash hash);

  /** Whether trusted roots vouch for the signer at a time. */
  boolean trusted(Instant at);

  /** Returns the signer's name, and what the camera says of itself. */
  String name();
}
