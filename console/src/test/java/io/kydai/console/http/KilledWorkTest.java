package io.kydai.console.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.kydai.console.AuditedState;
import io.kydai.console.KydaiProcess;
import io.kydai.console.http.api.DeskServer;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The real node is killed again and again, at any moment, while audited actions are done over HTTP.
 * {@code -Dkydai.kills=100} kills it more often.
 */
class KilledWorkTest {
  private static final int KILLS = Integer.getInteger("kydai.kills", 3);
  private static final int CAMERAS = 6;
  private static final int MOST_ACTIONS = 120;
  private static final int REPORTS_OF_A_ROUND = 150;

  @TempDir Path folder;
  private final Random random = new Random(11);
  private final Set<String> acknowledged = new HashSet<>();
  private int alerts;

  /** What one client does again and again. */
  @FunctionalInterface
  private interface Work {
    void once(Api api, int round, BlockingQueue<String> done) throws Exception;
  }

  @Test
  @Timeout(value = 90, unit = TimeUnit.MINUTES)
  void noActionIsWithoutItsEntryAndNoEntryWithoutItsAction(TestReporter reporter) throws Exception {
    Path file = folder.resolve("data/kydai.db");
    Path config =
        Files.writeString(folder.resolve("kydai.yaml"), "cameras: []\n" + TestDatabase.yaml(file));
    receive(file);
    for (int i = 0; i < KILLS; i++) {
      workAndKill(config);
      try (Database database = TestDatabase.open(file)) {
        AuditedState.read(database).check(acknowledged, "operator");
      }
      receive(file);
    }
    reporter.publishEntry("kills", KILLS + ", acknowledged actions: " + acknowledged.size());
    assertThat(acknowledged).hasSizeGreaterThan(10 * KILLS);
  }

  /** Reports to be reviewed. */
  private void receive(Path file) {
    try (Database database = TestDatabase.open(file)) {
      ReportQueue queue = new ReportQueue(database, ReportOutbox.NONE, Clock.systemUTC());
      for (int i = 0; i < REPORTS_OF_A_ROUND; i++) {
        queue.receive(DeskServer.alert("alert-" + alerts++), List.of());
      }
    }
  }

  /** Kills the node in the middle of its work, after some actions were acknowledged. */
  private void workAndKill(Path config) throws Exception {
    BlockingQueue<String> done = new LinkedBlockingQueue<>();
    List<Thread> clients = new ArrayList<>();
    try (KydaiProcess node =
        KydaiProcess.start(folder.resolve("data"), "--config", config.toString())) {
      Api api = LoggedIn.api(node.address());
      for (Work work :
          List.<Work>of(
              KilledWorkTest::changeACamera,
              KilledWorkTest::review,
              KilledWorkTest::makeATokenAndRevokeIt,
              KilledWorkTest::search)) {
        clients.add(client(api, work, done));
      }
      int actions = 1 + random.nextInt(MOST_ACTIONS);
      for (int i = 0; i < actions; i++) {
        String line = done.poll(60, TimeUnit.SECONDS);
        assertThat(line).as("the node answers").isNotNull().doesNotStartWith("failed");
        acknowledged.add(line);
      }
      node.kill();
    }
    for (Thread client : clients) {
      client.join();
    }
    // What was answered after the last look, and before the end.
    done.removeIf(line -> line.startsWith("failed"));
    acknowledged.addAll(done);
  }

  /** Works until the node is gone. */
  private static Thread client(Api api, Work work, BlockingQueue<String> done) {
    Thread client =
        new Thread(
            () -> {
              try {
                for (int round = 0; ; round++) {
                  work.once(api, round, done);
                }
              } catch (IOException e) {
                // The node was killed.
                done.add("failed: " + e);
              } catch (Exception | AssertionError e) {
                done.add("failed: " + e);
                throw new AssertionError(e);
              }
            },
            "client");
    client.start();
    return client;
  }

  private static void changeACamera(Api api, int round, BlockingQueue<String> done)
      throws Exception {
    String id = "c" + round % CAMERAS;
    String path = "/api/v1/cameras/" + id;
    String name = UUID.randomUUID().toString();
    String json =
        "{\"id\": \"%s\", \"name\": \"%s\", \"url\": \"rtsp://127.0.0.1:1/\"}".formatted(id, name);
    if (api.get(path).status() == 404) {
      api.json("POST", "/api/v1/cameras", json).expect(201);
      done.add("named " + id + " " + name);
    } else if (round % 3 == 0) {
      api.delete(path).expect(204);
      done.add("removed " + id);
    } else {
      api.json("PUT", path, json).expect(200);
      done.add("named " + id + " " + name);
    }
  }

  private static void review(Api api, int round, BlockingQueue<String> done) throws Exception {
    JsonNode waiting =
        api.get("/api/v1/reports?state=received&limit=10").expect(200).json().get("reports");
    for (JsonNode report : waiting) {
      String id = report.get("id").asText();
      api.json("POST", "/api/v1/reports/" + id + "/verify", "{}").expect(200);
      done.add("reviewed " + id + " verified");
      api.json("POST", "/api/v1/reports/" + id + "/assign", "{\"agency\": \"Police\"}").expect(200);
      done.add("reviewed " + id + " assigned");
    }
  }

  private static void makeATokenAndRevokeIt(Api api, int round, BlockingQueue<String> done)
      throws Exception {
    String id =
        api.json("POST", "/api/v1/tokens", "{\"name\": \"t\", \"permissions\": [\"metrics\"]}")
            .expect(201)
            .json()
            .at("/token/id")
            .asText();
    done.add("token " + id);
    if (round % 2 == 0) {
      api.delete("/api/v1/tokens/" + id).expect(204);
      done.add("revoked " + id);
    }
  }

  private static void search(Api api, int round, BlockingQueue<String> done) throws Exception {
    String camera = "s" + UUID.randomUUID().toString().replace("-", "");
    api.get("/api/v1/reports?camera=" + camera).expect(200);
    done.add("searched " + camera);
  }
}
