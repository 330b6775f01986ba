package io.kydai.models;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;

/** The pictures and networks that are not part of the project; tests without them are skipped. */
public final class SharedData {
  private SharedData() {}

  /** A file or folder of the shared data, or the end of the calling test with a reason. */
  public static Path require(String name) {
    Path found = root().resolve(name);
    if (!Files.exists(found)) {
      abort("shared data is missing: " + name + " (set KYDAI_SHARED to the folder above 'data')");
    }
    return found;
  }

  private static Path root() {
    String given = System.getProperty("KYDAI_SHARED", System.getenv("KYDAI_SHARED"));
    if (given != null) {
      return Path.of(given, "data");
    }
    for (Path folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent()) {
      if (Files.isDirectory(folder.resolve("shared/data"))) {
        return folder.resolve("shared/data");
      }
    }
    return Path.of("shared/data");
  }
}
