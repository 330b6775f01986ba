package io.kydai.console.files;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a file that the operator has named. */
public final class NamedFile {
  private NamedFile() {}

  /**
   * Returns a file's bytes.
   *
   * @throws IOException when it cannot be read, is larger than {@code most} bytes, or is a pipe or
   *     a terminal, which would be waited for until another process writes to it
   */
  public static byte[] read(Path path, int most) throws IOException {
    if (Files.exists(path) && !Files.isRegularFile(path)) {
      throw new IOException(path + " is not a regular file");
    }
    try (InputStream in = Files.newInputStream(path)) {
      byte[] bytes = in.readNBytes(most + 1);
      if (bytes.length > most) {
        throw new IOException(path + " has more than " + most + " bytes");
      }
      return bytes;
    }
  }
}
