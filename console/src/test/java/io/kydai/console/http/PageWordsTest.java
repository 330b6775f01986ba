package io.kydai.console.http;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.AuditEventType;
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
import org.junit.jupiter.api.Test;

/** The words of the pages: every one is there in both languages. */
class PageWordsTest {
  private static final Path WEB = Path.of("src/main/resources/io/kydai/console/web");
  private static final Pattern KEY = Pattern.compile("(?m)^ {4}(?:'([^']+)'|(\\w+)):");
  private static final Pattern INNER_KEY = Pattern.compile("(?m)^ {6}(?:'([^']+)'|(\\w+)):");
  private static final Pattern USE = Pattern.compile("\\bt\\('([^']+)'\\)");

  @Test
  void vietnamese_and_english_have_the_same_words() throws IOException {
    List<String> english = keys(KEY, words("en"));
    List<String> vietnamese = keys(KEY, words("vi"));
    assertThat(english).doesNotHaveDuplicates().hasSizeGreaterThan(100);
    assertThat(vietnamese).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(english);
    for (String list : List.of("fields", "auditTypes")) {
      assertThat(keys(INNER_KEY, inner("vi", list)))
          .as(list)
          .isNotEmpty()
          .containsExactlyElementsOf(keys(INNER_KEY, inner("en", list)));
    }
  }

  @Test
  void every_word_that_a_page_uses_is_there() throws IOException {
    Set<String> known = new HashSet<>(keys(KEY, words("en")));
    try (Stream<Path> pages = Files.list(WEB)) {
      for (Path page : pages.filter(file -> file.toString().endsWith(".js")).toList()) {
        Matcher use = USE.matcher(Files.readString(page));
        while (use.find()) {
          assertThat(known).as("used in %s", page.getFileName()).contains(use.group(1));
        }
      }
    }
  }

  @Test
  void roles_permissions_and_events_have_words() throws IOException {
    List<String> known = keys(KEY, words("en"));
    assertThat(known)
        .containsAll(Arrays.stream(Role.values()).map(one -> "role_" + one.wire()).toList())
        .containsAll(
            Arrays.stream(Permission.values()).map(one -> "permission_" + one.wire()).toList());
    assertThat(new HashSet<>(keys(INNER_KEY, inner("en", "auditTypes"))))
        .isEqualTo(
            Arrays.stream(AuditEventType.values()).map(AuditEventType::wire).collect(toSet()));
  }

  /** The object of a language, without its braces. */
  private static String words(String language) throws IOException {
    String all = Files.readString(WEB.resolve("i18n.js"), StandardCharsets.UTF_8);
    int start = all.indexOf("\n  " + language + ": {\n");
    return all.substring(start, all.indexOf("\n  },\n", start));
  }

  private static String inner(String language, String list) throws IOException {
    String all = words(language);
    int start = all.indexOf("\n    " + list + ": {\n");
    return all.substring(start, all.indexOf("\n    },", start));
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
