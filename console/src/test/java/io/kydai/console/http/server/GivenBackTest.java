package io.kydai.console.http.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.http.Api;
import io.kydai.console.http.LoggedErrors;
import io.kydai.console.http.RawClient;
import io.kydai.console.http.api.DeskServer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.IntSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Whatever the server counts is given back, on every way out: ten times each limit, and no more.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class GivenBackTest {
  private static final Limits.Connections FEW = new Limits.Connections(6, 4, 2, 3);
  private static final int OFTEN = 10 * FEW.connections();
  private static final String HOST = " HTTP/1.1\r\nHost: localhost\r\n";

  @TempDir static Path folder;
  private DeskServer desk;

  /** How a client leaves. */
  private enum Way {
    FIN {
      @Override
      void leave(RawClient client) throws IOException {
        client.close();
      }
    },
    RST {
      @Override
      void leave(RawClient client) throws IOException {
        client.reset();
      }
    },
    CLOSE_FRAME {
      @Override
      void leave(RawClient client) throws IOException {
        client.sendClose();
        client.rest();
        client.close();
      }
    },
    /** A frame that no client may send. */
    PROTOCOL_ERROR {
      @Override
      void leave(RawClient client) throws IOException {
        client.send(new byte[] {(byte) 0xff, 0, 0, 0});
        client.close();
      }
    };

    abstract void leave(RawClient client) throws IOException;
  }

  @BeforeAll
  void start() throws Exception {
    desk = new DeskServer(folder, FEW);
    try (RawClient client = new RawClient(desk.address, desk.token)) {
      String camera = "{\"id\": \"shown\", \"url\": \"rtsp://127.0.0.1/\"}";
      client.send(
          "POST /api/v1/cameras"
              + HOST
              + "Content-Type: application/json\r\nContent-Length: "
              + camera.length()
              + "\r\n\r\n"
              + camera);
      assertThat(client.head()).startsWith("HTTP/1.1 201");
    }
  }

  @AfterAll
  void stop() {
    desk.close();
  }

  private void awaitNobody() {
    await("connections", desk.server::connections);
    await("WebSockets of events", desk.events::count);
    await("listeners", desk.events::listening);
    await("WebSockets of live video", desk.server::viewers);
    await("viewers", desk.viewers::get);
  }

  private static void await(String what, IntSupplier open) {
    long end = System.nanoTime() + Api.PATIENCE.toNanos();
    while (open.getAsInt() != 0 && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(open.getAsInt()).as(what).isZero();
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void listenersOfEventsAreCountedOnlyWhileTheyListen(Way way) throws Exception {
    for (int i = 0; i < OFTEN; i++) {
      RawClient client = new RawClient(desk.address, desk.token);
      client.send("GET /api/v1/events" + HOST + RawClient.UPGRADE);
      assertThat(client.head()).as("WebSocket %d", i).startsWith("HTTP/1.1 101");
      assertThat(client.frame()).isEqualTo(1);
      way.leave(client);
      awaitNobody();
    }
  }

  @ParameterizedTest
  @EnumSource(Way.class)
  void liveViewersAreCountedOnlyWhileTheyWatch(Way way) throws Exception {
    for (int i = 0; i < OFTEN; i++) {
      RawClient client = new RawClient(desk.address, desk.token);
      client.send("GET /api/v1/cameras/shown/live" + HOST + RawClient.UPGRADE);
      assertThat(client.head()).as("WebSocket %d", i).startsWith("HTTP/1.1 101");
      way.leave(client);
      awaitNobody();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "GET /healthz HTTP/1.1\r\nHost: loc",
        "POST /api/v1/cameras HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            + "Content-Length: 9\r\n\r\n{",
        "GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\n"
            + "Connection: Upgrade\r\nSec-WebSocket-Version: 99\r\n\r\n",
        "GET /api/v1/events HTTP/1.1\r\nHost: localhost\r\nContent-Length: 9\r\n"
            + RawClient.UPGRADE,
        "GET / HTTP/9.9\r\n\r\n",
        "nonsense\r\n\r\n"
      })
  void connectionsAreCountedOnlyWhileTheyAreOpen(String sent) throws Exception {
    try (LoggedErrors errors = new LoggedErrors()) {
      for (int i = 0; i < OFTEN; i++) {
        RawClient client = new RawClient(desk.address, desk.token).send(sent);
        if (i % 2 == 0) {
          client.close();
        } else {
          client.reset();
        }
        awaitNobody();
      }
      assertThat(errors.all()).isEmpty();
    }
  }

  @Test
  void filesAreCountedOnlyWhileTheyCome() throws Exception {
    String begin =
        "POST /api/v1/reports/01JAAAAAAAAAAAAAAAAAAAAAAA/attachments"
            + HOST
            + "Content-Type: application/octet-stream\r\nContent-Length: 5\r\n\r\n%PD";
    RawClient[] all = new RawClient[Limits.FILES_OF_CALLER];
    for (int i = 0; i < all.length; i++) {
      all[i] = new RawClient(desk.address, desk.token).send(begin);
    }
    await("files that do not come yet", () -> all.length - desk.server.uploads());
    try (RawClient late = new RawClient(desk.address, desk.token).send(begin)) {
      assertThat(late.head()).startsWith("HTTP/1.1 503").contains("Retry-After");
    }
    for (RawClient one : all) {
      one.send("F-");
      assertThat(one.head()).startsWith("HTTP/1.1 404");
      one.close();
    }
    for (int i = 0; i < 10 * Limits.FILES; i++) {
      RawClient client = new RawClient(desk.address, desk.token).send(begin);
      await("files that do not come yet", () -> 1 - desk.server.uploads());
      if (i % 2 == 0) {
        client.close();
      } else {
        client.reset();
      }
      await("files", desk.server::uploads);
    }
    awaitNobody();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/api/v1/events", "/api/v1/cameras/shown/live"})
  void aWebSocketTooManyIsToldSoAndCountsForNothing(String path) throws Exception {
    RawClient[] all = new RawClient[FEW.sockets()];
    for (int i = 0; i < all.length; i++) {
      all[i] =
          new RawClient(desk.address, desk.token).send("GET " + path + HOST + RawClient.UPGRADE);
      assertThat(all[i].head()).startsWith("HTTP/1.1 101");
    }
    for (int i = 0; i < OFTEN; i++) {
      try (RawClient late = new RawClient(desk.address, desk.token)) {
        late.send("GET " + path + HOST + RawClient.UPGRADE);
        assertThat(late.head()).startsWith("HTTP/1.1 503").contains("Retry-After");
      }
    }
    for (RawClient one : all) {
      one.close();
    }
    awaitNobody();
  }

  @Test
  void nothingComesAfterACloseFrame() throws Exception {
    for (int i = 0; i < 100; i++) {
      try (RawClient client = new RawClient(desk.address, desk.token)) {
        client.send("GET /api/v1/events" + HOST + RawClient.UPGRADE);
        client.head();
        client.frame();
        Thread publisher =
            new Thread(
                () -> {
                  for (int n = 0; n < 200; n++) {
                    desk.events.alert(DeskServer.alert("a" + n));
                  }
                });
        publisher.start();
        client.sendClose();
        int opcode = client.frame();
        while (opcode == 1) {
          opcode = client.frame();
        }
        assertThat(opcode).isEqualTo(8);
        assertThat(client.rest()).isEmpty();
        publisher.join();
      }
      awaitNobody();
    }
  }

  @Test
  void slowClientsGiveWayToOthers() throws Exception {
    RawClient[] slow = new RawClient[OFTEN];
    for (int i = 0; i < slow.length; i++) {
      slow[i] = new RawClient(desk.address, desk.token).send("G");
    }
    try (RawClient other = new RawClient(desk.address, desk.token)) {
      other.send("GET /healthz" + HOST + "\r\n");
      assertThat(other.head()).startsWith("HTTP/1.1 200");
    }
    for (RawClient one : slow) {
      one.close();
    }
    awaitNobody();
  }
}
