package io.kydai.console.secrets;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts texts for storage by AES-256-GCM (NIST SP 800-38D), each with a random nonce. A text
 * belongs to a column and a row, which are the associated data: one that was moved to another row
 * is refused like one that was changed.
 *
 * <p>What is stored is {@value #PREFIX} and, in base 64 for URLs without padding, 12 bytes of
 * nonce, the text in UTF-8 encrypted, and 16 bytes of tag. The associated data are the column's
 * name, a zero byte, and the row's key, in UTF-8. For any thread.
 */
public final class SecretsCipher {
  static final String PREFIX = "aes-256-gcm:";

  private static final String ALGORITHM = "AES/GCM/NoPadding";
  private static final int NONCE = 12;
  private static final int TAG = 16;

  private final SecretsKey key;
  private final SecureRandom random = new SecureRandom();

  SecretsCipher(SecretsKey key) {
    this.key = requireNonNull(key);
  }

  static boolean isEncrypted(String stored) {
    return stored.startsWith(PREFIX);
  }

  /** Returns what is stored in place of a text. */
  public String encrypt(String column, String row, String text) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, key.keys().get(0), nonce, column, row)
              .doFinal(text.getBytes(UTF_8));
      byte[] all = ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array();
      return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  /**
   * Returns the text of what is stored. A text of an earlier version, which is not encrypted, is
   * returned as it is.
   *
   * @throws SecretsException when no key fits, or it was changed, or it is another row's
   */
  public String decrypt(String column, String row, String stored) {
    if (!isEncrypted(stored)) {
      return stored;
    }
    for (SecretKeySpec one : key.keys()) {
      Optional<String> text = decrypt(one, column, row, stored);
      if (text.isPresent()) {
        return text.get();
      }
    }
    throw new SecretsException(
        column + " of " + row + " cannot be decrypted: it was encrypted by another key", null);
  }

  /** Returns whether a value is encrypted by the key that encrypts now. */
  boolean isCurrent(String column, String row, String stored) {
    return isEncrypted(stored) && decrypt(key.keys().get(0), column, row, stored).isPresent();
  }

  private static Optional<String> decrypt(
      SecretKeySpec key, String column, String row, String stored) {
    try {
      byte[] all = Base64.getUrlDecoder().decode(stored.substring(PREFIX.length()));
      if (all.length < NONCE + TAG) {
        return Optional.empty();
      }
      byte[] nonce = new byte[NONCE];
      ByteBuffer.wrap(all).get(nonce);
      return Optional.of(
          new String(
              cipher(Cipher.DECRYPT_MODE, key, nonce, column, row)
                  .doFinal(all, NONCE, all.length - NONCE),
              UTF_8));
    } catch (AEADBadTagException | IllegalArgumentException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
    }
  }

  private static Cipher cipher(int mode, SecretKeySpec key, byte[] nonce, String column, String row)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(ALGORITHM);
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    cipher.updateAAD((column + '\0' + row).getBytes(UTF_8));
    return cipher;
  }
}
