package io.kydai.console.http.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEntry;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.http.hls.PacedCamera;
import io.kydai.console.users.Grant;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.streaming.live.whep.WhepServer;
import io.kydai.streaming.live.whep.sdp.Offer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** WHEP over HTTP: who may, what is refused and how, and what the audit has of it. */
@Tag("sqlite")
@Timeout(120)
class WhepApiTest {
  private static final int MOST_OF_CALLER = 32;

  private static final String PATH = "/api/v1/cameras/gate/whep";

  @TempDir Path folder;
  private final PacedCamera camera = new PacedCamera(40, Instant.now());
  private DeskServer desk;
  private String tokenId;
  private Api lan;

  @BeforeEach
  void start() throws Exception {
    desk = new DeskServer(folder);
    desk.api
        .json("POST", "/api/v1/cameras", "{\"id\": \"gate\", \"url\": \"rtsp://127.0.0.1:1/\"}")
        .expect(201);
    desk.shown.live = camera::watch;
    camera.picture(40, 49);
    var token =
        desk.directory.addToken(
            "lan",
            EnumSet.of(Permission.LIVE),
            Scope.of(PacedCamera.ID),
            null,
            Actor.SYSTEM,
            RequestOrigin.NONE);
    tokenId = token.token().id().value();
    lan = new Api(desk.address, token.secret());
  }

  @AfterEach
  void stop() {
    desk.close();
  }

  private Api.Answer offered(Api api, String offer, String... headers) throws Exception {
    return api.send("POST", PATH, offer, headers);
  }

  private String begun() throws Exception {
    return offered(lan, WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE)
        .expect(201)
        .header("Location");
  }

  private Api.Answer patched(String session, String tag) throws Exception {
    return lan.send(
        "PATCH",
        session,
        WhepOffer.FRAGMENT,
        "Content-Type",
        WhepOffer.FRAGMENT_TYPE,
        "If-Match",
        tag);
  }

  @Test
  void anOfferIsAnsweredAndItsSessionIsTheCallersAlone() throws Exception {
    Api.Answer answer =
        offered(
            lan,
            WhepOffer.TEXT,
            "Content-Type",
            "application/sdp; charset=utf-8",
            "Accept",
            "text/plain, application/sdp");
    answer.expect(201);
    assertThat(answer.contentType()).isEqualTo("application/sdp");
    assertThat(new String(answer.body(), UTF_8))
        .contains("a=ice-lite", "a=setup:passive", "m=video 9 UDP/TLS/RTP/SAVPF 109 114")
        .contains("127.0.0.1 " + desk.whep.port() + " typ host");
    String session = answer.header("Location");
    assertThat(session).startsWith(PATH + "/");
    assertThat(answer.header("ETag")).matches("\"[\\w-]{22}\"");
    assertThat(answer.header("Accept-Patch")).isEqualTo(WhepOffer.FRAGMENT_TYPE);
    assertThat(desk.whep.sessions()).isEqualTo(1);
    desk.api.delete(session).expect(404);
    lan.delete(session).expect(204);
    while (desk.whep.sessions() > 0) {
      Thread.onSpinWait();
    }
    while (lan.delete(session).status() != 404) {
      Thread.onSpinWait();
    }
  }

  @Test
  void whatCannotBeMetIsRefusedByItsStatus() throws Exception {
    new Api(desk.address, "")
        .send("POST", PATH, WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE)
        .expect(401);
    Api.Answer wrongType = offered(lan, WhepOffer.TEXT, "Content-Type", "application/json");
    assertThat(wrongType.expect(415).header("Accept")).isEqualTo("application/sdp");
    offered(lan, WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE, "Accept", "application/json")
        .expect(406);
    Api.Answer noH264 =
        offered(lan, WhepOffer.TEXT.replace("H264", "VP8"), "Content-Type", WhepOffer.TYPE);
    assertThat(noH264.expect(422).json().get("field").asText()).isEqualTo("a=rtpmap");
    Api.Answer loose =
        offered(lan, WhepOffer.TEXT.replace("a=rtcp-mux", "a=x"), "Content-Type", WhepOffer.TYPE);
    assertThat(loose.expect(422).json().get("field").asText()).isEqualTo("a=rtcp-mux");
    lan.get(PATH).expect(405);
    lan.send("HEAD", PATH, "").expect(405);
    assertThat(lan.send("OPTIONS", PATH, "").expect(204).header("Accept-Post"))
        .isEqualTo(WhepOffer.TYPE);
    offered(lan, WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE, "Origin", "https://other.example")
        .expect(403);
    assertThat(desk.whep.sessions()).isZero();
  }

  @Test
  void aCameraWithoutAPictureIsNotThereYet() throws Exception {
    desk.shown.live = new PacedCamera(40, Instant.now())::watch;
    Api.Answer none = offered(lan, WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE).expect(409);
    assertThat(none.header("Retry-After")).isNotEmpty();
    // The place is given back behind the answer.
    while (desk.whep.sessions() > 0) {
      Thread.onSpinWait();
    }
    desk.shown.live = (id, subscriber) -> java.util.Optional.empty();
    Api.Answer full = offered(lan, WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE).expect(503);
    assertThat(full.header("Retry-After")).isNotEmpty();
  }

