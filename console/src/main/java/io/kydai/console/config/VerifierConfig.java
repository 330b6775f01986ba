package io.kydai.console.config;

import static java.util.Objects.requireNonNull;

import io.kydai.console.config.tree.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import org.jspecify.annotations.Nullable;

/**
 * The server that looks at alerts' pictures a second time, and may describe and rank them. It
 * decides nothing.
 *
 * @param url of an OpenAI-compatible API, such as {@code https://vlm.example/v1}
 * @param model the model's name at that server
 * @param apiKey null where the server asks for none
 * @param language the language of the questions and descriptions
 * @param types the types of rules whose alerts are looked at; empty for all
 * @param prompts questions in the place of the usual one, by type
 * @param perMinute how many questions are asked in a minute at most
 * @param timeout of a question, from the connection to the end of the answer
 * @param maxPictureKib larger pictures are not sent, in KiB
 * @param rank whether the desk lists incidents of the same priority by what was answered
 */
public record VerifierConfig(
    URI url,
    String model,
    @Nullable Secret apiKey,
    Language language,
    SortedSet<String> types,
    List<Prompt> prompts,
    int perMinute,
    Duration timeout,
    int maxPictureKib,
    boolean rank) {
  /** A language of the pages. */
  public enum Language {
    VI,
    EN
  }

  /**
   * A question of a site.
   *
   * @param type of the rules that it is for
   * @param text the question; the form of the answer is asked for besides
   */
  public record Prompt(String type, String text) {}

  public VerifierConfig {
    requireNonNull(url);
    requireNonNull(model);
    requireNonNull(language);
    requireNonNull(timeout);
    prompts = List.copyOf(prompts);
  }
}
