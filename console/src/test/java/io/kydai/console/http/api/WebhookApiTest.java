package io.kydai.console.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpServer;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.config.WebhookConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.http.Api;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookApiTest {
  private static final String WEBHOOKS = "/api/v1/webhooks";
  private static final String LETTERS = WEBHOOKS + "/dead-letters";

  @TempDir Path folder;
  private DeskServer desk;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
  }

  @AfterEach
  void stop() throws Exception {
    desk.close();
  }

  private static WebhookConfig to(HttpServer receiver) {
    return new WebhookConfig(
        URI.create("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook?token=s3cret"),
        Secret.of("a secret of sixteen or more"),
        new TreeSet<>(List.of("crowding")));
  }

  /** An endpoint that answers every event with a status. */
  private static HttpServer receiver(AtomicInteger status) throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/hook",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          exchange.sendResponseHeaders(status.get(), -1);
          exchange.close();
        });
    server.start();
    return server;
  }

  private JsonNode deadLetters(String query) throws Exception {
    return desk.api.get(LETTERS + query).expect(200).json().get("dead-letters");
  }

  @Test
  void anEndpointIsTestedAndItsDeadLettersAreReplayed() throws Exception {
    AtomicInteger status = new AtomicInteger(410);
    HttpServer receiver = receiver(status);
    try {
      desk.webhooks.configure(List.of(to(receiver)));
      desk.receive("01JD00000000000000000000A1", "a.jpg", "a");
      desk.receive("01JD00000000000000000000A2", "b.jpg", "b");
      await(() -> deadLetters("").size() == 2);
      JsonNode first = desk.api.get(LETTERS + "?limit=1").expect(200).json();
      assertThat(deadLetters("?limit=1&cursor=" + first.get("next").asText())).hasSize(1);
      JsonNode letter = first.at("/dead-letters/0");
      assertThat(letter.get("why").asText()).isEqualTo("HTTP status 410");

      Api.Answer list = desk.api.get(WEBHOOKS).expect(200);
      assertThat(new String(list.body(), StandardCharsets.UTF_8))
          .doesNotContain("s3cret", "sixteen", "/hook");
      JsonNode endpoint = list.json().at("/webhooks/0");
      assertThat(endpoint.get("dead").asInt()).isEqualTo(2);
      String one = WEBHOOKS + "/" + endpoint.get("id").asText();
      assertThat(letter.get("webhook").asText()).isEqualTo(endpoint.get("id").asText());

      JsonNode failed = desk.api.json("POST", one + "/test", "{}").expect(200).json();
      assertThat(failed.get("delivered").asBoolean()).isFalse();
      status.set(204);
      JsonNode good = desk.api.json("POST", one + "/test", "{}").expect(200).json();
      assertThat(good.get("delivered").asBoolean()).isTrue();

      String only = "{\"event\": \"%s\"}".formatted(letter.get("event").asText());
      assertThat(replay(one, only)).isEqualTo(1);
      assertThat(replay(one, "{}")).isEqualTo(1);
      await(() -> deadLetters("").isEmpty());
      await(() -> desk.api.get(WEBHOOKS).json().at("/webhooks/0/waiting").asInt() == 0);
      List<AuditEntry> entries =
          desk.audit
              .list(new AuditFilter(null, null, "operator", null, null, null, 9, null))
              .entries();
      assertThat(entries).extracting(AuditEntry::type).contains("webhook.tested");
      assertThat(entries)
          .filteredOn(entry -> entry.type().equals("webhook.replayed"))
          .hasSize(2)
          .allSatisfy(entry -> assertThat(entry.details()).doesNotContain("s3cret"));
    } finally {
      receiver.stop(0);
    }
  }

  private static void await(Callable<Boolean> wanted) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!wanted.call()) {
      assertThat(System.nanoTime()).as("it did not happen within 20 s").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  private int replay(String endpoint, String body) throws Exception {
    return desk.api
        .json("POST", endpoint + "/replay", body)
        .expect(200)
        .json()
        .get("replayed")
        .asInt();
  }

  @Test
  void noDeadLettersAreAnEmptyPageAndWrongParametersAreNamed() throws Exception {
    JsonNode page = desk.api.get(LETTERS).expect(200).json();
    assertThat(page.get("dead-letters")).isEmpty();
    assertThat(page.has("next")).isFalse();
    for (String query : List.of("limit=0", "limit=201", "cursor=%00", "cursor=x", "page=2")) {
      JsonNode problem = desk.api.get(LETTERS + "?" + query).expect(400).json();
      assertThat(problem.get("field").asText()).isEqualTo(query.substring(0, query.indexOf('=')));
    }
    desk.api.json("POST", WEBHOOKS + "/none/test", "{}").expect(404);
    desk.api.json("POST", WEBHOOKS + "/none/replay", "{}").expect(404);
  }

  @Test
  void oneEndpointIsTestedAtATime() throws Exception {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answered = new CountDownLatch(1);
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          asked.countDown();
          awaitUninterruptibly(answered);
          exchange.sendResponseHeaders(204, -1);
          exchange.close();
        });
    receiver.start();
    try {
      desk.webhooks.configure(List.of(to(receiver)));
      JsonNode endpoint = desk.api.get(WEBHOOKS).expect(200).json().at("/webhooks/0");
      String test = WEBHOOKS + "/" + endpoint.get("id").asText() + "/test";
      FutureTask<Api.Answer> first = new FutureTask<>(() -> desk.api.json("POST", test, "{}"));
      new Thread(first, "first test").start();
      asked.await();
      assertThat(desk.api.json("POST", test, "{}").expect(503).header("Retry-After"))
          .isEqualTo("5");
      answered.countDown();
      first.get().expect(200);
    } finally {
      answered.countDown();
      receiver.stop(0);
    }
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void noMoreAreReplayedThanMayWait() throws Exception {
    HttpServer receiver = receiver(new AtomicInteger(410));
    try {
      desk.webhooks.configure(List.of(to(receiver)));
      desk.receive("01JD00000000000000000000A1", "a.jpg", "a");
      await(() -> deadLetters("").size() == 1);
      String endpoint = desk.api.get(WEBHOOKS).json().at("/webhooks/0/id").asText();
      desk.database().inTransaction(db -> fill(db, endpoint));
      desk.api.json("POST", WEBHOOKS + "/" + endpoint + "/replay", "{}").expect(409);
    } finally {
      receiver.stop(0);
    }
  }

  /** As many events as may wait, none of which is due before long. */
  private static int fill(Handle db, String endpoint) {
    PreparedBatch events =
        db.prepareBatch(
            "INSERT INTO outbox (endpoint, event, state, type, report, body, created_at, attempts,"
                + " due_at, shown) VALUES (:endpoint, :event, 'PENDING', 'report.received', 'r',"
                + " '{}', 0, 1, :due, 'x')");
    for (int i = 0; i < 10_000; i++) {
      events
          .bind("endpoint", endpoint)
          .bind("event", "event-" + i)
          .bind("due", Instant.parse("2100-01-01T00:00:00Z").toEpochMilli())
          .add();
    }
    return events.execute().length;
  }
}
