package io.kydai.streaming.evidence;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A channel that counts the bytes that pass through it and computes their SHA-256 (FIPS 180-4). It
 * does not close the channel to which it writes. For one thread.
 */
final class DigestChannel implements WritableByteChannel {
  private final WritableByteChannel out;
  private final MessageDigest digest;
  private long size;

  DigestChannel(WritableByteChannel out) {
    this.out = out;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    ByteBuffer written = source.duplicate();
    int count = out.write(source);
    digest.update(written.limit(written.position() + count));
    size += count;
    return count;
  }

  /** How many bytes were written. */
  long size() {
    return size;
  }

  /** The digest as 64 lower-case hexadecimal digits. To be called once, after the last write. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public boolean isOpen() {
    return out.isOpen();
  }

  @Override
  public void close() {}
}
