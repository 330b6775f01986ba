package io.kydai.models.download;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The SHA-256 of files, and the refusal of those that have another than the pinned one. */
final class PinnedHash {
  private PinnedHash() {}

  /** Returns a file's SHA-256 as 64 lower-case hexadecimal digits. */
  static String of(Path file) throws IOException {
    try (DigestInputStream in = new DigestInputStream(Files.newInputStream(file), sha256())) {
      in.transferTo(OutputStream.nullOutputStream());
      return HexFormat.of().formatHex(in.getMessageDigest().digest());
    }
  }

  /**
   * Deletes a file unless it has the network's SHA-256.
   *
   * @param source what the file was made of, for the message
   * @throws DownloadException when the SHA-256 is another
   */
  static void require(Path file, OfferedNetwork network, Object source) throws IOException {
    String found = of(file);
    if (!found.equals(network.sha256())) {
      Files.delete(file);
      throw new DownloadException(
          source
              + " is not the "
              + network.name()
              + " that is expected: its SHA-256 is "
              + found
              + ", not "
              + network.sha256()
              + "; what was written of it was deleted");
    }
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }
}
