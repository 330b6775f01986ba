package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.http.Api;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every operation of the contract gets requests that the contract allows, and such with one part
 * spoilt. Each answer is held against the contract by {@link Api}; none may be the node's own
 * fault, and an operation that documents 400 or 404 answers so.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContractFuzzTest {
  private static final int REQUESTS = 24;

  /** They wait for networks for seconds, or hash a password for each request. */
  private static final Set<String> SLOW =
      Set.of(
          "findCameras",
          "discoverCameras",
          "askCamera",
          "testCamera",
          "logIn",
          "addAccount",
          "setPassword",
          "changePassword",
          "addFirstAdministrator");

  private static final int SLOW_REQUESTS = 4;

  /** What is documented for them happens to some accounts alone, which other tests have. */
  private static final Set<String> OF_ACCOUNTS =
      Set.of("removeTotp", "removePasskey", "removeAccount");

  @TempDir static Path folder;
  private final Contract contract = new Contract();
  private DeskServer desk;

  @BeforeAll
  void start() throws Exception {
    desk = new DeskServer(folder);
    desk.receive("01JD00000000000000000000A1", "a.jpg", "picture");
  }

  @AfterAll
  void stop() {
    desk.close();
  }

  @TestFactory
  Stream<DynamicTest> noRequestIsTheNodesFaultAndWhatIsDocumentedHappens() {
    return contract
        .operations()
        .filter(operation -> !operation.isWebSocket())
        .map(operation -> DynamicTest.dynamicTest(operation.id(), () -> fuzz(operation)));
  }

  private void fuzz(ContractOperation operation) throws Exception {
    // The operations before may have removed it.
    desk.api.json(
        "POST", "/api/v1/cameras", "{\"id\": \"gate\", \"url\": \"rtsp://127.0.0.1:1/\"}");
    ContractValues values = new ContractValues(contract.document(), operation.id().hashCode());
    Map<Integer, String> seen = new TreeMap<>();
    int requests = SLOW.contains(operation.id()) ? SLOW_REQUESTS : REQUESTS;
    for (int i = 0; i < requests; i++) {
      boolean spoilt = i % 3 != 0;
      String body = body(operation, values, spoilt);
      String target = target(operation, values, spoilt && (body.isEmpty() || values.chance(0.3)));
      Api.Answer answer =
          body.isEmpty()
              ? desk.api.send(operation.method(), target, "")
              : desk.api.json(operation.method(), target, body);
      String request = operation.method() + " " + target + " " + body;
      assertThat(answer.status()).as(request).isNotEqualTo(500).isNotEqualTo(505);
      seen.putIfAbsent(answer.status(), request);
    }
    Set<Integer> missing = new TreeSet<>();
    for (int documented : new int[] {400, 404}) {
      if (operation.documents(documented) && !OF_ACCOUNTS.contains(operation.id())) {
        missing.add(documented);
      }
    }
    missing.removeAll(seen.keySet());
    assertThat(missing)
        .as("documented, and none of %d requests got it: %s", requests, seen)
        .isEmpty();
  }

  private static String body(ContractOperation operation, ContractValues values, boolean spoilt) {
    JsonNode content = values.resolved(operation.content().path("requestBody")).path("content");
    if (content.has("application/octet-stream")) {
      return spoilt ? values.hostile() + "x" : "%PDF-1.7 some text";
    }
    JsonNode schema = content.path("application/json").path("schema");
    if (schema.isMissingNode()) {
      return operation.method().equals("POST") || operation.method().equals("PUT") ? "{}" : "";
    }
    JsonNode right = values.value(schema);
    if (!spoilt) {
      return ContractValues.written(right);
    }
    String wrong = ContractValues.written(values.spoilt(right));
    return values.chance(0.05) ? wrong.substring(0, wrong.length() / 2) + "{" : wrong;
  }

  private static String target(ContractOperation operation, ContractValues values, boolean spoilt) {
    String path = operation.path();
    StringBuilder query = new StringBuilder();
    List<JsonNode> parameters = new ArrayList<>();
    operation.shared().forEach(parameters::add);
    operation.content().path("parameters").forEach(parameters::add);
    for (JsonNode given : parameters) {
      JsonNode parameter = values.resolved(given);
      String name = parameter.get("name").asText();
      boolean inPath = parameter.get("in").asText().equals("path");
      if (!inPath && !parameter.path("required").asBoolean() && values.chance(0.4)) {
        continue;
      }
      String text =
          spoilt && values.chance(0.6)
              ? values.hostile()
              : inPath && name.equals("id") && path.contains("/cameras/") && values.chance(0.7)
                  ? "gate"
                  : values.value(parameter.get("schema")).asText();
      String encoded = URLEncoder.encode(text, UTF_8).replace("+", "%20");
      if (inPath) {
        path = path.replace("{" + name + "}", encoded.isEmpty() ? "%20" : encoded);
      } else {
        query.append(query.isEmpty() ? "?" : "&").append(name).append('=').append(encoded);
      }
    }
    if (spoilt && values.chance(0.2)) {
      query.append(query.isEmpty() ? "?" : "&").append("no-such=1");
    }
    return path + query;
  }
}
