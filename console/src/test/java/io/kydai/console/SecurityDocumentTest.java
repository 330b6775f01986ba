package io.kydai.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** {@code docs/security.md} has every requirement once, and names only tests that there are. */
class SecurityDocumentTest {
  private static final Path PAGE = Path.of("../docs/security.md");
  private static final int REQUIREMENTS = 253;
  private static final Pattern ROW = Pattern.compile("(?m)^\\| (\\d+\\.\\d+\\.\\d+) \\| [12] \\|");
  private static final Pattern NAMED = Pattern.compile("`([A-Z]\\w+Test)(?:\\.(\\w+))?`");

  @Test
  void everyRequirementOfLevelsOneAndTwoHasOneRow() throws IOException {
    List<String> ids =
        ROW.matcher(Files.readString(PAGE)).results().map(row -> row.group(1)).toList();
    assertThat(ids).hasSize(REQUIREMENTS).doesNotHaveDuplicates();
  }

  @Test
  void everyNamedTestIsThere() throws IOException {
    Map<String, String> sources = new TreeMap<>();
    for (String module : List.of("ingest", "models", "analytics", "streaming", "console")) {
      try (Stream<Path> all = Files.walk(Path.of("..", module, "src/test/java"))) {
        for (Path file : all.filter(one -> one.toString().endsWith("Test.java")).toList()) {
          sources.merge(
              file.getFileName().toString().replace(".java", ""),
              Files.readString(file),
              String::concat);
        }
      }
    }
    List<String> missing = new ArrayList<>();
    NAMED
        .matcher(Files.readString(PAGE))
        .results()
        .forEach(
            named -> {
              String source = sources.getOrDefault(named.group(1), "");
              String method = named.group(2) == null ? "class " : " " + named.group(2) + "(";
              if (!source.contains(method)) {
                missing.add(named.group());
              }
            });
    assertThat(missing).isEmpty();
  }
}
