package io.kydai.streaming.proof;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;

/** Verification of Ed25519 signatures (RFC 8032). */
final class Signatures {
  private Signatures() {}

  /** Returns whether a signature is that of the bytes; bytes that are no signature are not. */
  static boolean verifies(PublicKey key, byte[] bytes, byte[] signature) {
    try {
      Signature check = Signature.getInstance(PemKeys.ALGORITHM);
      check.initVerify(key);
      check.update(bytes);
      return check.verify(signature);
    } catch (SignatureException e) {
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform from 15 on knows Ed25519", e);
    }
  }
}
