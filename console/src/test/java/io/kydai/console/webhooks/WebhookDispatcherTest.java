package io.kydai.console.webhooks;

import static io.kydai.console.reports.Alerts.alert;
import static io.kydai.console.reports.Alerts.opened;
import static io.kydai.console.reports.Alerts.read;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.alert.Alert.Phase;
import io.kydai.console.TestClock;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.WebhookConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.ConnectionConfig;
import io.kydai.console.config.camera.PlaceConfig;
import io.kydai.console.config.camera.SecondStreamConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.outbox.DeadLetter;
import io.kydai.console.outbox.DeadLetterPage;
import io.kydai.console.outbox.DestinationRows;
import io.kydai.console.outbox.HeldTimer;
import io.kydai.console.outbox.Outbox;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.ingest.source.CameraId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookDispatcherTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01A", "lan");
  private static final String KEY = "MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
  private static final @Nullable String NONE = null;
  private static final CameraConfig GATE =
      new CameraConfig(
          new CameraId("gate"),
          "Gate",
          null,
          ConnectionConfig.DEFAULT,
          SecondStreamConfig.NONE,
          null,
          new PlaceConfig(new PlaceConfig.Position(10.5, 106.5), "1 Lê Lợi"),
          Set.of(),
          null,
          io.kydai.console.config.camera.RecordingConfig.DEFAULT,
          new io.kydai.console.config.camera.RetentionConfig(30, null, null, null),
          io.kydai.analytics.scene.Scene.EMPTY,
          io.kydai.streaming.privacy.Privacy.NONE,
          List.of(),
          io.kydai.analytics.budget.Attention.DEFAULT);

  @TempDir Path folder;
  private final TestClock clock = new TestClock(Instant.parse("2026-11-22T09:00:00Z"));
  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private HeldTimer timer = new HeldTimer(clock);
  private Database database;
  private WebhookDispatcher dispatcher;
  private ReportQueue queue;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
  }

  @AfterEach
  void close() {
    dispatcher.close();
    database.close();
  }

  private static WebhookConfig to(URI url, String... types) {
    return new WebhookConfig(url, Secret.of("whsec_" + KEY), new TreeSet<>(List.of(types)));
  }

  private void start(WebhookConfig... endpoints) {
    start(WebhookDispatcher.MAX_PENDING, Duration.ofSeconds(15), endpoints);
  }

  private void start(int maxPending, Duration limit, WebhookConfig... endpoints) {
    timer = new HeldTimer(clock);
    dispatcher =
        new WebhookDispatcher(
            new Outbox(database, Outbox.Kind.WEBHOOKS, clock, maxPending),
            List.of(endpoints),
            id -> Optional.of(GATE),
            () -> URI.create("http://127.0.0.1:8080/"),
            clock,
            metrics,
            timer,
            limit);
    queue = new ReportQueue(database, dispatcher.outbox(), clock);
    dispatcher.start();
  }

  private Webhooks administration() {
    return dispatcher.administration(new AuditLog(database, clock));
  }

  private int pending() {
    return database.read(
        db -> {
          try (var statement = db.createStatement();
              var rows =
                  statement.executeQuery("SELECT COUNT(*) FROM outbox WHERE state = 'PENDING'")) {
            rows.next();
            return rows.getInt(1);
          }
        });
  }

  private double count(String what) {
    return metrics.find("kydai.console.webhooks." + what).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Test
  void aPlateThatIsReadLaterIsAnEventForThoseWhoWantIt() throws Exception {
    try (Receiver plates = new Receiver(n -> 204);
        Receiver others = new Receiver(n -> 204)) {
      start(to(plates.url(), WebhookConfig.PLATE_READ), to(others.url(), "report.verified"));
      ReportId report = queue.receive(opened("a1"), List.of()).id();
      queue.update(read(alert("a1", Phase.UPDATED, 10), "51F12345", 0.95));
      queue.act(report, ReportAction.VERIFY, NONE, NONE, LAN, RequestOrigin.NONE);
      timer.runUntil(() -> pending() == 0);
      JsonNode event = new ObjectMapper().readTree(plates.requests().get(0).body());
      assertThat(plates.requests()).hasSize(1);
      assertThat(event.get("type").asText()).isEqualTo("io.kydai.report.plate-read.v1");
      JsonNode plate = event.at("/data/plates/0");
      assertThat(plate.get("text").asText()).isEqualTo("51F12345");
      assertThat(plate.get("confidence").asDouble()).isEqualTo(0.95);
      assertThat(plate.get("votes").asInt()).isEqualTo(3);
      assertThat(plate.get("format").asText()).isEqualTo("VN");
      assertThat(others.requests()).hasSize(1);
      JsonNode verified = new ObjectMapper().readTree(others.requests().get(0).body());
      assertThat(verified.at("/data/plates/0/text").asText()).isEqualTo("51F12345");
    }
  }

  @Test
  void tellsOfAReportAsASignedCloudEvent() throws Exception {
    try (Receiver receiver = new Receiver(n -> 204)) {
      start(to(receiver.url()));
      ReportId report = queue.receive(opened("a1"), List.of()).id();
      timer.runUntil(() -> pending() == 0);
      Receiver.Request request = receiver.requests().get(0);
      assertThat(request.header("content-type"))
          .isEqualTo("application/cloudevents+json; charset=utf-8");
      JsonNode event = new ObjectMapper().readTree(request.body());
      assertThat(event.get("specversion").asText()).isEqualTo("1.0");
      assertThat(event.get("id").asText()).isEqualTo(request.header("webhook-id"));
      assertThat(event.get("type").asText()).isEqualTo("io.kydai.report.received.v1");
      assertThat(event.get("source").asText())
          .isEqualTo("http://127.0.0.1:8080/api/v1/cameras/gate");
      assertThat(event.get("subject").asText()).isEqualTo(report.value());
      assertThat(event.get("time").asText()).isEqualTo("2026-11-22T09:00:00Z");
      JsonNode data = event.get("data");
      assertThat(data.get("type").asText()).isEqualTo("crowding");
      assertThat(data.get("state").asText()).isEqualTo("received");
      assertThat(data.get("place").get("address").asText()).isEqualTo("1 Lê Lợi");
      assertThat(data.get("href").asText())
          .isEqualTo("http://127.0.0.1:8080/api/v1/reports/" + report);
      // The receiver's side of Standard Webhooks, written out.
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(Base64.getDecoder().decode(KEY), "HmacSHA256"));
      String signed =
          request.header("webhook-id")
              + "."
              + request.header("webhook-timestamp")
              + "."
              + request.body();
      assertThat(request.header("webhook-signature"))
          .isEqualTo(
              "v1," + Base64.getEncoder().encodeToString(mac.doFinal(signed.getBytes(UTF_8))));
      assertThat(Long.parseLong(request.header("webhook-timestamp")))
          .isEqualTo(clock.instant().getEpochSecond());
    }
  }

  @Test
  void theTextOfAnEventStaysAsItIs() throws Exception {
    try (Receiver receiver = new Receiver(n -> 204)) {
      start(to(receiver.url()));
      String id = queue.receive(opened("a1"), List.of()).id().value();
      queue.update(read(alert("a1", Phase.CLOSED, 30), "51F12345", 0.9519));
      queue.act(ReportId.of(id), ReportAction.VERIFY, NONE, NONE, LAN, RequestOrigin.NONE);
      queue.act(ReportId.of(id), ReportAction.ASSIGN, NONE, "Police", LAN, RequestOrigin.NONE);
      timer.runUntil(() -> pending() == 0);
      List<String> texts =
          receiver.requests().stream()
              .map(request -> request.body().replace(id, "REPORT"))
              .map(body -> body.replaceFirst("\"id\":\"[^\"]+\"", "\"id\":\"EVENT\""))
              .toList();
      assertThat(texts.get(0))
          .isEqualTo(
              """
              {"specversion":"1.0","id":"EVENT",\
              "source":"http://127.0.0.1:8080/api/v1/cameras/gate",\
              "type":"io.kydai.report.received.v1","subject":"REPORT",\
              "time":"2026-11-22T09:00:00Z","datacontenttype":"application/json",\
              "data":{"report":"REPORT","camera":"gate","camera-name":"Gate","rule":"c5",\
              "type":"crowding","state":"received","received-at":"2026-11-22T09:00:00Z",\
              "started-at":"2026-11-22T08:00:00Z","reason":"6 people in zone z for 10 s",\
              "place":{"lat":10.5,"lon":106.5,"address":"1 Lê Lợi"},\
              "href":"http://127.0.0.1:8080/api/v1/reports/REPORT"}}""");
      assertThat(texts.get(texts.size() - 1))
          .isEqualTo(
              """
              {"specversion":"1.0","id":"EVENT",\
              "source":"http://127.0.0.1:8080/api/v1/cameras/gate",\
              "type":"io.kydai.report.assigned.v1","subject":"REPORT",\
              "time":"2026-11-22T09:00:00Z","datacontenttype":"application/json",\
              "data":{"report":"REPORT","camera":"gate","camera-name":"Gate","rule":"c5",\
              "type":"crowding","state":"assigned","received-at":"2026-11-22T09:00:00Z",\
              "started-at":"2026-11-22T08:00:00Z","ended-at":"2026-11-22T08:00:30Z",\
              "reason":"6 people in zone z for 30 s","plates":[{"text":"51F12345",\
              "confidence":0.951,"votes":3,"frames":4,"track":7,"format":"VN"}],"agency":"Police",\
              "place":{"lat":10.5,"lon":106.5,"address":"1 Lê Lợi"},\
              "href":"http://127.0.0.1:8080/api/v1/reports/REPORT"}}""");
    }
  }

  @Test
  void triesAgainUntilItSucceedsAlsoAfterARestartAndKeepsTheOrder() throws Exception {
    try (Receiver receiver = new Receiver(n -> n < 2 ? 503 : 200)) {
      start(to(receiver.url()));
      ReportId id = queue.receive(opened("a1"), List.of()).id();
      queue.act(id, ReportAction.VERIFY, NONE, NONE, LAN, RequestOrigin.NONE);
      timer.runUntil(() -> count("failed") == 1);
      assertThat(timer.untilNext()).isEqualTo(Duration.ofSeconds(5));
      clock.advance(Duration.ofSeconds(5));
      timer.runUntil(() -> count("failed") == 2);
      assertThat(timer.untilNext()).isEqualTo(Duration.ofSeconds(30));
      dispatcher.close();
      database.close();
      open();
      start(to(receiver.url()));
      assertThat(receiver.requests()).hasSize(2);
      timer.runUntil(() -> timer.untilNext().equals(Duration.ofSeconds(30)));
      clock.advance(Duration.ofSeconds(30));
      timer.runUntil(() -> pending() == 0);
      List<Receiver.Request> requests = receiver.requests();
      assertThat(requests).hasSize(4);
      assertThat(requests.subList(0, 3))
          .extracting(Receiver.Request::body)
          .containsOnly(requests.get(0).body());
      assertThat(requests.get(3).body()).contains("io.kydai.report.verified.v1");
      assertThat(requests.get(3).header("webhook-id"))
          .isGreaterThan(requests.get(2).header("webhook-id"));
    }
  }

  @Test
  void afterThreeDaysAnEventIsADeadLetterAndTheNextHasItsTurn() throws Exception {
    try (Receiver receiver = new Receiver(n -> 500)) {
      start(to(receiver.url()));
      Instant begin = clock.instant();
      ReportId id = queue.receive(opened("a1"), List.of()).id();
      int failed = 1;
      timer.runUntil(() -> count("failed") == 1);
      while (count("dead") == 0) {
        clock.advance(timer.untilNext());
        int expected = ++failed;
        timer.runUntil(() -> count("failed") == expected);
      }
      assertThat(Duration.between(begin, clock.instant())).isEqualTo(Duration.ofDays(3));
      assertThat(receiver.requests()).hasSize(15);
      DeadLetter letter = administration().page(10, "").letters().get(0);
      assertThat(letter.report()).isEqualTo(id);
      assertThat(letter.attempts()).isEqualTo(15);
      assertThat(letter.why()).isEqualTo("HTTP status 500");
      assertThat(letter.shown()).doesNotContain("tok");
    }
  }

  @Test
  void aClockThatIsSetBackHoldsNothingUp() throws Exception {
    try (Receiver receiver = new Receiver(n -> n == 0 ? 503 : 200)) {
      start(to(receiver.url()));
      queue.receive(opened("a1"), List.of());
      timer.runUntil(() -> count("failed") == 1);
      queue.receive(opened("a2"), List.of());
      restartYearsEarlier(receiver);
      queue.receive(opened("a3"), List.of());
      timer.runUntil(() -> pending() == 0);
      assertThat(receiver.requests()).hasSize(4);
    }
  }

  /** The clock is found years ahead, as of a board whose battery is empty, and put right. */
  private void restartYearsEarlier(Receiver receiver) {
    dispatcher.close();
    clock.advance(Duration.ofDays(-3650));
    start(to(receiver.url()));
  }

  @Test
  void whatFailsIsGivenUpInTheEndAlsoWhenTheClockWasSetBack() throws Exception {
    try (Receiver receiver = new Receiver(n -> 500)) {
      start(to(receiver.url()));
      queue.receive(opened("a1"), List.of());
      timer.runUntil(() -> count("failed") == 1);
      restartYearsEarlier(receiver);
      timer.runUntil(() -> count("failed") == 2);
      for (int failed = 3; failed <= 15; failed++) {
        int expected = failed;
        clock.advance(timer.untilNext());
        timer.runUntil(() -> count("failed") == expected);
      }
      assertThat(count("dead")).isEqualTo(1);
    }
  }

  @Test
  void anEndpointThatIsGoneIsNotAskedAgain() throws Exception {
    try (Receiver receiver = new Receiver(n -> 410)) {
      start(to(receiver.url()));
      queue.receive(opened("a1"), List.of());
      timer.runUntil(() -> count("dead") == 1);
      assertThat(receiver.requests()).hasSize(1);
      assertThat(pending()).isZero();
    }
  }

  @Test
  void redirectsAreNotFollowed() throws Exception {
    try (Receiver receiver = new Receiver(n -> 307)) {
      start(to(receiver.url()));
      queue.receive(opened("a1"), List.of());
      timer.runUntil(() -> count("failed") == 1);
      assertThat(receiver.requests()).hasSize(1);
      assertThat(pending()).isEqualTo(1);
    }
  }

  @Test
  void oneEndpointsTroubleDoesNotHoldAnother() throws Exception {
    try (Receiver silent = new Receiver(n -> -1);
        Receiver good = new Receiver(n -> 200)) {
      start(WebhookDispatcher.MAX_PENDING, Duration.ofSeconds(2), to(silent.url()), to(good.url()));
      for (int i = 0; i < 5; i++) {
        queue.receive(opened("a" + i), List.of());
      }
      timer.runUntil(() -> count("delivered") == 5);
      assertThat(good.requests()).hasSize(5);
      timer.runUntil(() -> count("failed") == 1);
      assertThat(silent.requests()).hasSize(1);
    }
  }

  @Test
  void anEndpointHearsOfTheTypesThatItAskedFor() throws Exception {
    try (Receiver crowding = new Receiver(n -> 200);
        Receiver verified = new Receiver(n -> 200);
        Receiver other = new Receiver(n -> 200)) {
      start(
          to(crowding.url(), "crowding"),
          to(verified.url(), "report.verified"),
          to(other.url(), "stopped"));
      ReportId id = queue.receive(opened("a1"), List.of()).id();
      queue.act(id, ReportAction.VERIFY, NONE, NONE, LAN, RequestOrigin.NONE);
      timer.runUntil(() -> count("delivered") == 3 && pending() == 0);
      assertThat(crowding.requests()).hasSize(2);
      assertThat(verified.requests()).hasSize(1);
      assertThat(other.requests()).isEmpty();
    }
  }

  @Test
  void aFullOutboxGivesUpTheOldest() throws Exception {
    try (Receiver receiver = new Receiver(n -> 500)) {
      start(3, Duration.ofSeconds(15), to(receiver.url()));
      for (int i = 0; i < 5; i++) {
        queue.receive(opened("a" + i), List.of());
      }
      assertThat(pending()).isEqualTo(3);
      assertThat(administration().page(10, "").letters())
          .extracting(DeadLetter::why)
          .containsExactly("the outbox was full", "the outbox was full");
    }
  }

  @Test
  void whatWaitsForAnEndpointThatIsNotConfiguredAnyMoreIsADeadLetter() throws Exception {
    try (Receiver receiver = new Receiver(n -> 500)) {
      start(to(receiver.url()));
      queue.receive(opened("a1"), List.of());
      dispatcher.close();
      start();
      assertThat(administration().page(10, "").letters())
          .extracting(DeadLetter::why)
          .containsExactly("the endpoint is not configured any more");
    }
  }

  @Test
  void deadLettersComeInPagesAlsoWhereOneEventDiedForTwoEndpoints() throws Exception {
    try (Receiver one = new Receiver(n -> 410);
        Receiver two = new Receiver(n -> 410)) {
      start(to(one.url()), to(two.url()));
      for (int i = 0; i < 3; i++) {
        queue.receive(opened("a" + i), List.of());
      }
      timer.runUntil(() -> pending() == 0);
      List<DeadLetter> all = administration().page(200, "").letters();
      assertThat(all).hasSize(6);
      assertThat(all).extracting(DeadLetter::event).isSortedAccordingTo(Comparator.reverseOrder());
      List<DeadLetter> seen = new ArrayList<>();
      String cursor = "";
      do {
        DeadLetterPage page = administration().page(1, cursor);
        assertThat(page.letters()).hasSize(1);
        seen.addAll(page.letters());
        cursor = page.next();
      } while (!cursor.isEmpty());
      assertThat(seen).isEqualTo(all);
      for (String wrong : List.of("x", "' OR 1=1", all.get(0).event())) {
        assertThatThrownBy(() -> administration().page(1, wrong))
            .isInstanceOf(IllegalArgumentException.class);
      }
      assertThatThrownBy(() -> administration().page(201, ""))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void anEndpointShowsWhatHoldsItBack() throws Exception {
    try (Receiver receiver = new Receiver(n -> n == 0 ? 200 : 503)) {
      start(to(receiver.url(), "crowding"));
      EndpointStatus before = administration().endpoints().get(0);
      assertThat(before.types()).containsExactly("crowding");
      assertThat(before.deliveredAt()).isNull();
      queue.receive(opened("a1"), List.of());
      timer.runUntil(() -> pending() == 0);
      queue.receive(opened("a2"), List.of());
      queue.receive(opened("a3"), List.of());
      timer.runUntil(() -> count("failed") == 1);
      EndpointStatus after = administration().endpoints().get(0);
      assertThat(after.endpoint()).startsWith("http://127.0.0.1:").doesNotContain("tok");
      assertThat(after.deliveredAt()).isEqualTo(clock.instant());
      assertThat(after.waiting()).isEqualTo(2);
      assertThat(after.dead()).isZero();
      assertThat(after.failure())
          .isEqualTo(
              new DestinationRows.Failure(
                  clock.instant(), 1, "HTTP status 503", clock.instant().plusSeconds(5)));
    }
  }

  @Test
  void deadLettersWaitAgainAndAreDeliveredWithTheSameIdsBeforeLaterEvents() throws Exception {
    try (Receiver receiver = new Receiver(n -> n < 2 ? 410 : 200)) {
      start(to(receiver.url()));
      queue.receive(opened("a1"), List.of());
      queue.receive(opened("a2"), List.of());
      timer.runUntil(() -> pending() == 0);
      List<DeadLetter> dead = administration().page(10, "").letters();
      assertThat(dead).hasSize(2);
      DeadLetter newest = dead.get(0);
      clock.advance(WebhookDispatcher.RETRIES.maxAge().plusDays(1));
      Webhooks desk = administration();
      assertThat(desk.replay(newest.destination(), newest.event(), LAN, RequestOrigin.NONE))
          .contains(1);
      assertThat(desk.replay(newest.destination(), newest.event(), LAN, RequestOrigin.NONE))
          .as("it is no dead letter any more")
          .contains(0);
      timer.runUntil(() -> pending() == 0);
      assertThat(desk.replay(newest.destination(), null, LAN, RequestOrigin.NONE)).contains(1);
      timer.runUntil(() -> pending() == 0);
      assertThat(receiver.requests())
          .extracting(request -> request.header("webhook-id"))
          .containsExactly(
              dead.get(1).event(), newest.event(), newest.event(), dead.get(1).event());
      assertThat(desk.page(10, "").letters()).isEmpty();
      assertThat(desk.replay("00", null, LAN, RequestOrigin.NONE)).isEmpty();
    }
  }

  @Test
  void aReplayThatWouldOverfillTheOutboxChangesNothing() throws Exception {
    try (Receiver receiver = new Receiver(n -> 500)) {
      start(3, Duration.ofSeconds(15), to(receiver.url()));
      for (int i = 0; i < 5; i++) {
        queue.receive(opened("a" + i), List.of());
      }
      String id = administration().endpoints().get(0).id();
      assertThatThrownBy(() -> administration().replay(id, null, LAN, RequestOrigin.NONE))
          .isInstanceOf(OutboxFullException.class);
      assertThat(pending()).isEqualTo(3);
      assertThat(administration().endpoints().get(0).dead()).isEqualTo(2);
    }
  }

  @Test
  void aTestIsSignedAndTouchesNeitherOutboxNorCounters() throws Exception {
    try (Receiver receiver = new Receiver(n -> n == 0 ? 204 : 500)) {
      start(to(receiver.url()));
      String id = administration().endpoints().get(0).id();
      TestOutcome good = administration().test(id, LAN, RequestOrigin.NONE).orElseThrow();
      TestOutcome bad = administration().test(id, LAN, RequestOrigin.NONE).orElseThrow();
      assertThat(good.delivered()).isTrue();
      assertThat(bad.delivered()).isFalse();
      assertThat(bad.why()).isEqualTo("HTTP status 500");
      Receiver.Request request = receiver.requests().get(0);
      JsonNode event = new ObjectMapper().readTree(request.body());
      assertThat(event.get("type").asText()).isEqualTo(TestEvent.TYPE);
      assertThat(event.get("id").asText()).isEqualTo(request.header("webhook-id"));
      assertThat(request.header("webhook-signature"))
          .isEqualTo(
              Signature.of(
                  "whsec_" + KEY,
                  request.header("webhook-id"),
                  Instant.ofEpochSecond(Long.parseLong(request.header("webhook-timestamp"))),
                  request.body()));
      assertThat(pending()).isZero();
      assertThat(count("failed") + count("delivered")).isZero();
      assertThat(administration().test("00", LAN, RequestOrigin.NONE)).isEmpty();
    }
  }

  @Test
  void theRealTimerDeliversToo() throws Exception {
    try (Receiver receiver = new Receiver(n -> 200)) {
      dispatcher =
          new WebhookDispatcher(
              database,
              List.of(to(receiver.url())),
              id -> Optional.empty(),
              () -> URI.create("http://127.0.0.1:8080"),
              clock,
              metrics);
      dispatcher.start();
      queue = new ReportQueue(database, dispatcher.outbox(), clock);
      queue.receive(opened("a1"), List.of());
      timer.runUntil(() -> pending() == 0);
      assertThat(receiver.requests()).hasSize(1);
    }
  }
}
