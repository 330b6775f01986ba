package io.kydai.console.http;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.AuditEventType;
import io.kydai.console.reports.StepNote;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Role;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The words of the pages: each is there in both languages, and each that a page uses is there. */
class PageWordsTest {
  private static final Path WEB = Path.of("src/main/resources/io/kydai/console/web");
  private static final Pattern KEY = Pattern.compile("(?m)^ {4}(?:'([^']+)'|(\\w+)):");
  private static final Pattern INNER_KEY = Pattern.compile("(?m)^ {6}(?:'([^']+)'|(\\w+)):");
  private static final Pattern IMPORT =
      Pattern.compile("import \\{[^}]*\\bt\\b[^}]*} from '[^']*?(?:words/([\\w-]+)|(i18n))\\.js'");
  private static final Pattern USE = Pattern.compile("(?<![\\w.])t\\(([^()`]*)\\)");
  private static final Pattern PREFIX = Pattern.compile("(?<![\\w.])t\\(`([\\w-]+)\\$\\{");
  private static final Pattern QUOTED = Pattern.compile("'([^']+)'");
  private static final Pattern PAGE = Pattern.compile("word: '([^']+)'");

  @Test
  void vietnamese_and_english_have_the_same_words() throws IOException {
    List<Path> modules = scripts(WEB.resolve("words"));
    assertThat(modules).hasSizeGreaterThan(10);
    for (Path module : modules) {
      List<String> english = keys(KEY, words(module, "en"));
      List<String> vietnamese = keys(KEY, words(module, "vi"));
      assertThat(english).as("%s", module).doesNotHaveDuplicates().isNotEmpty();
      assertThat(vietnamese)
          .as("%s", module)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(english);
      assertThat(keys(INNER_KEY, words(module, "vi")))
          .as("lists of %s", module)
          .containsExactlyInAnyOrderElementsOf(keys(INNER_KEY, words(module, "en")));
    }
  }

  @Test
  void every_word_that_a_page_uses_is_there() throws IOException {
    for (Path script : scripts(WEB)) {
      String text = Files.readString(script);
      Matcher from = IMPORT.matcher(text);
      if (script.startsWith(WEB.resolve("words")) || !from.find()) {
        continue;
      }
      Set<String> known = known(from.group(1));
      Matcher use = USE.matcher(text);
      while (use.find()) {
        Matcher key = QUOTED.matcher(use.group(1));
        // Of "kind === 'x' ? 'a' : 'b'" the keys are those after the question mark.
        key.region(use.group(1).indexOf('?') + 1, use.group(1).length());
        while (key.find()) {
          assertThat(known).as("used in %s", script).contains(key.group(1));
        }
      }
      Matcher prefix = PREFIX.matcher(text);
      while (prefix.find()) {
        assertThat(known)
            .as("%s… is used in %s", prefix.group(1), script)
            .anyMatch(key -> key.startsWith(prefix.group(1)));
      }
    }
  }

  @Test
  void pages_have_names() throws IOException {
    Matcher page = PAGE.matcher(Files.readString(WEB.resolve("frame/pages.js")));
    Set<String> known = known("frame");
    assertThat(page.find()).isTrue();
    do {
      assertThat(known).contains(page.group(1));
    } while (page.find());
  }

  @Test
  void roles_permissions_and_events_have_words() throws IOException {
    assertThat(known(null))
        .containsAll(Arrays.stream(Role.values()).map(one -> "role_" + one.wire()).toList())
        .containsAll(
            Arrays.stream(Permission.values()).map(one -> "permission_" + one.wire()).toList());
    String audit = words(WEB.resolve("words/audit.js"), "en");
    int start = audit.indexOf("\n    auditTypes: {\n");
    assertThat(
            new HashSet<>(
                keys(INNER_KEY, audit.substring(start, audit.indexOf("\n    },", start)))))
        .isEqualTo(
            Arrays.stream(AuditEventType.values()).map(AuditEventType::wire).collect(toSet()));
  }

  /** What the node says in a report's history is in both languages, and made of values it has. */
  @Test
  void every_note_of_a_step_has_words_of_its_values() throws IOException {
    Path module = WEB.resolve("words/history.js");
    for (String language : List.of("vi", "en")) {
      String words = words(module, language) + "\n";
      assertThat(keys(KEY, words))
          .as(language)
          .containsExactlyInAnyOrderElementsOf(
              Arrays.stream(StepNote.Code.values()).map(code -> "note_" + code.wire()).toList());
      for (StepNote.Code code : StepNote.Code.values()) {
        Matcher said =
            Pattern.compile("(?ms)^ {4}'?note_" + code.wire() + "'?:(.*?)(?=^ {4}'?note_|\\z)")
                .matcher(words);
        assertThat(said.find()).as("%s in %s", code, language).isTrue();
        Set<String> used = new HashSet<>();
        Matcher value = Pattern.compile("\\bv\\.(\\w+)").matcher(said.group(1));
        while (value.find()) {
          used.add(value.group(1));
        }
        assertThat(used)
            .as("%s in %s", code, language)
            .containsExactlyInAnyOrderElementsOf(code.names());
      }
    }
  }

  /** Returns the keys that a page finds with the words of a module. */
  private static Set<String> known(@Nullable String module) throws IOException {
    Set<String> known = new HashSet<>(keys(KEY, words(WEB.resolve("words/common.js"), "en")));
    if (module != null) {
      known.addAll(keys(KEY, words(WEB.resolve("words/" + module + ".js"), "en")));
    }
    return known;
  }

  private static List<Path> scripts(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(".js")).sorted().toList();
    }
  }

  /** Returns the object of a language, without its braces. */
  private static String words(Path module, String language) throws IOException {
    String all = Files.readString(module, StandardCharsets.UTF_8);
    int start = all.indexOf("\n  " + language + ": {\n");
    assertThat(start).as("%s in %s", language, module).isNotNegative();
    return all.substring(start, all.indexOf("\n  },\n", start));
  }

  private static List<String> keys(Pattern pattern, String words) {
    List<String> keys = new ArrayList<>();
    Matcher key = pattern.matcher(words);
    while (key.find()) {
      keys.add(key.group(1) == null ? key.group(2) : key.group(1));
    }
    return keys;
  }
}
