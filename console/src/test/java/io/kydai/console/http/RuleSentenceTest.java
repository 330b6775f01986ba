package io.kydai.console.http;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.analytics.rules.RuleTypes;
import io.kydai.analytics.rules.settings.Parameter;
import io.kydai.analytics.rules.type.RuleType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The sentence of each type of rule has a blank for all that the type needs, in each language. */
class RuleSentenceTest {
  private static final Path WORDS =
      Path.of("src/main/resources/io/kydai/console/web/words/rules.js");
  private static final Pattern ENTRY = Pattern.compile("(?m)^      '?([\\w-]+)'?: '(.*)',$");
  private static final Pattern BLANK = Pattern.compile("\\{([\\w-]+)}");

  private static Map<String, String> list(String language, String name) throws IOException {
    String all = Files.readString(WORDS, StandardCharsets.UTF_8);
    String words = all.substring(all.indexOf("\n  " + language + ": {\n"));
    String list = words.substring(words.indexOf("\n    " + name + ": {\n"));
    Matcher entry = ENTRY.matcher(list.substring(0, list.indexOf("\n    },\n") + 1));
    Map<String, String> entries = new TreeMap<>();
    while (entry.find()) {
      entries.put(entry.group(1), entry.group(2));
    }
    return entries;
  }

  @ParameterizedTest
  @ValueSource(strings = {"vi", "en"})
  void a_sentence_has_a_blank_for_everything_that_is_needed_and_for_nothing_unknown(String language)
      throws IOException {
    Map<String, String> sentences = list(language, "sentences");
    assertThat(sentences.keySet()).isEqualTo(RuleTypes.all().keySet());
    for (RuleType type : RuleTypes.all().values()) {
      Set<String> blanks = new TreeSet<>();
      Matcher blank = BLANK.matcher(sentences.get(type.name()));
      while (blank.find()) {
        blanks.add(blank.group(1));
      }
      List<Parameter> parameters = type.parameters();
      assertThat(parameters.stream().map(Parameter::name).collect(toSet()))
          .as(type.name())
          .containsAll(blanks);
      assertThat(blanks)
          .as(type.name())
          .containsAll(
              parameters.stream().filter(Parameter::required).map(Parameter::name).toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"vi", "en"})
  void every_setting_and_every_value_has_a_word(String language) throws IOException {
    Map<String, String> names = list(language, "parameters");
    Map<String, String> values = list(language, "values");
    List<Parameter> all =
        Stream.concat(
                RuleTypes.all().values().stream().flatMap(type -> type.parameters().stream()),
                RuleType.COMMON.stream())
            .toList();
    assertThat(names.keySet()).containsAll(all.stream().map(Parameter::name).toList());
    assertThat(values.keySet())
        .containsAll(all.stream().flatMap(parameter -> parameter.values().stream()).toList());
  }
}
