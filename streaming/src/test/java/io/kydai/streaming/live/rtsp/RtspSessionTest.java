package io.kydai.streaming.live.rtsp;

import static io.kydai.streaming.SampleVideo.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the server answers, and when it sends, stops and ends. */
class RtspSessionTest {
  private static final Instant BEGIN = Instant.parse("2026-11-30T01:02:03.250Z");
  private static final int GROUP = 10;
  private static final CodecParameters PARAMETERS =
      new CodecParameters(
          Codec.H264,
          320,
          180,
          List.of(new byte[] {0x67, 0x42, (byte) 0xc0, 0x1e, 0x28}),
          List.of(new byte[] {0x68, 1}));

  private PublishedCamera camera;

  @BeforeEach
  void publish() throws Exception {
    camera = new PublishedCamera(List.of(unit(0, 3_000)), true);
  }

  @AfterEach
  void end() {
    camera.close();
  }

  /** One picture of 40 ms and one NAL unit. */
  private static AccessUnit unit(int sequence, int bytes) {
    ByteBuffer data = ByteBuffer.allocate(4 + bytes);
    boolean key = sequence % GROUP == 0;
    data.putInt(bytes).put((byte) (key ? 0x65 : 0x41)).put((byte) sequence).rewind();
    return new AccessUnit(
        CAMERA,
        PARAMETERS,
        sequence,
        sequence * 3600L,
        sequence * 3600L,
        BEGIN.plusMillis(sequence * 40L),
        WallClockSource.ARRIVAL,
        key,
        sequence == 0,
        false,
        data);
  }

  @Test
  void aSessionFromItsDescriptionToItsEnd() throws Exception {
    try (RawClient client = new RawClient(camera.port)) {
      assertThat(client.ask("OPTIONS")).startsWith("RTSP/1.0 200 OK").contains("PAUSE");
      assertThat(client.ask("DESCRIBE", "Accept: application/sdp"))
          .contains("Content-Base: rtsp://127.0.0.1:" + camera.port + "/gate-1/")
          .contains("profile-level-id=42c01e;sprop-parameter-sets=Z0LAHig=,aAE=");
      String session = client.setUp();
      String playing = client.ask("PLAY", session, "Range: npt=0.000-");
      camera.add(unit(1, 3_000));

      RawClient.Packet report = client.packet();
      RawClient.Packet sps = client.packet();
      RawClient.Packet pps = client.packet();
      List<RawClient.Packet> key = List.of(client.packet(), client.packet(), client.packet());

      assertThat(report.channel()).isEqualTo(1);
      assertThat(report.bytes().getShort(0)).isEqualTo((short) 0x80c8);
      assertThat(wallClock(report)).isEqualTo(BEGIN);
      assertThat(report.bytes().getInt(16)).isEqualTo(sps.timestamp());
      assertThat(playing).contains(";seq=" + sps.sequence()).contains("Range: npt=now-");
      assertThat(pps.bytes().get(12)).isEqualTo((byte) 0x68);
      assertThat(key).extracting(one -> (int) one.bytes().get(12)).containsOnly(0x7c);
      assertThat(key)
          .extracting(one -> one.bytes().get(13) & 0xff)
          .containsExactly(0x85, 0x05, 0x45);
      assertThat(key).extracting(RawClient.Packet::marker).containsExactly(false, false, true);
      assertThat(client.picture().timestamp()).isEqualTo(sps.timestamp() + 3600);

      assertThat(client.ask("PAUSE", session)).startsWith("RTSP/1.0 200");
      assertThat(camera.viewings).hasValue(0);
      camera.add(unit(2, 100));
      // What came while it was paused is still in the group of pictures.
      assertThat(client.ask("PLAY", session)).startsWith("RTSP/1.0 200");
      camera.add(unit(3, 100));
      client.picture();
      client.picture();
      client.picture();
      assertThat(client.picture().timestamp()).isEqualTo(sps.timestamp() + 3 * 3600);

      assertThat(client.ask("GET_PARAMETER", session)).contains("200 OK", session);
      assertThat(client.ask("TEARDOWN", session)).startsWith("RTSP/1.0 200");
      assertThat(camera.viewings).hasValue(0);
      assertThat(client.ask("GET_PARAMETER", session)).startsWith("RTSP/1.0 454");
      assertThat(camera.server.viewers()).isZero();
      assertThat(client.setUp()).isNotEqualTo(session);
    }
  }

  /** The NTP time of a sender report. */
  private static Instant wallClock(RawClient.Packet report) {
    long seconds = (report.bytes().getInt(8) & 0xffffffffL) - 2_208_988_800L;
    long fraction = report.bytes().getInt(12) & 0xffffffffL;
    return Instant.ofEpochSecond(seconds, (fraction * 1_000_000_000L + (1L << 31)) >>> 32);
  }

