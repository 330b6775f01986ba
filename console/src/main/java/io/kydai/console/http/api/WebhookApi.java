package io.kydai.console.http.api;

import io.kydai.console.http.server.ApiCall;
import io.kydai.console.http.server.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.http.server.Problem;
import io.kydai.console.webhooks.DeadLetter;
import io.kydai.console.webhooks.DeadLetterPage;
import io.kydai.console.webhooks.DeadLetters;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operations on webhooks: the events that were given up. */
public final class WebhookApi {
  private static final Pattern CURSOR = Pattern.compile("[0-9A-Za-z-]{1,100}");

  private final DeadLetters letters;

  public WebhookApi(DeadLetters letters) {
    this.letters = letters;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints.on("listDeadLetters", desk, this::list);
  }

  private ApiReply list(ApiCall call) {
    String cursor = call.text("cursor").orElse("");
    if (!cursor.isEmpty() && !CURSOR.matcher(cursor).matches()) {
      throw Problem.badField("cursor", "Expected: next of the page before.");
    }
    try {
      return ApiReply.json(PageAnswer.of(letters.page(call.integer("limit"), cursor)));
    } catch (IllegalArgumentException e) {
      throw Problem.badField("cursor", e);
    }
  }

  /** The contract's {@code DeadLetterPage}. */
  private record PageAnswer(List<LetterAnswer> deadLetters, @Nullable String next) {
    static PageAnswer of(DeadLetterPage page) {
      return new PageAnswer(
          page.letters().stream().map(LetterAnswer::of).toList(),
          page.next().isEmpty() ? null : page.next());
    }
  }

  /** The contract's {@code DeadLetter}. */
  private record LetterAnswer(
      String event,
      String endpoint,
      String type,
      String report,
      Instant createdAt,
      Instant diedAt,
      int attempts,
      String why) {
    static LetterAnswer of(DeadLetter letter) {
      return new LetterAnswer(
          letter.event(),
          letter.endpoint(),
          letter.type(),
          letter.report().value(),
          letter.createdAt(),
          letter.diedAt(),
          letter.attempts(),
          letter.why());
    }
  }
}
