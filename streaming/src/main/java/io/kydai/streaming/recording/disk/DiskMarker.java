package io.kydai.streaming.recording.disk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kydai.streaming.evidence.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The file {@code kydai-disk} by which a disk of recordings is known again: 16 hexadecimal digits
 * that no other disk has. A folder without it is a mount point on which nothing is mounted, or a
 * new disk; an empty one is how somebody says that it is a new disk.
 */
final class DiskMarker {
  static final String NAME = "kydai-disk";

  private static final int MOST_BYTES = 64;
  private static final Pattern ID = Pattern.compile("[0-9a-f]{16}");

  private DiskMarker() {}

  /**
   * Reads the marker of a folder.
   *
   * @return the disk's id; an empty text for an empty file; empty where there is no file
   * @throws IOException when it cannot be read, or holds something else
   */
  static Optional<String> read(Path folder) throws IOException {
    Path file = folder.resolve(NAME);
    try {
      if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        return Optional.empty();
      }
      String text = Files.size(file) > MOST_BYTES ? "?" : Files.readString(file, US_ASCII).strip();
      if (!text.isEmpty() && !ID.matcher(text).matches()) {
        throw new IOException(file + " does not hold the id of a disk");
      }
      return Optional.of(text);
    } catch (NoSuchFileException e) {
      return Optional.empty(); // It went in between.
    }
  }

  /**
   * Gives a folder a new id, durably.
   *
   * @throws IOException when it cannot be written
   */
  static String create(Path folder) throws IOException {
    byte[] random = new byte[8];
    new SecureRandom().nextBytes(random);
    String id = HexFormat.of().formatHex(random);
    Path file = folder.resolve(NAME);
    PrivateFiles.write(
        file, folder.resolve("." + NAME + ".partial"), (id + "\n").getBytes(US_ASCII));
    PrivateFiles.force(folder);
    return id;
  }
}