  @Test
  void whoAskedForCamerasWithoutAPictureMayAskAgain() throws Exception {
    desk.shown.live = new PacedCamera(40, Instant.now())::watch;
    ExecutorService clients = Executors.newFixedThreadPool(MOST_OF_CALLER);
    try {
      Callable<Integer> asked =
          () -> offered(lan, WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE).status();
      for (Future<Integer> answer : clients.invokeAll(Collections.nCopies(MOST_OF_CALLER, asked))) {
        assertThat(answer.get()).isEqualTo(409);
      }
    } finally {
      clients.shutdown();
    }
    // The places are given back behind the answers.
    int status = 503;
    while (status == 503) {
      status = offered(lan, WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE).status();
    }
    assertThat(status).isEqualTo(409);
  }

  @Test
  void candidatesNeedTheTagAndARestartGivesAnother() throws Exception {
    Api.Answer answer = offered(lan, WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE).expect(201);
    String session = answer.header("Location");
    String tag = answer.header("ETag");
    patched(session, tag).expect(204);
    patched(session, "\"other\"").expect(412);
    lan.send("PATCH", session, WhepOffer.FRAGMENT, "Content-Type", WhepOffer.FRAGMENT_TYPE)
        .expect(428);
    lan.send("PATCH", session, "{}", "Content-Type", "application/json").expect(415);
    lan.send(
            "PATCH",
            session,
            "a=mid:0\r\n",
            "Content-Type",
            WhepOffer.FRAGMENT_TYPE,
            "If-Match",
            tag)
        .expect(400);
    Api.Answer restarted = patched(session, "*").expect(200);
    assertThat(restarted.contentType()).isEqualTo(WhepOffer.FRAGMENT_TYPE);
    assertThat(new String(restarted.body(), UTF_8))
        .contains("a=ice-ufrag:", "a=ice-pwd:", "typ host");
    assertThat(restarted.header("ETag")).isNotEqualTo(tag);
    patched(session, tag).expect(412);
    patched(session, restarted.header("ETag")).expect(204);
    assertThat(lan.send("OPTIONS", session, "").expect(204).header("Accept-Patch"))
        .isEqualTo(WhepOffer.FRAGMENT_TYPE);
    patched(PATH + "/none", tag).expect(404);
  }

  @Test
  void oneCallerDoesNotTakeEveryPlace() throws Exception {
    for (int i = 0; i < 32; i++) {
      begun();
    }
    Api.Answer full = offered(lan, WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE).expect(503);
    assertThat(full.header("Retry-After")).isNotEmpty();
    offered(desk.api, WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE).expect(201);
  }

  /** A camera that lets viewers in and sends no picture: each of them has a place of the node. */
  private static void fill(WhepServer whep) throws Exception {
    for (int i = 0; i < WhepServer.MOST_SESSIONS; i++) {
      whep.open(Offer.parse(WhepOffer.TEXT), subscriber -> Optional.of(() -> {}), () -> {});
    }
  }

  @Test
  void aFullNodeSendsAProgramToAnotherOnceAndNobodyElse() throws Exception {
    try (DeskServer full = new DeskServer(folder.resolve("full"), desk.address)) {
      full.api
          .json("POST", "/api/v1/cameras", "{\"id\": \"gate\", \"url\": \"rtsp://127.0.0.1:1/\"}")
          .expect(201);
      fill(full.whep);
      Api.Answer sent =
          full.api
              .send("POST", PATH + "?rendition=sub", WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE)
              .expect(307);
      URI there = URI.create(sent.header("Location"));
      assertThat(there).isEqualTo(desk.address.resolve(PATH + "?redirected=true&rendition=sub"));
      assertThat(desk.whep.sessions()).isZero();
      lan.send(
              "POST",
              there.getRawPath() + "?" + there.getRawQuery(),
              WhepOffer.TEXT,
              "Content-Type",
              WhepOffer.TYPE)
          .expect(201);
      assertThat(desk.whep.sessions()).isEqualTo(1);

      Api.Answer again =
          full.api.send(
              "POST", PATH + "?redirected=true", WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE);
      assertThat(again.expect(503).header("Retry-After")).isNotEmpty();
      full.directory.add(
          "mai",
          "Mai",
          null,
          List.of(new Grant(Role.OPERATOR, Scope.of(PacedCamera.ID), null, null)),
          LoggedIn.PASSWORD,
          Actor.SYSTEM,
          RequestOrigin.NONE);
      Api person = Api.withCookie(full.address, LoggedIn.cookie(full.address, "mai"));
      offered(person, WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE).expect(503);
      full.api.send("OPTIONS", PATH, "").expect(204);
      full.api.delete(PATH + "/none").expect(404);
    }
    fill(desk.whep);
    offered(desk.api, WhepOffer.TEXT, "Content-Type", WhepOffer.TYPE).expect(503);
  }

  @Test
  void aRightThatIsTakenAwayEndsTheSessionAndTheAuditHasBoth() throws Exception {
    begun();
    assertThat(desk.whep.sessions()).isEqualTo(1);
    desk.directory.removeToken(tokenId, Actor.SYSTEM, RequestOrigin.NONE);
    while (desk.whep.sessions() > 0) {
      Thread.onSpinWait();
    }
    desk.server.close();
    desk.groups.close();
    List<AuditEntry> entries =
        desk.audit
            .list(
                new AuditFilter(null, null, null, AuditEventType.LIVE_VIEWED, null, null, 9, null))
            .entries();
    assertThat(entries).hasSize(1);
    assertThat(entries.get(0).actorName()).isEqualTo("lan");
    assertThat(entries.get(0).camera()).isEqualTo("gate");
    assertThat(entries.get(0).details()).contains("\"ended\":true");
  }
}
