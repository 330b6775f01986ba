package io.kydai.models;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.models.document.KeyTable;
import io.kydai.models.head.HeadKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The tables of a network's description are what its keys and heads declare. With {@code
 * -Dkydai.write-docs=true} this writes the table of keys anew.
 */
class NetworkDescriptionTest {
  private static final Path PAGE = Path.of("../docs/models.md");
  private static final Pattern KEYS =
      Pattern.compile("<!-- keys: network -->\n.*?<!-- end of keys -->", Pattern.DOTALL);
  private static final Pattern HEAD =
      Pattern.compile("^\\| `([a-z-]+)`( \\(\\*\\))? \\|(?:[^|]*\\|){4}$", Pattern.MULTILINE);

  @Test
  void theTableOfKeysIsWhatTheyDeclare() throws IOException {
    String page = Files.readString(PAGE);
    String table =
        "<!-- keys: network -->\n"
            + KeyTable.of(NetworkDescription.keys(Path.of("")))
            + "<!-- end of keys -->";
    String declared = KEYS.matcher(page).replaceAll(Matcher.quoteReplacement(table));
    if (Boolean.getBoolean("kydai.write-docs")) {
      Files.writeString(PAGE, declared);
    }
    assertThat(Files.readString(PAGE)).isEqualTo(declared).contains(table);
  }

  @Test
  void theTableOfHeadsHasEveryHead() throws IOException {
    assertThat(HEAD.matcher(Files.readString(PAGE)).results().map(head -> head.group(1)))
        .containsExactlyInAnyOrderElementsOf(HeadKind.words());
  }
}
