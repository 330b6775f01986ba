package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A person's client, which keeps cookies and follows no redirect. The contract approves of each
 * answer.
 */
final class PersonClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Contract CONTRACT = new Contract();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /**
   * An answer.
   *
   * @param json its body, or an empty object where it has none
   * @param location the header; empty where there is none
   */
  record Answer(int status, JsonNode json, String location) {
    /** Fails unless the status is the expected one. */
    Answer is(int expected) {
      assertThat(status).as("%s", json).isEqualTo(expected);
      return this;
    }

    String text(String name) {
      return json.path(name).asText();
    }
  }

  private final URI address;
  private final Map<String, String> cookies = new TreeMap<>();

  PersonClient(URI address) {
    this.address = address;
  }

  Answer get(String path) throws Exception {
    return send("GET", path, null);
  }

  Answer post(String path, Object body) throws Exception {
    return send("POST", path, body);
  }

  Answer put(String path, Object body) throws Exception {
    return send("PUT", path, body);
  }

  Answer delete(String path, Object body) throws Exception {
    return send("DELETE", path, body);
  }

  /** Logs in; a body for {@code POST /api/v1/session}. */
  Answer logIn(Map<String, String> body) throws Exception {
    return post("/api/v1/session", body);
  }

  Map<String, String> cookies() {
    return Map.copyOf(cookies);
  }

  void cookie(String name, String value) {
    cookies.put(name, value);
  }

  private Answer send(String method, String path, Object body) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(20));
    if (!cookies.isEmpty()) {
      request.header(
          "Cookie",
          cookies.entrySet().stream()
              .map(one -> one.getKey() + "=" + one.getValue())
              .collect(Collectors.joining("; ")));
    }
    if (body == null) {
      request.method(method, HttpRequest.BodyPublishers.noBody());
    } else {
      request.header("Content-Type", "application/json");
      request.method(method, HttpRequest.BodyPublishers.ofString(JSON.writeValueAsString(body)));
    }
    HttpResponse<String> answer =
        CONTRACT.checked(
            CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString()),
            text -> text.getBytes(UTF_8));
    for (String cookie : answer.headers().allValues("Set-Cookie")) {
      String[] pair = cookie.split(";", 2)[0].split("=", 2);
      if (cookie.contains("Max-Age=0")) {
        cookies.remove(pair[0]);
      } else {
        cookies.put(pair[0], pair[1]);
      }
    }
    return new Answer(
        answer.statusCode(),
        answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body()),
        answer.headers().firstValue("Location").orElse(""));
  }
}
