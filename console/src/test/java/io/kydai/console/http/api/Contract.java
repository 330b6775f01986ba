package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import io.kydai.console.http.api.site.NodeApi;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The contract, {@code openapi.json}, against which what a server says is held. */
public final class Contract {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final JsonNode document;

  public Contract() {
    try {
      document = JSON.readTree(NodeApi.readContract());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  JsonNode document() {
    return document;
  }

  /** Returns its operations, in its order. */
  Stream<ContractOperation> operations() {
    return document.get("paths").properties().stream()
        .flatMap(
            path ->
                path.getValue().properties().stream()
                    .filter(one -> one.getValue().has("operationId"))
                    .map(
                        one ->
                            new ContractOperation(
                                one.getKey().toUpperCase(Locale.ROOT),
                                path.getKey(),
                                path.getValue().path("parameters"),
                                one.getValue())));
  }

  /** Fails unless the contract lets this be the answer to such a request. */
  public void check(String method, String path, int status, String contentType, byte[] body) {
    JsonNode response = response(method, path, status);
    if (method.equals("HEAD") || status == 304 || !response.has("content")) {
      return;
    }
    String essence = contentType.split(";")[0];
    JsonNode content = response.get("content").get(essence);
    assertThat(content)
        .as("%s %s answered %d with %s: %s", method, path, status, contentType, response)
        .isNotNull();
    if (essence.endsWith("json") && content.has("schema")) {
      validate(content.get("schema"), body, method + " " + path + " → " + status);
    }
  }

  /** Returns an answer of the API, of which the contract approves. */
  <T> HttpResponse<T> checked(HttpResponse<T> answer, Function<T, byte[]> body) {
    String path = answer.uri().getRawPath();
    if (path.startsWith("/api/")) {
      check(
          answer.request().method(),
          path,
          answer.statusCode(),
          answer.headers().firstValue("Content-Type").orElse(""),
          body.apply(answer.body()));
    }
    return answer;
  }

  /**
   * Fails unless the contract lets this be the head of an answer to a request that a test wrote
   * itself; says nothing where the contract has no such operation, or there is no final answer.
   *
   * @param request begins with its request line
   * @param answer begins with its status line
   */
  public void checkHead(String request, String answer) {
    String[] asked = request.split(" ", 3);
    String[] answered = answer.split(" ", 3);
    if (asked.length == 3 && answered.length == 3) {
      JsonNode item = item(asked[1]);
      if (item != null && item.has(asked[0].toLowerCase(Locale.ROOT))) {
        int status = Integer.parseInt(answered[1]);
        if (status != 100) {
          response(asked[0], asked[1], status);
        }
      }
    }
  }

  /** Fails unless the text is JSON as the named schema has it. */
  public void check(String schema, String json) {
    ObjectNode reference = JSON.createObjectNode().put("$ref", "#/components/schemas/" + schema);
    validate(reference, json.getBytes(java.nio.charset.StandardCharsets.UTF_8), schema);
  }

  private JsonNode response(String method, String path, int status) {
    String operation = method.equals("HEAD") ? "get" : method.toLowerCase(Locale.ROOT);
    JsonNode item = item(path);
    if (item == null || !item.has(operation)) {
      assertThat(status).as("an address that the contract does not have: " + path).isIn(404, 405);
      return resolve(JSON.createObjectNode().put("$ref", "#/components/responses/Problem"));
    }
    ContractAnswers.note(item.get(operation).get("operationId").asText(), status);
    JsonNode responses = item.get(operation).get("responses");
    JsonNode response = responses.get(String.valueOf(status));
    assertThat(response != null || status >= 400)
        .as("%s %s may not answer %d", method, path, status)
        .isTrue();
    return resolve(response == null ? responses.get("default") : response);
  }

  private JsonNode item(String path) {
    for (Map.Entry<String, JsonNode> entry : document.get("paths").properties()) {
      String pattern = entry.getKey().replace(".", "\\.").replaceAll("\\{[^/}]+}", "[^/]+");
      if (path.split("\\?")[0].matches(pattern)) {
        return entry.getValue();
      }
    }
    return null;
  }

  private JsonNode resolve(JsonNode node) {
    return node.has("$ref") ? document.at(node.get("$ref").asText().substring(1)) : node;
  }

  private void validate(JsonNode schema, byte[] body, String what) {
    ObjectNode root = JSON.createObjectNode();
    root.set("components", document.get("components"));
    root.setAll((ObjectNode) schema);
    JsonSchema compiled =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(
                root, SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build());
    try {
      assertThat(compiled.validate(JSON.readTree(body)))
          .as("%s: %s", what, new String(body, java.nio.charset.StandardCharsets.UTF_8))
          .isEmpty();
    } catch (IOException e) {
      throw new AssertionError(what + " is no JSON", e);
    }
  }
}
