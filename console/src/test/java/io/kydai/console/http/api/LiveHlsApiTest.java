package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.http.RawClient;
import io.kydai.console.http.hls.PacedCamera;
import io.kydai.console.users.Account;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Live HLS over HTTP: who may, what waits, how it ends, and what the audit has of it. */
@Tag("sqlite")
@Timeout(120)
class LiveHlsApiTest {
  private static final String PATH = "/api/v1/cameras/gate/hls/";

  @TempDir Path folder;
  private final PacedCamera camera = new PacedCamera(40, Instant.now());
  private final AtomicInteger watching = new AtomicInteger();
  private DeskServer desk;
  private Api lan;
  private Account account;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    desk.api
        .json("POST", "/api/v1/cameras", "{\"id\": \"gate\", \"url\": \"rtsp://127.0.0.1:1/\"}")
        .expect(201);
    desk.shown.live =
        (id, subscriber) -> {
          Subscription live = camera.watch(id, subscriber).orElseThrow();
          watching.incrementAndGet();
          return Optional.of(
              () -> {
                watching.decrementAndGet();
                live.close();
              });
        };
    account =
        desk.directory.add(
            "lan",
            "Lan",
            null,
            List.of(new Grant(Role.OPERATOR, Scope.of(PacedCamera.ID), null, null)),
            LoggedIn.PASSWORD,
            Actor.SYSTEM,
            RequestOrigin.NONE);
    lan = Api.withCookie(desk.address, LoggedIn.cookie(desk.address, "lan"));
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private void pictures(int count) {
    for (int i = 0; i < count; i++) {
      camera.picture(40, 49);
    }
  }

  private String playlist() throws Exception {
    return new String(lan.get(PATH + "live.m3u8").expect(200).body(), UTF_8);
  }

