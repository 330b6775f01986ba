package io.kydai.console.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.TreeMap;

/**
 * A process that logs in, or changes rights, as fast as it is answered, until its standard input
 * ends. Then it prints how often each status was the answer, such as {@code 200=312}.
 */
final class HammeringClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private final URI address;
  private final Map<Integer, Integer> statuses = new TreeMap<>();
  private volatile boolean ending;

  private HammeringClient(URI address) {
    this.address = address;
  }

  /**
   * @param arguments {@code log-in ADDRESS NAME PASSWORD}, or {@code rights ADDRESS TOKEN ACCOUNT}
   */
  public static void main(String[] arguments) throws Exception {
    HammeringClient client = new HammeringClient(URI.create(arguments[1]));
    Thread end = new Thread(client::awaitEnd, "end-of-input");
    end.setDaemon(true);
    end.start();
    for (int round = 0; !client.ending; round++) {
      if (arguments[0].equals("log-in")) {
        client.logIn(arguments[2], arguments[3]);
      } else {
        client.changeRights(round, arguments[2], arguments[3]);
      }
      if (round == 0) {
        System.out.println("working");
      }
    }
    client.statuses.forEach((status, count) -> System.out.println(status + "=" + count));
  }

  private void awaitEnd() {
    try {
      while (System.in.read() >= 0) {
        continue;
      }
    } catch (IOException e) {
      System.err.println(e.getMessage());
    }
    ending = true;
  }

  private HttpResponse<String> send(String method, String path, String body, String... headers)
      throws Exception {
    HttpResponse<String> answer =
        CLIENT.send(
            HttpRequest.newBuilder(address.resolve(path))
                .timeout(Api.PATIENCE)
                .header("Content-Type", "application/json")
                .headers(headers)
                .method(method, HttpRequest.BodyPublishers.ofString(body))
                .build(),
            HttpResponse.BodyHandlers.ofString());
    statuses.merge(answer.statusCode(), 1, Integer::sum);
    return answer;
  }

  private void logIn(String name, String password) throws Exception {
    String cookie =
        send(
                "POST",
                "/api/v1/session",
                JSON.writeValueAsString(Map.of("name", name, "password", password)),
                "Accept",
                "*/*")
            .headers()
            .firstValue("Set-Cookie")
            .orElse("none=")
            .split(";", 2)[0];
    for (String path :
        new String[] {"/api/v1/cameras", "/api/v1/reports", "/api/v1/cameras/path"}) {
      send("GET", path, "", "Cookie", cookie);
    }
    send("DELETE", "/api/v1/session", "", "Cookie", cookie);
  }

  private void changeRights(int round, String token, String account) throws Exception {
    String path = "/api/v1/accounts/" + account;
    String bearer = "Bearer " + token;
    JsonNode now = JSON.readTree(send("GET", path, "", "Authorization", bearer).body());
    String grants = round % 2 == 0 ? "" : "{\"role\": \"operator\"}";
    send(
        "PUT",
        path,
        "{\"display-name\": \"n\", \"enabled\": true, \"grants\": [%s], \"version\": %d}"
            .formatted(grants, now.get("version").asLong()),
        "Authorization",
        bearer);
  }
}
