package io.kydai.console.incidents;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.rules.RuleTypes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The wall and the review desk say the same of how urgent an alert is. */
class PriorityOnPagesTest {
  private static final Path TABLE =
      Path.of("src/main/resources/io/kydai/console/web/alerts/priority.js");

  @Test
  void pagesHaveTheTableOfTheServer() throws IOException {
    String script = Files.readString(TABLE);
    for (Priority priority : Set.of(Priority.URGENT, Priority.HIGH)) {
      Set<String> server =
          RuleTypes.all().keySet().stream()
              .filter(name -> Priority.of(name) == priority)
              .collect(Collectors.toSet());
      assertThat(named(script, priority.name())).as("%s", priority).isEqualTo(server);
    }
  }

  private static Set<String> named(String script, String set) {
    Matcher found = Pattern.compile("const " + set + " = new Set\\(\\[(.*?)]\\)").matcher(script);
    assertThat(found.find()).as(set).isTrue();
    return Pattern.compile("'([^']+)'")
        .matcher(found.group(1))
        .results()
        .map(one -> one.group(1))
        .collect(Collectors.toSet());
  }
}