  @Test
  void afterAGapTheTimeIsToldAnewAndNoPacketSeemsLost() throws Exception {
    try (RawClient client = new RawClient(camera.port)) {
      String session = client.setUp();
      client.ask("PLAY", session);
      camera.add(unit(1, 100));
      client.picture();
      RawClient.Packet last = client.picture();
      // The camera was away for 9 pictures, and comes back with a key frame.
      camera.add(unit(2 * GROUP, 100));

      RawClient.Packet report = client.packet();
      assertThat(report.channel()).isEqualTo(1);
      assertThat(wallClock(report)).isEqualTo(BEGIN.plusMillis(2 * GROUP * 40));
      RawClient.Packet sps = client.packet();
      assertThat(sps.sequence()).isEqualTo(last.sequence() + 1 & 0xffff);
      assertThat(sps.timestamp()).isEqualTo(last.timestamp() + (2 * GROUP - 1) * 3600);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          DESCRIBE | gate-2        |                                        | 404
          DESCRIBE | gate-1/main   |                                        | 404
          DESCRIBE | gate-1/x/y    |                                        | 404
          DESCRIBE | gate-1        | Accept: text/html                      | 406
          DESCRIBE | gate-1        | Require: www.onvif.org/ver20/backchannel | 551
          SETUP    | gate-1        | Transport: RTP/AVP;multicast           | 461
          SETUP    | gate-1        | Transport: RTP/AVP;unicast;client_port=22-23 | 461
          SETUP    | gate-1        | Transport: RTP/SAVP;unicast;client_port=5000-5001 | 461
          SETUP    | gate-1        | Transport: RTP/AVP/TCP;interleaved=300-301 | 461
          SETUP    | gate-1        | Transport: RTP/AVP/TCP;interleaved=4-5;mode=record | 461
          SETUP    | gate-1        |                                        | 461
          PLAY     | gate-1        |                                        | 455
          PLAY     | gate-1        | Session: 12345678                      | 454
          TEARDOWN | gate-1        | Session: 12345678                      | 454
          OPTIONS  | gate-1        | Session: 12345678                      | 454
          RECORD   | gate-1        |                                        | 405
          ANNOUNCE | gate-1        |                                        | 405
          """)
  void aMistakeHasItsAnswer(String method, String path, String header, int status)
      throws Exception {
    try (RawClient client = new RawClient(camera.port)) {
      String address = "rtsp://127.0.0.1:" + camera.port + "/" + path;
      String answer =
          header == null ? client.askOf(address, method) : client.askOf(address, method, header);

      assertThat(answer).startsWith("RTSP/1.0 " + status).contains("CSeq: 1");
      assertThat(client.ask("OPTIONS")).startsWith("RTSP/1.0 200");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          GET / HTTP/1.1\\r\\nHost: x\\r\\n\\r\\n                                    | 400
          OPTIONS * RTSP/2.0\\r\\nCSeq: 1\\r\\n\\r\\n                                | 505
          OPTIONS * RTSP/1.0\\r\\nno header\\r\\n\\r\\n                              | 400
          OPTIONS * RTSP/1.0\\r\\nCSeq: 1\\r\\nContent-Length: 5000\\r\\n\\r\\n      | 413
          OPTIONS * RTSP/1.0\\r\\nCSeq: 1\\r\\nContent-Length: -1\\r\\n\\r\\n        | 400
          """)
  void whatIsNoRequestEndsTheConnection(String text, int status) throws Exception {
    try (RawClient client = new RawClient(camera.port)) {
      client.send(text.replace("\\r", "\r").replace("\\n", "\n"));

      assertThat(client.answer()).startsWith("RTSP/1.0 " + status);
      client.awaitEnd();
    }
  }

  @Test
  void aLineWithoutEndIsRefused() throws Exception {
    try (RawClient client = new RawClient(camera.port)) {
      client.send("OPTIONS rtsp://" + "x".repeat(5_000));

      assertThat(client.answer()).startsWith("RTSP/1.0 414");
      client.awaitEnd();
    }
  }

  @Test
  void aRequestWithoutNumberOrLogInIsRefusedAndParametersAreNotThere() throws Exception {
    try (RawClient client = new RawClient(camera.port)) {
      client.send("OPTIONS * RTSP/1.0\r\n\r\n");
      assertThat(client.answer()).startsWith("RTSP/1.0 400");
      client.send("DESCRIBE rtsp://x/gate-1 RTSP/1.0\r\nCSeq: 7\r\n\r\n");
      assertThat(client.answer())
          .startsWith("RTSP/1.0 401")
          .contains("CSeq: 7", "WWW-Authenticate: Basic realm=\"Kydai\"");
      assertThat(client.ask("SET_PARAMETER", "Content-Length: 4\r\n\r\nabcd"))
          .startsWith("RTSP/1.0 451");
    }
  }

  @Test
  void wrongLogInsEndTheConnectionAndAHastyClientIsToldToWait() throws Exception {
    try (RawClient client = new RawClient(camera.port)) {
      String hasty = "DESCRIBE rtsp://x/gate-1 RTSP/1.0\r\nCSeq: 1\r\n";
      client.send(hasty + "Authorization: Basic aGFzdHk6c2VjcmV0\r\n\r\n");
      assertThat(client.answer()).startsWith("RTSP/1.0 503").contains("Retry-After: 7");
      for (int i = 0; i < ConnectionHandler.MOST_REFUSALS; i++) {
        client.send(hasty + "Authorization: Basic dm1zOndyb25n\r\n\r\n");
        assertThat(client.answer()).startsWith("RTSP/1.0 401");
      }
      client.awaitEnd();
    }
  }

  @Test
  void aFloodOfRequestsIsCutOff() throws Exception {
    try (RawClient client = new RawClient(camera.port)) {
      String one = "DESCRIBE rtsp://x/gate-1 RTSP/1.0\r\nCSeq: 1\r\n" + RawClient.LOG_IN + "\r\n";
      client.send(one.repeat(ConnectionHandler.MOST_WAITING + 2));
      client.awaitEnd();
    }
    try (RawClient other = new RawClient(camera.port)) {
      assertThat(other.ask("DESCRIBE")).startsWith("RTSP/1.0 200");
    }
  }

  @Test
  void whoMayNotWatchAnyMoreIsCutOff() throws Exception {
    try (RawClient client = new RawClient(camera.port)) {
      client.ask("PLAY", client.setUp());
      camera.add(unit(1, 100));
      client.picture();
      camera.allowed.set(false);

      client.awaitEnd();
    }
    assertThat(camera.viewings).hasValue(0);
  }

  @Test
  void theEndOfTheCameraIsAGoodByeAndTheEndOfTheConnection() throws Exception {
    try (RawClient client = new RawClient(camera.port)) {
      client.ask("PLAY", client.setUp());
      camera.add(unit(1, 100));
      client.picture();
      client.picture();
      camera.endNow();

      RawClient.Packet last = client.packet();
      assertThat(last.channel()).isEqualTo(1);
      ByteBuffer bytes = last.bytes();
      assertThat(bytes.getShort(bytes.capacity() - 8)).isEqualTo((short) 0x81cb);
      client.awaitEnd();
    }
  }

  @Test
  void aSlowViewerGoesOnAtAKeyFrameAndAnotherMissesNothing() throws Exception {
    int pictures = 600;
    try (RawClient quick = new RawClient(camera.port);
        RawClient slow = new RawClient(camera.port, 16 * 1024)) {
      quick.ask("PLAY", quick.setUp());
      slow.ask("PLAY", slow.setUp());
      List<Integer> seen = new ArrayList<>();
      for (int i = 1; i < pictures; i++) {
        camera.add(unit(i, 50_000));
        if (i == 1) {
          seen.add(quick.picture().timestamp());
        }
        seen.add(quick.picture().timestamp());
      }
      assertThat(seen).hasSize(pictures);
      for (int i = 1; i < pictures; i++) {
        assertThat(seen.get(i) - seen.get(i - 1)).isEqualTo(3600);
      }

      int before = 0;
      int first = 0;
      int jumps = 0;
      RawClient.Packet packet = slow.packet();
      int sequence = packet.channel() == 0 ? packet.sequence() : -1;
      for (int i = pictures; jumps == 0; ) {
        if (packet.channel() == 0) {
          assertThat(sequence < 0 || packet.sequence() == (sequence & 0xffff)).isTrue();
          sequence = packet.sequence() + 1;
          first = first == 0 ? packet.timestamp() : first;
          int step = packet.timestamp() - before;
          if (before != 0 && step > 3600) {
            jumps++;
            // Behind the jump there is a key frame, with its parameter sets in front.
            assertThat(packet.bytes().get(12)).isEqualTo((byte) 0x67);
            assertThat((packet.timestamp() - first) / 3600 % GROUP).isZero();
          }
          before = packet.timestamp();
          if (packet.marker()) {
            camera.add(unit(i++, 100));
          }
        }
        packet = slow.packet();
      }
    }
  }

  @Test
  void reportsOverUdpKeepASessionAndPacketsGoToTheCallerOnly() throws Exception {
    try (RawClient client = new RawClient(camera.port);
        DatagramSocket rtp = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0));
        DatagramSocket rtcp = new DatagramSocket(new InetSocketAddress("127.0.0.1", 0))) {
      rtp.setSoTimeout(30_000);
      String ports = rtp.getLocalPort() + "-" + rtcp.getLocalPort();
      String answer =
          client.ask(
              "SETUP", "Transport: RTP/AVP;unicast;destination=192.0.2.1;client_port=" + ports);
      assertThat(answer).contains("client_port=" + ports + ";server_port=");
      String session = answer.replaceAll("(?s).*(Session: [0-9a-f]+).*", "$1");
      client.ask("PLAY", session);
      camera.add(unit(1, 100));
      java.net.DatagramPacket packet = new java.net.DatagramPacket(new byte[2_000], 2_000);
      rtp.receive(packet);

      assertThat(packet.getData()[12]).isEqualTo((byte) 0x67);
      assertThat(answer).contains("server_port=" + packet.getPort() + "-");
    }
  }
}
