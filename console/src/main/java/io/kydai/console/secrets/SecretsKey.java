package io.kydai.console.secrets;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kydai.console.files.NamedFile;
import io.kydai.streaming.evidence.PrivateFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys for the stored secrets, of which the first encrypts and all decrypt. Their file has one
 * key on each line: 32 random bytes in base 64, as {@code openssl rand -base64 32} writes them.
 */
public final class SecretsKey {
  /** The name of the file in the data folder. */
  public static final String FILE = "secrets.key";

  private static final int BYTES = 32;
  private static final int MAX_KEYS = 8;
  private static final int MAX_FILE = 4096;

  private final List<SecretKeySpec> keys;

  private SecretsKey(List<SecretKeySpec> keys) {
    this.keys = List.copyOf(keys);
  }

  /**
   * Returns keys of 32 bytes each, of which there are one to {@value #MAX_KEYS}.
   *
   * @throws IllegalArgumentException when there are others
   */
  static SecretsKey of(List<byte[]> keys) {
    if (keys.isEmpty() || keys.size() > MAX_KEYS) {
      throw new IllegalArgumentException("it has not one to " + MAX_KEYS + " keys");
    }
    List<SecretKeySpec> all = new ArrayList<>();
    for (byte[] key : keys) {
      if (key.length != BYTES) {
        throw new IllegalArgumentException("a line is not " + BYTES + " bytes in base 64");
      }
      all.add(new SecretKeySpec(key, "AES"));
    }
    return new SecretsKey(all);
  }

  /** Returns a new key that is in no file. */
  static SecretsKey random() {
    byte[] key = new byte[BYTES];
    new SecureRandom().nextBytes(key);
    return of(List.of(key));
  }

  /**
   * Reads a file; the permissions of others on it are taken away.
   *
   * @throws IOException when it cannot be read, or has something else in it
   */
  static SecretsKey read(Path file) throws IOException {
    PrivateFiles.takeFromOthers(file);
    byte[] bytes = NamedFile.read(file, MAX_FILE);
    try {
      return of(
          new String(bytes, US_ASCII)
              .lines()
              .map(String::strip)
              .filter(line -> !line.isEmpty())
              .map(Base64.getDecoder()::decode)
              .toList());
    } catch (IllegalArgumentException e) {
      // Not the decoder's own words, which quote what it read.
      throw new IOException("it is not a key: one line with 32 random bytes in base 64", null);
    }
  }

  /**
   * Makes a file with a new key, readable by its owner only; content and name survive a loss of
   * power when this returns.
   *
   * @throws IOException when it cannot be written
   */
  static SecretsKey make(Path file) throws IOException {
    SecretsKey key = random();
    String text = Base64.getEncoder().encodeToString(key.keys.get(0).getEncoded()) + "\n";
    Path target = file.toAbsolutePath();
    PrivateFiles.write(
        target,
        target.resolveSibling("." + target.getFileName() + ".partial"),
        text.getBytes(US_ASCII));
    return key;
  }

  List<SecretKeySpec> keys() {
    return keys;
  }
}
