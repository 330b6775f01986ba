package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.console.KydaiProcess;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.simulator.CameraSimulator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A real node, of which one process asks log-ins and another changes rights, as fast as it answers,
 * while live streams run.
 */
@Timeout(600)
class HammeredNodeTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int REVOCATIONS = 7;

  /** In which a stream ends, by the node's own clock, after its right was revoked. */
  private static final Duration AT_MOST = Duration.ofSeconds(1);

  @TempDir Path folder;

  @Test
  void aRevokedRightEndsTheStreamWithinASecondAndNothingFails(TestReporter reporter)
      throws Exception {
    Path file = folder.resolve("data/kydai.db");
    try (CameraSimulator simulator = StartedNode.simulator("path")) {
      Path config =
          Files.writeString(
              folder.resolve("kydai.yaml"),
              "cameras: [{id: path, url: '%s'}]\n".formatted(simulator.address("path"))
                  + TestDatabase.yaml(file));
      try (KydaiProcess node =
          KydaiProcess.start(folder.resolve("data"), "--config", config.toString())) {
        hammer(node);
        node.interrupt(60);
        assertThat(node.output())
            .noneMatch(line -> line.contains(" ERROR "))
            .noneMatch(line -> line.contains("LEAK:"));
      }
    }
    List<Duration> ends = ends(file);
    reporter.publishEntry("from the revocation to the end of the stream", ends.toString());
    assertThat(ends).hasSize(REVOCATIONS);
    // Not the slowest one, in which the machine may have had no time for the node.
    assertThat(ends.stream().sorted().toList().get(REVOCATIONS / 2)).isLessThanOrEqualTo(AT_MOST);
  }

  private static void hammer(KydaiProcess node) throws Exception {
    String cookie = LoggedIn.cookie(node.address());
    String token = LoggedIn.tokenOf(node.address(), cookie);
    Api api = new Api(node.address(), token);
    addAccount(api, "lan");
    String hammered = addAccount(api, "minh");
    Process logIns = client("log-in", node.address().toString(), "minh", LoggedIn.PASSWORD);
    Process rights = client("rights", node.address().toString(), token, hammered);
    try (BufferedReader logInLines = lines(logIns);
        BufferedReader rightLines = lines(rights);
        Api.Listener lasting = api.listen("/api/v1/cameras/path/live", "LiveMessage")) {
      assertThat(logInLines.readLine()).isEqualTo("working");
      assertThat(rightLines.readLine()).isEqualTo("working");
      for (int i = 0; i < REVOCATIONS; i++) {
        revoke(api, node);
      }
      assertThat(lasting.closed).isNotDone();
      List<String> answers = new ArrayList<>(statuses(logIns, logInLines));
      answers.addAll(statuses(rights, rightLines));
      assertThat(answers)
          .isNotEmpty()
          .allMatch(answer -> answer.matches("(200|204|401|403|404|409)=[0-9]+"));
    } finally {
      logIns.destroyForcibly();
      rights.destroyForcibly();
    }
  }

  /** Watches as lan, takes lan's rights away, and gives them back when the stream has ended. */
  private static void revoke(Api api, KydaiProcess node) throws Exception {
    Api lan = Api.withCookie(node.address(), LoggedIn.cookie(node.address(), "lan"));
    try (Api.Listener live = lan.listen("/api/v1/cameras/path/live", "LiveMessage")) {
      live.await(message -> message.get("type").asText().equals("init"));
      grant(api, "[]");
      assertThat(live.closed.get(Api.PATIENCE.toSeconds(), TimeUnit.SECONDS)).startsWith("1008 ");
    }
    grant(api, "[{\"role\": \"operator\"}]");
  }

  private static String addAccount(Api api, String name) throws Exception {
    return api.json(
            "POST",
            "/api/v1/accounts",
            "{\"name\": \"%s\", \"password\": \"%s\", \"grants\": [{\"role\": \"operator\"}]}"
                .formatted(name, LoggedIn.PASSWORD))
        .expect(201)
        .json()
        .get("id")
        .asText();
  }

  private static void grant(Api api, String grants) throws Exception {
    for (JsonNode account : api.get("/api/v1/accounts").expect(200).json().get("accounts")) {
      if (account.get("name").asText().equals("lan")) {
        api.json(
                "PUT",
                "/api/v1/accounts/" + account.get("id").asText(),
                "{\"display-name\": \"Lan\", \"enabled\": true, \"grants\": %s, \"version\": %d}"
                    .formatted(grants, account.get("version").asLong()))
            .expect(200);
      }
    }
  }

  private static Process client(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                HammeringClient.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
    return builder.start();
  }

  private static BufferedReader lines(Process process) {
    return new BufferedReader(
        new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** Lets a client end, and returns how often each status was its answer. */
  private static List<String> statuses(Process client, BufferedReader lines) throws Exception {
    client.getOutputStream().close();
    List<String> statuses = lines.lines().toList();
    assertThat(client.waitFor()).as("the client ends by itself").isZero();
    return statuses;
  }

  /** By the audit: from each time that lan's rights were taken to the end of lan's viewing. */
  private static List<Duration> ends(Path file) throws Exception {
    try (Database database = TestDatabase.open(file)) {
      AuditLog audit = new AuditLog(database, Clock.systemUTC());
      assertThat(audit.verify().fault()).isNull();
      List<Instant> revoked = new ArrayList<>();
      for (AuditEntry entry : entries(audit, AuditEventType.ACCOUNT_CHANGED)) {
        JsonNode details = JSON.readTree(entry.details());
        if (details.get("name").asText().equals("lan")
            && details.at("/changes/grants/after").isEmpty()) {
          revoked.add(entry.at());
        }
      }
      List<Instant> ended = new ArrayList<>();
      for (AuditEntry entry : entries(audit, AuditEventType.LIVE_VIEWED)) {
        if (entry.actorName().equals("lan")) {
          ended.add(Instant.parse(JSON.readTree(entry.details()).get("until").asText()));
        }
      }
      revoked.sort(null);
      ended.sort(null);
      assertThat(ended).hasSameSizeAs(revoked);
      List<Duration> ends = new ArrayList<>();
      for (int i = 0; i < ended.size(); i++) {
        ends.add(Duration.between(revoked.get(i), ended.get(i)));
      }
      return ends;
    }
  }

  private static List<AuditEntry> entries(AuditLog audit, AuditEventType type) {
    List<AuditEntry> all = new ArrayList<>();
    String cursor = null;
    do {
      var page = audit.list(new AuditFilter(null, null, null, type, null, null, 500, cursor));
      all.addAll(page.entries());
      cursor = page.next();
    } while (cursor != null);
    return all;
  }
}
