package io.kydai.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Tests open their database through {@link TestDatabase}, so that they run on both engines. */
@Tag("sqlite")
class TestDatabaseUseTest {
  private static final Path TESTS = Path.of("src/test/java/io/kydai/console");
  private static final Pattern DIRECT =
      Pattern.compile(
          "(?<!Test)\\bDatabase\\.open\\(Path|(?<!Test)\\bDatabase\\.open\\(\\w+\\.resolve");

  @Test
  void noTestOutsideThisPackageOpensAFileItself() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      List<String> direct =
          files
              .filter(file -> file.toString().endsWith(".java"))
              .filter(file -> !file.startsWith(TESTS.resolve("store")))
              .filter(TestDatabaseUseTest::opensAFile)
              .map(file -> file.getFileName().toString())
              .toList();
      assertThat(direct)
          .as("these are about SQLite's files themselves: copies, restored ones, other processes'")
          .containsExactlyInAnyOrder(
              "ReportQueueTest.java",
              "DatabaseCopyTest.java",
              "BackupTest.java",
              "BackupCommandTest.java",
              "AdminCommandTest.java",
              "AdminScriptTest.java",
              "AuditedWork.java",
              "KilledAuditTest.java");
    }
  }

  private static boolean opensAFile(Path file) {
    try {
      return DIRECT.matcher(Files.readString(file)).find();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
