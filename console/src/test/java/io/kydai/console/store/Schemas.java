package io.kydai.console.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The released versions of the schema, from the files of its migrations. */
final class Schemas {
  private static final Path FILES = Path.of("src/main/resources/io/kydai/console/store");

  /** The numbers of the versions, the oldest first. */
  static final List<Integer> VERSIONS = versions();

  private Schemas() {}

  private static List<Integer> versions() {
    try (Stream<Path> files = Files.list(FILES)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.matches("V\\d+__.*\\.sql"))
          .map(name -> Integer.valueOf(name.substring(1, name.indexOf('_'))))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
