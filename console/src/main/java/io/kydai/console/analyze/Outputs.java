package io.kydai.console.analyze;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The output files of a command, which are written under temporary names and renamed together by
 * {@link #keep}. Existing files are not changed before, and temporary files are deleted on closing.
 */
final class Outputs implements AutoCloseable {
  private final Map<Path, Path> unfinished = new LinkedHashMap<>();

  /** Returns the temporary file for a name, in the same folder and with the same extension. */
  Path unfinished(Path name) {
    String file = name.getFileName().toString();
    int dot = file.lastIndexOf('.');
    String ending = dot < 0 ? "" : file.substring(dot);
    Path temporary =
        name.toAbsolutePath()
            .resolveSibling("." + file + "-" + ProcessHandle.current().pid() + ".part" + ending);
    unfinished.put(name, temporary);
    return temporary;
  }

  /** Opens the temporary file for a name. */
  BufferedWriter open(Path name) throws IOException {
    return Files.newBufferedWriter(unfinished(name));
  }

  /** Writes a text to the temporary file for a name; does nothing when the name is null. */
  void write(@Nullable Path name, String text) throws IOException {
    if (name != null) {
      Files.writeString(unfinished(name), text);
    }
  }

  /** Renames all temporary files to their names, because they are complete. */
  void keep() throws IOException {
    for (Map.Entry<Path, Path> file : unfinished.entrySet()) {
      Files.move(file.getValue(), file.getKey(), StandardCopyOption.REPLACE_EXISTING);
    }
    unfinished.clear();
  }

  @Override
  public void close() throws IOException {
    for (Path temporary : unfinished.values()) {
      Files.deleteIfExists(temporary);
    }
  }
}
