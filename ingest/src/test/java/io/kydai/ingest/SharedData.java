package io.kydai.ingest;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Finds test data that is not in the repository; tests skip where it is not there. */
public final class SharedData {
  private SharedData() {}

  /**
   * A file or folder below {@code shared/data}: that of the system property or environment variable
   * {@code KYDAI_SHARED}, or the nearest one beside a parent of the working directory.
   */
  public static Path assumeThere(String relative) {
    Optional<Path> shared =
        Optional.ofNullable(System.getProperty("KYDAI_SHARED", System.getenv("KYDAI_SHARED")))
            .map(Path::of)
            .or(SharedData::above);
    Optional<Path> found =
        shared.map(folder -> folder.resolve("data").resolve(relative)).filter(Files::exists);
    assumeTrue(found.isPresent(), "needs ../shared/data/" + relative);
    return found.orElseThrow();
  }

  private static Optional<Path> above() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path shared = at.resolve("shared");
      if (Files.isDirectory(shared.resolve("data"))) {
        return Optional.of(shared);
      }
    }
    return Optional.empty();
  }
}
