package io.kydai.console.backup;

import java.io.IOException;
import java.io.InputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts what {@link SealedOutput} wrote. Only bytes that were authenticated are returned; the
 * end is reported after the last chunk was seen.
 */
final class SealedInput extends InputStream {
  private final InputStream in;
  private final BackupKey key;
  private byte[] next;
  private byte[] plain = new byte[0];
  private int position;
  private int number;
  private boolean ended;

  SealedInput(InputStream in, BackupKey key) throws IOException {
    this.in = in;
    this.key = key;
    next = in.readNBytes(BackupKey.CHUNK + BackupKey.TAG);
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == plain.length) {
      if (ended) {
        return -1;
      }
      open();
    }
    int part = Math.min(length, plain.length - position);
    System.arraycopy(plain, position, bytes, offset, part);
    position += part;
    return part;
  }

  private void open() throws IOException {
    byte[] sealed = next;
    next = in.readNBytes(BackupKey.CHUNK + BackupKey.TAG);
    boolean last = next.length == 0;
    if (sealed.length < BackupKey.TAG) {
      throw damaged(null);
    }
    try {
      plain = key.cipher(Cipher.DECRYPT_MODE, number, last).doFinal(sealed);
    } catch (GeneralSecurityException e) {
      throw damaged(e);
    }
    position = 0;
    number++;
    ended = last;
  }

  private CopyException damaged(@Nullable GeneralSecurityException cause) {
    return new CopyException(
        number == 0
            ? "the passphrase is wrong, or the backup is damaged"
            : "the backup is damaged or cut off after some "
                + (long) number * BackupKey.CHUNK
                + " bytes",
        cause);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
