package io.kydai.console.http.api;

import static io.vertx.core.http.HttpMethod.GET;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.console.http.server.ApiCall;
import io.kydai.console.http.server.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.http.server.Json;
import io.kydai.console.http.server.Problem;
import io.kydai.console.webhooks.DeadLetter;
import io.kydai.console.webhooks.DeadLetterPage;
import io.kydai.console.webhooks.DeadLetters;
import io.vertx.core.WorkerExecutor;
import java.util.Set;
import java.util.regex.Pattern;

/** The webhooks' part of the API: the events that were given up. */
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
    endpoints.on(GET, "/api/v1/webhooks/dead-letters", desk, this::list);
  }

  private ApiReply list(ApiCall call) {
    call.only(Set.of("limit", "cursor"));
    int limit = call.queryInteger("limit", 1, DeadLetters.MAX_PAGE, 50);
    String cursor = call.query("cursor", "next of the page before", WebhookApi::cursor).orElse("");
    try {
      return ApiReply.json(page(letters.page(limit, cursor)));
    } catch (IllegalArgumentException e) {
      throw Problem.badField("cursor", e.getMessage());
    }
  }

  private static String cursor(String value) {
    if (!CURSOR.matcher(value).matches()) {
      throw new IllegalArgumentException();
    }
    return value;
  }

  /** The contract's {@code DeadLetterPage}. */
  private static ObjectNode page(DeadLetterPage page) {
    ObjectNode json = Json.object();
    ArrayNode list = json.putArray("dead-letters");
    for (DeadLetter letter : page.letters()) {
      list.addObject()
          .put("event", letter.event())
          .put("endpoint", letter.endpoint())
          .put("type", letter.type())
          .put("report", letter.report())
          .put("created-at", letter.createdAt().toString())
          .put("died-at", letter.diedAt().toString())
          .put("attempts", letter.attempts())
          .put("why", letter.why());
    }
    if (!page.next().isEmpty()) {
      json.put("next", page.next());
    }
    return json;
  }
}
