package io.kydai.console.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
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
  private static final Pattern BROWSER = Pattern.compile("\\b(Chromium|Playwright)\\b");
  private static final Pattern OPENS_ONE =
      Pattern.compile("\\b(\\w*Database|DeskServer|StartedNode|KydaiProcess|Town)\\b");

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
              "DatabaseSecretsTest.java",
              "AdminScriptTest.java");
    }
  }

  @Test
  void whatIsLeftOutOnPostgresqlOpensNoDatabase() throws IOException {
    String execution =
        Files.readString(Path.of("pom.xml"))
            .split("<id>postgresql</id>")[1]
            .split("</execution>")[0];
    assertThat(execution).doesNotContain("<include>");
    List<String> patterns =
        Pattern.compile("<exclude>(.*)</exclude>")
            .matcher(execution)
            .results()
            .map(found -> found.group(1))
            .toList();
    assertThat(patterns).isNotEmpty();
    for (String pattern : patterns) {
      PathMatcher matcher = TESTS.getFileSystem().getPathMatcher("glob:" + pattern);
      try (Stream<Path> files = Files.walk(TESTS)) {
        assertThat(files.filter(matcher::matches))
            .as(pattern)
            .isNotEmpty()
            .noneMatch(file -> OPENS_ONE.matcher(text(file)).find());
      }
    }
  }

  @Test
  void whatStartsABrowserHasItsTagAndNothingElse() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      assertThat(files.filter(file -> file.toString().endsWith("Test.java")))
          .filteredOn(file -> !file.endsWith("TestDatabaseUseTest.java"))
          .isNotEmpty()
          .allMatch(
              file ->
                  BROWSER.matcher(text(file)).find() == text(file).contains("@Tag(\"browser\")\n"));
    }
  }

  private static boolean opensAFile(Path file) {
    return DIRECT.matcher(text(file)).find();
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
