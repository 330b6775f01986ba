package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Debian's Firefox for a test, driven by WebDriver BiDi (W3C, webdriver-bidi), which that browser
 * speaks by itself: Playwright drives only a Firefox of its own, which no registry has. One tab;
 * screenshots stay in {@code target/screenshots}.
 */
final class Firefox implements AutoCloseable {
  private static final Path EXECUTABLE = Path.of("/usr/bin/firefox-esr");
  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final Pattern LISTENING = Pattern.compile("BiDi listening on (ws://\\S+)");
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PATIENCE_SECONDS = 120;

  /** Errors of the console and of scripts. */
  final List<String> complaints = new CopyOnWriteArrayList<>();

  private final Process process;
  private final WebSocket socket;
  private final Map<Long, CompletableFuture<JsonNode>> asked;
  private final AtomicLong ids = new AtomicLong();
  private String tab = "";

  private Firefox(Process process, URI address) throws Exception {
    this.process = process;
    asked = new ConcurrentHashMap<>();
    socket =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(address.resolve("/session"), new Answers())
            .get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /**
   * Starts the browser; the test is skipped where there is none.
   *
   * @param profile an empty folder
   * @param language such as {@code vi}
   */
  static Firefox start(Path profile, String language) throws Exception {
    assumeTrue(Files.isExecutable(EXECUTABLE), "needs Debian package firefox-esr");
    Files.createDirectories(SCREENSHOTS);
    Files.writeString(
        profile.resolve("user.js"),
        """
        user_pref("intl.accept_languages", "%s");
        user_pref("media.autoplay.default", 0);
        user_pref("app.normandy.enabled", false);
        user_pref("datareporting.policy.dataSubmissionEnabled", false);
        user_pref("browser.shell.checkDefaultBrowser", false);
        """
            .formatted(language));
    Process process =
        new ProcessBuilder(
                EXECUTABLE.toString(),
                "--headless",
                "--no-remote",
                "--profile",
                profile.toString(),
                "--remote-debugging-port",
                "0",
                "about:blank")
            .redirectErrorStream(true)
            .start();
    try {
      Firefox firefox = new Firefox(process, listening(process));
      firefox.open();
      return firefox;
    } catch (Exception e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static URI listening(Process process) throws IOException {
    BufferedReader said = process.inputReader();
    for (String line = said.readLine(); line != null; line = said.readLine()) {
      Matcher found = LISTENING.matcher(line);
      if (found.find()) {
        Thread rest = new Thread(() -> drain(said), "firefox-output");
        rest.setDaemon(true);
        rest.start();
        return URI.create(found.group(1));
      }
    }
    throw new IOException("Firefox ended before it listened");
  }

  /** Reads what it says later, so that it never waits for a full pipe. */
  private static void drain(BufferedReader said) {
    try {
      while (said.readLine() != null) {}
    } catch (IOException e) {
      // The pipe is closed with the process: that is its end.
      return;
    }
  }

  private void open() throws Exception {
    ask("session.new", JSON.createObjectNode().putObject("capabilities"));
    ObjectNode wanted = JSON.createObjectNode();
    wanted.putArray("events").add("log.entryAdded");
    ask("session.subscribe", wanted);
    tab =
        ask("browsingContext.getTree", JSON.createObjectNode()).at("/contexts/0/context").asText();
  }

  private JsonNode ask(String method, ObjectNode parameters) throws Exception {
    long id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    asked.put(id, answer);
    ObjectNode command = JSON.createObjectNode().put("id", id).put("method", method);
    command.set("params", method.equals("session.new") ? wrapped(parameters) : parameters);
    socket.sendText(command.toString(), true).get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    JsonNode got = answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    assertThat(got.path("type").asText()).as("%s: %s", method, got).isEqualTo("success");
    return got.get("result");
  }

  private static ObjectNode wrapped(ObjectNode capabilities) {
    ObjectNode all = JSON.createObjectNode();
    all.set("capabilities", capabilities);
    return all;
  }

  private ObjectNode ofTab() {
    return JSON.createObjectNode().put("context", tab);
  }

  /** Gives the browser the cookie of a log-in, as {@link LoggedIn#cookie} has it. */
  void logIn(URI address, String cookie) throws Exception {
    String[] pair = cookie.split("=", 2);
    ObjectNode parameters = JSON.createObjectNode();
    ObjectNode one = parameters.putObject("cookie");
    one.put("name", pair[0]).put("domain", address.getHost());
    one.putObject("value").put("type", "string").put("value", pair[1]);
    ask("storage.setCookie", parameters);
  }

  void navigate(String address) throws Exception {
    ask("browsingContext.navigate", ofTab().put("url", address).put("wait", "complete"));
  }

  void size(int width, int height) throws Exception {
    ObjectNode parameters = ofTab();
    parameters.putObject("viewport").put("width", width).put("height", height);
    ask("browsingContext.setViewport", parameters);
  }

  /**
   * Evaluates an expression in the page, waits for the promise that it may be, and returns the
   * value by JSON.
   */
  JsonNode evaluate(String expression) throws Exception {
    ObjectNode parameters =
        JSON.createObjectNode()
            .put("expression", "(async () => JSON.stringify(await (" + expression + ") ?? null))()")
            .put("awaitPromise", true);
    parameters.putObject("target").put("context", tab);
    JsonNode result = ask("script.evaluate", parameters);
    assertThat(result.path("type").asText()).as("%s", result).isEqualTo("success");
    return JSON.readTree(result.at("/result/value").asText());
  }

  /** Runs a script in the page. */
  void run(String script) throws Exception {
    ObjectNode parameters =
        JSON.createObjectNode().put("expression", script).put("awaitPromise", false);
    parameters.putObject("target").put("context", tab);
    JsonNode result = ask("script.evaluate", parameters);
    assertThat(result.path("type").asText()).as("%s", result).isEqualTo("success");
  }

  /** Runs a script in each page that is loaded from now on, before the page's own. */
  void beforeEachPage(String script) throws Exception {
    ask(
        "script.addPreloadScript",
        JSON.createObjectNode().put("functionDeclaration", "() => {" + script + "}"));
  }

  /** Waits until an expression is true in the page. */
  void until(String condition) throws Exception {
    String poll =
        """
        new Promise((done, fail) => {
          const end = performance.now() + %d;
          const look = () => {
            if (%s) done(true);
            else if (performance.now() > end) fail(new Error('did not come true'));
            else setTimeout(look, 50);
          };
          look();
        })
        """
            .formatted((PATIENCE_SECONDS - 10) * 1000, condition);
    assertThat(evaluate(poll).asBoolean()).as(condition).isTrue();
  }

  void screenshot(String name) throws Exception {
    byte[] png =
        Base64.getDecoder()
            .decode(ask("browsingContext.captureScreenshot", ofTab()).get("data").asText());
    Files.write(SCREENSHOTS.resolve(name + ".png"), png);
  }

  @Override
  public void close() {
    socket.abort();
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  /** Takes answers and events, on threads of the client. */
  private final class Answers implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        take(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return CompletableFuture.completedStage(null);
    }

    private void take(String text) {
      try {
        JsonNode got = JSON.readTree(text);
        CompletableFuture<JsonNode> answer = asked.remove(got.path("id").asLong(-1));
        if (answer != null) {
          answer.complete(got);
        } else if (got.at("/params/level").asText().equals("error")) {
          complaints.add(got.at("/params/text").asText());
        }
      } catch (IOException e) {
        complaints.add("unreadable: " + text);
      }
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
      asked.values().forEach(answer -> answer.completeExceptionally(error));
    }
  }
}