  private CompletableFuture<Api.Answer> asked(String path) {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return lan.get(path);
          } catch (Exception e) {
            throw new CompletionException(e);
          }
        });
  }

  /** The name of the part that comes next, as the playlist hints at it. */
  private static String hint(String playlist) {
    return playlist.replaceAll("(?s).*PRELOAD-HINT:TYPE=PART,URI=\"([^\"]*)\".*", "$1");
  }

  @Test
  void aHintedPartIsAnsweredWhenItIsThere() throws Exception {
    CompletableFuture<Api.Answer> first = asked(PATH + "index.m3u8");
    while (watching.get() == 0) {
      LockSupport.parkNanos(1_000_000);
    }
    assertThat(first).isNotDone();
    pictures(60);
    assertThat(new String(first.get().expect(200).body(), UTF_8)).contains("RESOLUTION=320x180");
    CompletableFuture<Api.Answer> part = asked(PATH + hint(playlist()));
    while (!part.isDone()) {
      pictures(1);
      LockSupport.parkNanos(10_000_000);
    }
    Api.Answer answer = part.get().expect(200);
    assertThat(new String(answer.body(), 4, 4, UTF_8)).isEqualTo("moof");
    assertThat(answer.header("Cache-Control")).isEqualTo("private, max-age=24, immutable");
    assertThat(answer.header("Vary")).isEqualTo("Cookie, Authorization");
    assertThat(answer.header("Access-Control-Allow-Origin")).isEmpty();
    assertThat(watching).hasValue(1);
  }

  @Test
  void aRightThatEndsWhileARequestWaitsEndsTheStream() throws Exception {
    CompletableFuture<Api.Answer> first = asked(PATH + "live.m3u8");
    while (watching.get() == 0) {
      LockSupport.parkNanos(1_000_000);
    }
    pictures(60);
    first.get().expect(200);
    // The first answer may be of the first of these pictures; what it hints at is there by now.
    String playlist = new String(lan.get(PATH + "live.m3u8").expect(200).body(), UTF_8);
    String there = playlist.replaceAll("(?s).*?#EXT-X-PART:[^\n]*URI=\"([^\"]*)\".*", "$1");
    lan.get(PATH + there).expect(200);
    CompletableFuture<Api.Answer> waiting = asked(PATH + hint(playlist));
    CompletableFuture<Api.Answer> reload =
        asked(PATH + "live.m3u8?_HLS_msn=" + (sequence(playlist) + segments(playlist)));
    LockSupport.parkNanos(300_000_000);
    desk.directory.remove(account.id().value(), Actor.SYSTEM, RequestOrigin.NONE);
    for (int i = 0; i < 300 && !(waiting.isDone() && reload.isDone()); i++) {
      pictures(1);
      LockSupport.parkNanos(10_000_000);
    }
    waiting.get().expect(401);
    reload.get().expect(401);
    lan.get(PATH + there).expect(401);
    lan.get(PATH + "live.m3u8").expect(401);
  }

  /** As behind a proxy, which sends one client's requests after another's. */
  @Test
  void eachRequestOfAConnectionHasItsOwnLogIn() throws Exception {
    String other = LoggedIn.cookie(desk.address, "lan");
    String admin = LoggedIn.cookie(desk.address);
    try (RawClient client = new RawClient(desk.address, "")) {
      assertThat(whoIs(client, other)).contains("\"name\":\"lan\"");
      assertThat(whoIs(client, other)).contains("\"name\":\"lan\"");
      assertThat(whoIs(client, admin)).doesNotContain("\"name\":\"lan\"");
      assertThat(whoIs(client, other)).contains("\"name\":\"lan\"");
      assertThat(whoIs(client, other + "x")).contains("\"status\":401");
      assertThat(whoIs(client, other)).contains("\"name\":\"lan\"");
      desk.directory.remove(account.id().value(), Actor.SYSTEM, RequestOrigin.NONE);
      assertThat(whoIs(client, other)).contains("\"status\":401");
      assertThat(whoIs(client, admin)).doesNotContain("\"status\":401");
    }
  }

  private static String whoIs(RawClient client, String cookie) throws IOException {
    client.send(
        ("GET /api/v1/session HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: " + cookie + "\r\n\r\n")
            .getBytes(ISO_8859_1));
    String head = client.head();
    return client.body(Integer.parseInt(head.replaceAll("(?is).*content-length: (\\d+).*", "$1")));
  }

  private static long segments(String playlist) {
    return playlist.lines().filter(line -> line.startsWith("#EXTINF")).count();
  }

  private static long sequence(String playlist) {
    return Long.parseLong(playlist.replaceAll("(?s).*MEDIA-SEQUENCE:(\\d+).*", "$1"));
  }

  @Test
  void whatAPlayerCannotWantIsRefused() throws Exception {
    CompletableFuture<Api.Answer> first = asked(PATH + "live.m3u8");
    while (watching.get() == 0) {
      LockSupport.parkNanos(1_000_000);
    }
    pictures(60);
    long sequence = sequence(new String(first.get().expect(200).body(), UTF_8));
    lan.get(PATH + "live.m3u8?_HLS_part=1").expect(400);
    lan.get(PATH + "live.m3u8?_HLS_msn=" + (sequence + 4)).expect(400);
    lan.get(PATH + "live.m3u8?_HLS_msn=x").expect(400);
    lan.get(PATH + "live.m3u8?_HLS_msn=" + (sequence + 1) + "&_HLS_part=20").expect(400);
    lan.get(PATH + "media/7-part0.mp4").expect(404);
    lan.get(PATH + "media/..%2f..%2fx").expect(404);
    new Api(desk.address, "").get(PATH + "live.m3u8").expect(401);
    // Also where the same values were valid before, each by itself.
    String known = "live.m3u8?_HLS_skip=YES";
    lan.get(PATH + known).expect(200);
    lan.get(PATH + known).expect(200);
    lan.get(PATH + known + "&_HLS_skip=YES").expect(400);
    lan.get(PATH + known + "&other=1").expect(400);
    // Nothing comes: 503 after three target durations, and for a part after twelve seconds.
    CompletableFuture<Api.Answer> part = asked(PATH + hint(playlist()));
    Api.Answer late = lan.get(PATH + "live.m3u8?_HLS_msn=" + (sequence + 2)).expect(503);
    assertThat(late.header("Retry-After")).isNotEmpty();
    assertThat(part.get().expect(503).header("Retry-After")).isNotEmpty();
  }

  @Test
  void motionJpegIsNotPlayedByHls() throws Exception {
    camera.motionJpeg();
    for (String playlist : List.of("index.m3u8", "live.m3u8")) {
      CompletableFuture<Api.Answer> answer = asked(PATH + playlist);
      while (!answer.isDone()) {
        pictures(1);
        LockSupport.parkNanos(10_000_000);
      }
      answer.get().expect(409);
    }
  }

  @Test
  void allRequestsOfOnePartyAreOneViewingInTheAudit() throws Exception {
    CompletableFuture<Api.Answer> first = asked(PATH + "index.m3u8");
    while (watching.get() == 0) {
      LockSupport.parkNanos(1_000_000);
    }
    pictures(60);
    first.get().expect(200);
    for (int i = 0; i < 5; i++) {
      playlist();
      desk.api.get(PATH + "live.m3u8").expect(200);
    }
    desk.server.close();
    desk.groups.close();
    List<AuditEntry> entries =
        desk.audit
            .list(
                new AuditFilter(null, null, null, AuditEventType.LIVE_VIEWED, null, null, 9, null))
            .entries();
    assertThat(entries)
        .extracting(AuditEntry::actorName)
        .containsExactlyInAnyOrder("lan", "operator");
    assertThat(entries)
        .allMatch(entry -> "gate".equals(entry.camera()))
        .allMatch(entry -> entry.details().contains("\"ended\":true"));
    assertThat(watching).hasValue(0);
  }
}
