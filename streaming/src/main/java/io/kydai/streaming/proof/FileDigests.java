package io.kydai.streaming.proof;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.READ;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * The SHA-256 of a file and of each block of {@value #BLOCK} bytes of it, by which a change is
 * found to its block.
 *
 * @param size of the file in bytes
 * @param sha256 of the whole file
 * @param blocks of each block in order; the last may be shorter; none of an empty file
 */
public record FileDigests(long size, String sha256, List<String> blocks) {
  /** The size of a block in bytes. */
  public static final int BLOCK = 256 * 1024;

  public FileDigests {
    blocks = List.copyOf(blocks);
  }

  /**
   * Reads a file; a link is not followed.
   *
   * @throws IOException when it cannot be read
   */
  public static FileDigests of(Path file) throws IOException {
    return of(file, BLOCK);
  }

  static FileDigests of(Path file, int block) throws IOException {
    try (InputStream in = Files.newInputStream(file, READ, NOFOLLOW_LINKS)) {
      return of(in, block);
    }
  }

  /** Reads bytes to their end; the stream stays the caller's. */
  static FileDigests of(InputStream in, int block) throws IOException {
    MessageDigest whole = Sha256.digest();
    List<String> blocks = new ArrayList<>();
    long size = 0;
    byte[] piece = new byte[block];
    int count;
    while ((count = in.readNBytes(piece, 0, block)) > 0) {
      MessageDigest digest = Sha256.digest();
      digest.update(piece, 0, count);
      blocks.add(HexFormat.of().formatHex(digest.digest()));
      whole.update(piece, 0, count);
      size += count;
    }
    return new FileDigests(size, HexFormat.of().formatHex(whole.digest()), blocks);
  }
}
