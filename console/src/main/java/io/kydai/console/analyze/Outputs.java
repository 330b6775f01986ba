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
 * Files that get their names only when all of them are whole: what was there before stays until
 * {@link #keep}, and without it the unfinished ones are deleted.
 */
final class Outputs implements AutoCloseable {
  private final Map<Path, Path> unfinished = new LinkedHashMap<>();

  /** Where to write what is to have this name; in the same folder, with the same ending. */
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

  BufferedWriter open(Path name) throws IOException {
    return Files.newBufferedWriter(unfinished(name));
  }

  /** Writes a text to a file; does nothing where the name is null. */
  void write(@Nullable Path name, String text) throws IOException {
    if (name != null) {
      Files.writeString(unfinished(name), text);
    }
  }

  /** All are whole. */
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
