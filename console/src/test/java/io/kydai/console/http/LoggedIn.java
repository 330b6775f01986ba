package io.kydai.console.http;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.Cookie;
import io.kydai.console.http.api.Contract;
import io.kydai.console.node.Node;
import io.kydai.console.users.Permission;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Log-ins for tests, made over HTTP as people and programs make them. */
public final class LoggedIn {
  /** The name of the account that {@code KYDAI_ADMIN_PASSWORD} makes. */
  public static final String ADMIN = "admin";

  public static final String PASSWORD = "mua roi tren song Huong";

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Contract CONTRACT = new Contract();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private LoggedIn() {}

  /** A client of a node that nobody has logged in to yet, with every permission. */
  public static Api api(Node node) throws Exception {
    return new Api(node.address(), tokenOf(node.address(), firstAdministrator(node)));
  }

  /** The cookie of the first administrator of a node, by the link that it gives. */
  public static String firstAdministrator(Node node) throws Exception {
    String secret = node.firstLink().orElseThrow().getFragment().substring("first=".length());
    return cookie(
        post(
            node.address().resolve("/api/v1/first-administrator"),
            "{\"secret\": \"%s\", \"name\": \"%s\", \"password\": \"%s\"}"
                .formatted(secret, ADMIN, PASSWORD),
            ""));
  }

  /** A client with every permission, of a server with the account {@link #ADMIN}. */
  public static Api api(URI address) throws Exception {
    return new Api(address, tokenOf(address, cookie(address)));
  }

  /** The cookie of a log-in with the account {@link #ADMIN}. */
  public static String cookie(URI address) throws Exception {
    return cookie(address, ADMIN);
  }

  /** The cookie of a log-in with an account whose password is {@link #PASSWORD}. */
  public static String cookie(URI address, String name) throws Exception {
    return cookie(
        post(
            address.resolve("/api/v1/session"),
            "{\"name\": \"%s\", \"password\": \"%s\"}".formatted(name, PASSWORD),
            ""));
  }

  /** Gives a browser's page the cookie of a log-in. */
  public static void into(Page page, URI address, String cookie) {
    String[] pair = cookie.split("=", 2);
    boolean secure = pair[0].startsWith("__Host-");
    page.context()
        .addCookies(
            List.of(
                new Cookie(pair[0], pair[1])
                    .setUrl((secure ? "https" : "http") + "://" + address.getHost() + "/")
                    .setSecure(secure)));
  }

  /** A token with every permission, under the name that the steps of reports then have. */
  static String tokenOf(URI address, String cookie) throws Exception {
    String permissions =
        Arrays.stream(Permission.values())
            .map(one -> '"' + one.wire() + '"')
            .collect(Collectors.joining(", "));
    HttpResponse<String> made =
        post(
            address.resolve("/api/v1/tokens"),
            "{\"name\": \"operator\", \"permissions\": [%s]}".formatted(permissions),
            cookie);
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    return JSON.readTree(made.body()).get("secret").asText();
  }

  private static HttpResponse<String> post(URI to, String body, String cookie) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(to)
            .header("Content-Type", "application/json")
            .timeout(Api.PATIENCE)
            .POST(HttpRequest.BodyPublishers.ofString(body));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    HttpResponse<String> answer =
        CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
    CONTRACT.check(
        "POST",
        to.getPath(),
        answer.statusCode(),
        answer.headers().firstValue("Content-Type").orElse(""),
        answer.body().getBytes(UTF_8));
    return answer;
  }

  private static String cookie(HttpResponse<String> loggedIn) {
    assertThat(loggedIn.statusCode()).as(loggedIn.body()).isBetween(200, 201);
    return loggedIn.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0];
  }
}
