package io.kydai.console.backup;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * The header of a backup and the key that belongs to it. The key is Argon2id (RFC 9106, with the
 * second recommended cost: 64 MiB, 3 passes, 4 lanes) of the passphrase.
 *
 * <p>The content is a sequence of chunks, each sealed by AES-256-GCM with a nonce of a random
 * prefix, the chunk's number and a flag of the last one (the STREAM construction of Hoang,
 * Reyhanitabar, Rogaway and Vizár, 2015), so that chunks cannot be changed, exchanged, repeated or
 * left out without notice. The header is authenticated with each chunk.
 */
final class BackupKey {
  /** The number of bytes in a chunk before it is sealed; the last one may have fewer. */
  static final int CHUNK = 64 * 1024;

  static final int TAG = 16;
  private static final byte[] MAGIC = {'K', 'Y', 'D', 'A', 'I', 'B', 'K', 1};
  private static final int SALT = 16;
  private static final int PREFIX = 7;
  private static final int HEADER = MAGIC.length + 3 * Integer.BYTES + SALT + PREFIX;
  private static final int MEMORY_KIB = 64 * 1024;
  private static final int PASSES = 3;
  private static final int LANES = 4;
  private static final int MAX_MEMORY_KIB = 1024 * 1024;
  private static final int MAX_PASSES = 20;
  private static final int MAX_LANES = 16;

  private final byte[] header;
  private final SecretKeySpec key;

  private BackupKey(byte[] header, SecretKeySpec key) {
    this.header = header;
    this.key = key;
  }

  /** Makes the key of a new backup. */
  static BackupKey create(char[] passphrase) {
    byte[] random = new byte[SALT + PREFIX];
    new SecureRandom().nextBytes(random);
    return of(
        ByteBuffer.allocate(HEADER)
            .put(MAGIC)
            .putInt(MEMORY_KIB)
            .putInt(PASSES)
            .putInt(LANES)
            .put(random)
            .array(),
        passphrase);
  }

  /**
   * Reads the header of a backup.
   *
   * @throws CopyException when there is none, or its cost is more than 1 GiB, 20 passes or 16 lanes
   */
  static BackupKey read(InputStream in, char[] passphrase) throws IOException {
    byte[] header = new byte[HEADER];
    try {
      new DataInputStream(in).readFully(header);
    } catch (EOFException e) {
      throw new CopyException("this is no backup of Kydai", e);
    }
    if (!Arrays.equals(header, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
      throw new CopyException("this is no backup of Kydai, or of a newer version", null);
    }
    ByteBuffer cost = ByteBuffer.wrap(header, MAGIC.length, 3 * Integer.BYTES);
    int memory = cost.getInt();
    int passes = cost.getInt();
    int lanes = cost.getInt();
    if (lanes < 1
        || lanes > MAX_LANES
        || memory < 8 * lanes
        || memory > MAX_MEMORY_KIB
        || passes < 1
        || passes > MAX_PASSES) {
      throw new CopyException("the header of the backup is damaged", null);
    }
    return of(header, passphrase);
  }

  private static BackupKey of(byte[] header, char[] passphrase) {
    ByteBuffer values = ByteBuffer.wrap(header, MAGIC.length, HEADER - MAGIC.length);
    int memory = values.getInt();
    int passes = values.getInt();
    int lanes = values.getInt();
    byte[] salt = new byte[SALT];
    values.get(salt);
    Argon2BytesGenerator argon2 = new Argon2BytesGenerator();
    argon2.init(
        new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
            .withVersion(Argon2Parameters.ARGON2_VERSION_13)
            .withMemoryAsKB(memory)
            .withIterations(passes)
            .withParallelism(lanes)
            .withSalt(salt)
            .build());
    byte[] key = new byte[32];
    argon2.generateBytes(passphrase, key);
    return new BackupKey(header, new SecretKeySpec(key, "AES"));
  }

  byte[] header() {
    return header.clone();
  }

  /**
   * Returns the cipher of one chunk.
   *
   * @param mode {@link Cipher#ENCRYPT_MODE} or {@link Cipher#DECRYPT_MODE}
   */
  Cipher cipher(int mode, int number, boolean last) {
    byte[] nonce =
        ByteBuffer.allocate(PREFIX + Integer.BYTES + 1)
            .put(header, HEADER - PREFIX, PREFIX)
            .putInt(number)
            .put((byte) (last ? 1 : 0))
            .array();
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG * Byte.SIZE, nonce));
      cipher.updateAAD(header);
      return cipher;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has AES in Galois/Counter mode", e);
    }
  }
}
