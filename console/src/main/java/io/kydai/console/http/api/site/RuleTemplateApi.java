package io.kydai.console.http.api.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.vertx.core.WorkerExecutor;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The part of the API that has templates of rules: what is drawn, and the rules with it, for usual
 * tasks of a camera. They are data, {@code rule-templates.json}; their names are the page's words.
 */
public final class RuleTemplateApi {
  private static final String FILE = "rule-templates.json";

  private final JsonNode templates = read();

  /** Returns the templates as the file has them. */
  static JsonNode read() {
    try (InputStream in = RuleTemplateApi.class.getResourceAsStream(FILE)) {
      if (in == null) {
        throw new IllegalStateException(FILE + " is not in the program");
      }
      return new ObjectMapper().readTree(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public void register(Endpoints endpoints, WorkerExecutor worker) {
    endpoints.on(
        "listRuleTemplates", worker, call -> ApiReply.json(Map.of("templates", templates)));
  }
}
