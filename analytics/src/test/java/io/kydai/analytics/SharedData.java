package io.kydai.analytics;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Measurement data that lies outside the project; tests that need it skip where it is not. */
public final class SharedData {
  private SharedData() {}

  /** A file or folder of the shared data; skips the test when it is missing. */
  public static Path require(String name) {
    Optional<Path> path = folder().map(folder -> folder.resolve(name)).filter(Files::exists);
    assumeTrue(path.isPresent(), "shared/data/" + name + " is missing (see KYDAI_SHARED)");
    return path.orElseThrow();
  }

  private static Optional<Path> folder() {
    String told = System.getProperty("KYDAI_SHARED", System.getenv("KYDAI_SHARED"));
    if (told != null) {
      return Optional.of(Path.of(told, "data"));
    }
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path data = at.resolve("shared").resolve("data");
      if (Files.isDirectory(data)) {
        return Optional.of(data);
      }
    }
    return Optional.empty();
  }
}
