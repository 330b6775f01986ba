package io.kydai.console.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/log-events.md} lists the events that the sources log. With {@code
 * -Dkydai.write-docs=true} this writes the page anew.
 */
class LogEventCatalogueTest {
  private static final Path PAGE = Path.of("../docs/log-events.md");
  private static final String BEGIN = "<!-- log events -->\n";
  private static final String END = "<!-- end of log events -->";
  private static final List<String> MODULES =
      List.of("ingest", "models", "analytics", "streaming", "console");
  private static final Pattern EVENT =
      Pattern.compile(
          "\\bLOG\\s*\\.(info|warn|error)\\(\\s*((?:\"(?:[^\"\\\\]|\\\\.)*\"\\s*\\+?\\s*)+)",
          Pattern.DOTALL);
  private static final Pattern CALL = Pattern.compile("\\bLOG\\s*\\.(info|warn|error)\\(");
  private static final Pattern PART = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

  @Test
  void thePageListsEveryEventOfTheSources() throws IOException {
    StringBuilder tables = new StringBuilder();
    for (String module : MODULES) {
      SortedMap<String, List<String>> rows = rows(Path.of("..", module, "src/main/java"));
      if (!rows.isEmpty()) {
        tables.append("## ").append(module).append("\n| class | level | event |\n|---|---|---|\n");
        rows.values().forEach(lines -> lines.forEach(tables::append));
        tables.append('\n');
      }
    }
    String page = Files.readString(PAGE);
    String declared =
        page.substring(0, page.indexOf(BEGIN) + BEGIN.length())
            + tables
            + page.substring(page.indexOf(END));
    if (Boolean.getBoolean("kydai.write-docs")) {
      Files.writeString(PAGE, declared);
      page = declared;
    }
    assertThat(page).isEqualTo(declared);
  }

  private static SortedMap<String, List<String>> rows(Path sources) throws IOException {
    SortedMap<String, List<String>> rows = new TreeMap<>();
    List<Path> files;
    try (Stream<Path> all = Files.walk(sources)) {
      files = all.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
    for (Path file : files) {
      String source = Files.readString(file);
      List<String> events = new ArrayList<>();
      Matcher event = EVENT.matcher(source);
      while (event.find()) {
        StringBuilder text = new StringBuilder();
        PART.matcher(event.group(2)).results().forEach(part -> text.append(part.group(1)));
        events.add(
            "| `%s` | %s | %s |\n"
                .formatted(
                    file.getFileName().toString().replace(".java", ""),
                    event.group(1).toUpperCase(java.util.Locale.ROOT),
                    text.toString().replace("\\\"", "\"").replace("|", "\\|")));
      }
      assertThat(CALL.matcher(source).results().count())
          .as("each call in %s begins with a text", file)
          .isEqualTo(events.size());
      if (!events.isEmpty()) {
        rows.put(file.toString(), events);
      }
    }
    return rows;
  }
}
