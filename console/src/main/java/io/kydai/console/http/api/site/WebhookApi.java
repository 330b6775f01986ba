package io.kydai.console.http.api.site;

import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.outbox.DeadLetter;
import io.kydai.console.outbox.DeadLetterPage;
import io.kydai.console.outbox.DestinationRows;
import io.kydai.console.webhooks.EndpointStatus;
import io.kydai.console.webhooks.OutboxFullException;
import io.kydai.console.webhooks.TestOutcome;
import io.kydai.console.webhooks.TestUnderWayException;
import io.kydai.console.webhooks.Webhooks;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The operations on webhooks: how deliveries are, tests, and the events that were given up. */
public final class WebhookApi {
  private static final Pattern CURSOR = Pattern.compile("[0-9A-Za-z-]{1,100}");

  private final Webhooks webhooks;

  public WebhookApi(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /**
   * @param desk runs what waits for the database
   * @param waiting runs what waits for an endpoint
   */
  public void register(Endpoints endpoints, WorkerExecutor desk, WorkerExecutor waiting) {
    endpoints
        .on("listWebhooks", desk, call -> endpoints())
        .on("testWebhook", waiting, this::test)
        .on("replayDeadLetters", desk, this::replay)
        .on("listDeadLetters", desk, this::list);
  }

  private ApiReply endpoints() {
    return ApiReply.json(
        new EndpointsAnswer(webhooks.endpoints().stream().map(EndpointAnswer::of).toList()));
  }

  private ApiReply test(ApiCall call) {
    try {
      TestOutcome outcome =
          webhooks
              .test(call.path("id"), call.actor(), call.origin())
              .orElseThrow(WebhookApi::unknown);
      return ApiReply.json(
          new TestAnswer(outcome.delivered(), outcome.why(), outcome.took().toMillis()));
    } catch (TestUnderWayException e) {
      throw Problem.of(503, e).withHeader("Retry-After", "5");
    }
  }

  private static Problem unknown() {
    return Problem.notFound("such endpoint in the configuration");
  }

  /** The contract's {@code Replay}. */
  private record ReplayBody(@Nullable String event) {}

  private ApiReply replay(ApiCall call) {
    try {
      int replayed =
          webhooks
              .replay(
                  call.path("id"), call.body(ReplayBody.class).event(), call.actor(), call.origin())
              .orElseThrow(WebhookApi::unknown);
      return ApiReply.json(new ReplayAnswer(replayed));
    } catch (OutboxFullException e) {
      throw Problem.of(409, e);
    }
  }

  private ApiReply list(ApiCall call) {
    String cursor = call.text("cursor").orElse("");
    if (!cursor.isEmpty() && !CURSOR.matcher(cursor).matches()) {
      throw Problem.badField("cursor", "Expected: next of the page before.");
    }
    try {
      return ApiReply.json(PageAnswer.of(webhooks.page(call.integer("limit"), cursor)));
    } catch (IllegalArgumentException e) {
      throw Problem.badField("cursor", e);
    }
  }

  /** The contract's {@code WebhookTest}. */
  private record TestAnswer(boolean delivered, String why, long milliseconds) {}

  /** The contract's {@code Replayed}. */
  private record ReplayAnswer(int replayed) {}

  /** The contract's {@code WebhookList}. */
  private record EndpointsAnswer(List<EndpointAnswer> webhooks) {}

  /** The contract's {@code Webhook}. */
  private record EndpointAnswer(
      String id,
      String endpoint,
      List<String> types,
      int waiting,
      int dead,
      @Nullable Instant deliveredAt,
      DestinationRows.@Nullable Failure failure) {
    static EndpointAnswer of(EndpointStatus status) {
      return new EndpointAnswer(
          status.id(),
          status.endpoint(),
          List.copyOf(status.types()),
          status.waiting(),
          status.dead(),
          status.deliveredAt(),
          status.failure());
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
      String webhook,
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
          letter.destination(),
          letter.event(),
          letter.shown(),
          letter.type(),
          letter.report().value(),
          letter.createdAt(),
          letter.diedAt(),
          letter.attempts(),
          letter.why());
    }
  }
}
