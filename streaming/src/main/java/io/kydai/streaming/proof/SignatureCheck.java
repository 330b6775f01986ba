package io.kydai.streaming.proof;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;

/** Checks signatures by the public keys that lie in a folder of evidence. For any thread. */
public final class SignatureCheck {
  private final PublicKeys keys;

  /** What is said of a signature. */
  public enum Verdict {
    RIGHT,
    WRONG,
    /** The key that is named is not in the folder. */
    UNKNOWN_KEY
  }

  private SignatureCheck(PublicKeys keys) {
    this.keys = keys;
  }

  /**
   * Reads the keys of a folder of evidence; one that is not there has none.
   *
   * @throws IOException when it cannot be read, or a file of a key is none
   */
  public static SignatureCheck in(Path evidence) throws IOException {
    PublicKeys keys = Files.isDirectory(evidence) ? PublicKeys.in(evidence) : new PublicKeys();
    if (!keys.faults().isEmpty()) {
      throw new IOException(evidence + ": " + keys.faults().get(0).line());
    }
    return new SignatureCheck(keys);
  }

  /**
   * Says whether a signature is that of a document.
   *
   * @param key the fingerprint of the public key, as {@link SigningKey#fingerprint}
   */
  public Verdict verdict(String key, byte[] document, byte[] signature) {
    PublicKey found = keys.find(key);
    if (found == null) {
      return Verdict.UNKNOWN_KEY;
    }
    return Signatures.verifies(found, document, signature) ? Verdict.RIGHT : Verdict.WRONG;
  }
}
