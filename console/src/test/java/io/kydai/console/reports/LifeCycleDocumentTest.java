package io.kydai.console.reports;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The table of the life cycle in {@code docs/desk.md} is that of the code. */
class LifeCycleDocumentTest {
  private static final Path PAGE = Path.of("../docs/desk.md");
  private static final boolean WRITE = Boolean.getBoolean("kydai.write-docs");
  private static final Pattern PLACE =
      Pattern.compile("<!-- life cycle -->\n.*?<!-- end of life cycle -->", Pattern.DOTALL);

  @Test
  void theTableIsThatOfTheCode() throws IOException {
    String page = Files.readString(PAGE);
    Matcher place = PLACE.matcher(page);
    assertThat(place.find()).isTrue();
    String declared =
        place.replaceFirst(
            Matcher.quoteReplacement(
                "<!-- life cycle -->\n" + table() + "<!-- end of life cycle -->"));
    if (WRITE) {
      Files.writeString(PAGE, declared);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(declared);
  }

  private static String where(Transitions.Condition condition) {
    return switch (condition) {
      case ALWAYS -> "";
      case ONE_LOOK -> "one look is enough";
      case TWO_LOOKS -> "two people have to look";
      case ANOTHER_PERSON -> "somebody else looked first";
      case OWN_AGREEMENT -> "who agreed second takes that back";
    };
  }

  private static String table() {
    StringBuilder table =
        new StringBuilder(
            "| from | action | to | only where | needs | permission | agency after it |\n");
    table.append("|---|---|---|---|---|---|---|\n");
    for (Transitions.Row row : Transitions.TABLE) {
      table.append(
          "| %s | `%s` | %s | %s | %s | `%s` | %s |%n"
              .formatted(
                  row.from().text(),
                  row.action().name().toLowerCase(Locale.ROOT),
                  row.to().text(),
                  where(row.condition()),
                  row.needs() == Transitions.Needs.NOTHING
                      ? ""
                      : "`" + row.needs().name().toLowerCase(Locale.ROOT) + "`",
                  row.action().permission().wire(),
                  row.agency().name().toLowerCase(Locale.ROOT)));
    }
    return table.toString();
  }
}
