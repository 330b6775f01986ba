package io.kydai.console.config;

import static io.kydai.models.document.Key.key;

import io.kydai.analytics.rules.RuleTypes;
import io.kydai.console.config.tree.References;
import io.kydai.console.config.tree.Secret;
import io.kydai.models.document.Distinct;
import io.kydai.models.document.Nearest;
import io.kydai.models.document.Shape;
import io.kydai.models.document.Value;
import io.kydai.models.document.ValueType;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** The keys of {@code verifier}. */
final class VerifierKeys {
  private static final int MAX_TEXT = 500;
  private static final int MAX_PROMPT = 4_000;
  private static final int MAX_TYPES = 100;
  private static final int MAX_PER_MINUTE = 600;
  private static final int MAX_PICTURE_KIB = 16 * 1024;
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private static final ValueType<String> TYPE =
      ValueType.text(MAX_TEXT)
          .as(VerifierKeys::known, type -> type)
          .with("enum", List.copyOf(RuleTypes.all().keySet()));

  private static final ValueType<SortedSet<String>> TYPES =
      ValueType.list(TYPE, MAX_TYPES)
          .as((types, at) -> Optional.of(new TreeSet<>(types)), List::copyOf);

  private static final Distinct ONCE =
      new Distinct(
          "type",
          Optional::of,
          (type, first) -> "the type '%s' has a prompt above already".formatted(type));

  static final Shape<VerifierConfig.Prompt> PROMPT =
      Shape.of(
          VerifierConfig.Prompt.class,
          key("type", TYPE, "the type of the rules that it is for").needed("a type of rules"),
          key(
                  "text",
                  ValueType.text(MAX_PROMPT),
                  "what the model is asked about the picture; Kydai adds the rule's sentence and the"
                      + " form of the answer")
              .needed("a question"));

  private VerifierKeys() {}

  private static Optional<String> known(String type, Value at) {
    return RuleTypes.all().containsKey(type)
        ? Optional.of(type)
        : at.wrong(
            "there is no such type; " + Nearest.hint(type, List.copyOf(RuleTypes.all().keySet())));
  }

  static Shape<VerifierConfig> shape(References references) {
    return Shape.of(
        VerifierConfig.class,
        key(
                "url",
                WebhookKeys.WEB
                    .as(VerifierKeys::secure, url -> url)
                    .saying("`https` address; `http` of this machine"),
                "an OpenAI-compatible API, below which `/chat/completions` is asked")
            .needed("an address such as https://host/v1"),
        key("model", ValueType.text(MAX_TEXT), "the model's name at that server")
            .needed("the name of a model that understands pictures"),
        key(
                "api-key",
                ValueType.text(MAX_TEXT).as(references::resolve, Secret::written),
                "the key that the server asks for, such as `${NAME}` or `file:PATH`")
            .shown("none"),
        key(
                "language",
                ValueType.choice(VerifierConfig.Language.class),
                "the language of the questions and descriptions")
            .otherwise(VerifierConfig.Language.VI),
        key("types", TYPES, "the types of rules whose alerts are looked at")
            .otherwise(new TreeSet<>())
            .shown("all"),
        key(
                "prompts",
                ValueType.list(PROMPT.type(), MAX_TYPES, ONCE),
                "questions in the place of the usual one, by type, [below](#prompts)")
            .otherwise(List.of())
            .shown("the usual question"),
        key(
                "per-minute",
                ValueType.whole(1, MAX_PER_MINUTE),
                "so many questions are asked in a minute at most")
            .otherwise(30),
        key(
                "timeout",
                ValueType.duration(LONGEST)
                    .as(VerifierKeys::some, time -> time)
                    .saying("1s to 300s"),
                "how long a question may take; there is no second attempt")
            .otherwise(Duration.ofSeconds(20)),
        key(
                "max-picture-kib",
                ValueType.whole(1, MAX_PICTURE_KIB),
                "larger pictures are not sent, in KiB")
            .otherwise(2_048),
        key(
                "rank",
                ValueType.flag(),
                "whether incidents of the same priority are listed by what was answered")
            .otherwise(false));
  }

  private static Optional<Duration> some(Duration time, Value at) {
    return time.compareTo(SHORTEST) < 0 ? at.wrong("at least 1s is expected") : Optional.of(time);
  }

  private static Optional<URI> secure(URI url, Value at) {
    return "https".equalsIgnoreCase(url.getScheme()) || PeopleKeys.local(url)
        ? Optional.of(url)
        : at.wrong("pictures are sent by https, or on this machine");
  }
}
