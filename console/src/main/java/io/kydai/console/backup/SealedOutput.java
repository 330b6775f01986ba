package io.kydai.console.backup;

import java.io.IOException;
import java.io.OutputStream;
import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** Encrypts what is written in chunks, see {@link BackupKey}. Its end is written by the closing. */
final class SealedOutput extends OutputStream {
  private final OutputStream out;
  private final BackupKey key;
  private final byte[] chunk = new byte[BackupKey.CHUNK];
  private int filled;
  private int number;
  private boolean closed;

  SealedOutput(OutputStream out, BackupKey key) throws IOException {
    this.out = out;
    this.key = key;
    out.write(key.header());
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int from = offset;
    int left = length;
    while (left > 0) {
      // A full chunk waits until it is known that it is not the last one.
      if (filled == chunk.length) {
        seal(false);
      }
      int part = Math.min(left, chunk.length - filled);
      System.arraycopy(bytes, from, chunk, filled, part);
      filled += part;
      from += part;
      left -= part;
    }
  }

  private void seal(boolean last) throws IOException {
    try {
      out.write(key.cipher(Cipher.ENCRYPT_MODE, number, last).doFinal(chunk, 0, filled));
    } catch (GeneralSecurityException e) {
      throw new IOException("a part of the backup cannot be encrypted", e);
    }
    number = Math.addExact(number, 1);
    filled = 0;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      seal(true);
      out.close();
    }
  }
}
