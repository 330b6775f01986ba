package io.kydai.ingest.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.kydai.ingest.simulator.RawClient.Frame;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.fault.FaultRate;
import io.kydai.ingest.simulator.media.Clip;
import java.io.EOFException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a camera misbehaves in the stream and in its answers, as a client sees it. */
@Timeout(60)
class MisbehaviourTest {
  private static final int FPS = 50;
  private static final int STEP = 90_000 / FPS;

  private CameraSimulator simulator;

  @BeforeEach
  void start() {
    Clip clip = Clip.of(HandMadeClip.ofPairs(3));
    Clip other = Clip.of(HandMadeClip.ofPairs(1));
    simulator =
        CameraSimulator.builder()
            .camera(new SimulatedCamera("one", clip, FPS).withOther(other).withOwnPort())
            .start();
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void times_of_packets_jump_and_numbers_do_not() throws IOException {
    simulator.misbehave("one", Fault.jumpOfTimestamps(4, Duration.ofHours(-1)));
    try (RawClient client = client()) {
      client.play();
      Frame before = first(client.picture());
      for (int i = 1; i < 9; i++) {
        List<Frame> picture = client.picture();
        Frame next = first(picture);
        long hour = i % 4 == 0 ? 3600 * 90_000L : 0;
        assertThat((int) (next.timestamp() - before.timestamp()))
            .as("picture %d", i)
            .isEqualTo((int) (STEP - hour));
        before = next;
      }
    }
  }

  @Test
  void the_clock_of_sender_reports_jumps() throws IOException {
    SimulatedCamera ahead =
        new SimulatedCamera("ahead", Clip.of(HandMadeClip.ofPairs(3)), FPS)
            .withClockOffset(Duration.ofDays(365));
    try (CameraSimulator other = CameraSimulator.builder().camera(ahead).start();
        RawClient client = new RawClient(other.address("ahead"))) {
      long now = Instant.now().getEpochSecond() + 2_208_988_800L;
      other.misbehave("ahead", Fault.jumpOfClock(0, Duration.ofDays(-730)));
      client.play();
      Frame report = client.next();
      assertThat(report.channel()).isEqualTo(1);
      assertThat(Math.round((report.unsigned(8) - now) / 86_400.0)).as("days").isEqualTo(-365);
    }
  }

  @Test
  void the_other_clip_begins_with_its_key_picture_and_the_first_comes_back() throws IOException {
    simulator.misbehave("one", Fault.change(5));
    try (RawClient client = client()) {
      client.play();
      for (int i = 0; i < 15; i++) {
        List<Frame> picture = client.picture();
        if (i % 5 == 0) {
          assertThat(first(picture).nalType()).as("picture %d", i).isEqualTo(7);
        }
      }
    }
  }

  @Test
  void a_stall_ends_by_itself_at_a_key_picture() throws IOException {
    simulator.misbehave("one", Fault.stall(3, Duration.ofMillis(300)));
    try (RawClient client = client()) {
      client.play();
      client.picture();
      client.picture();
      Frame last = first(client.picture());
      Frame next = first(client.picture());
      assertThat(next.nalType()).isEqualTo(7);
      assertThat((next.timestamp() - last.timestamp() & 0xffff_ffffL) / STEP).isBetween(15L, 18L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"close:after=3", "cut:after=3"})
  void a_connection_ends_after_so_many_pictures(String fault) throws IOException {
    simulator.misbehave("one", Fault.parse(fault));
    try (RawClient client = client()) {
      client.play();
      client.picture();
      client.picture();
      client.picture();
      assertThatExceptionOfType(EOFException.class).isThrownBy(client::picture);
    }
  }

  @Test
  void a_camera_that_vanishes_refuses_connections_until_it_is_back() throws IOException {
    try (RawClient client = client()) {
      client.play();
      client.picture();
      simulator.misbehave("one", Fault.vanish(0, Duration.ZERO));
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> endlessly(client));
    }
    awaitGone();
    simulator.behave("one");
    awaitBack();
    simulator.misbehave("one", Fault.vanish(2, Duration.ofMillis(200)));
    try (RawClient client = client()) {
      client.play();
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> endlessly(client));
    }
    awaitBack();
  }

  /**
   * Tries until connections are refused: a selector lets go of a closed socket a moment later. The
   * class's time limit is the limit.
   */
  private void awaitGone() throws IOException {
    boolean there = true;
    while (there) {
      try (RawClient client = client()) {
        client.request("OPTIONS", "");
      } catch (ConnectException e) {
        there = false;
      } catch (EOFException | SocketException e) {
        there = true;
      }
    }
  }

  /** Tries until the camera answers again; the class's time limit is the limit. */
  private void awaitBack() throws IOException {
    String answer = "";
    while (!answer.startsWith("RTSP/1.0 200 ")) {
      try (RawClient client = client()) {
        answer = client.request("DESCRIBE", "");
      } catch (EOFException | SocketException e) {
        answer = e.toString();
      }
    }
  }

  private static void endlessly(RawClient client) throws IOException {
    while (true) {
      client.next();
    }
  }

  @Test
  void a_reboot_ends_by_itself() throws IOException {
    simulator.misbehave("one", Fault.reboot(0, Duration.ofMillis(200)));
    awaitBack();
  }

  @Test
  void the_camera_itself_asks_for_things() throws IOException {
    simulator.misbehave(
        "one",
        Fault.announce(2).and(Fault.redirect(3, "rtsp://elsewhere/")).and(Fault.teardown(4)));
    try (RawClient client = client()) {
      client.play();
      assertThat(client.message())
          .startsWith("ANNOUNCE " + simulator.address("one") + " RTSP/1.0\r\nCSeq: 1\r\n")
          .contains("Content-Type: application/sdp", "v=0", "m=video");
      client.write("RTSP/1.0 200 OK\r\nCSeq: 1\r\n\r\n".getBytes(UTF_8));
      assertThat(client.message()).startsWith("REDIRECT ").contains("Location: rtsp://elsewhere/");
      assertThat(client.message()).as("each two pictures").startsWith("ANNOUNCE ");
      assertThat(client.message()).startsWith("TEARDOWN ").contains("Session: ");
      assertThat(client.request("OPTIONS", "")).contains("200 OK");
    }
  }

  @Test
  void answers_are_wrong_as_told() throws IOException {
    assertThat(describe(Fault.WRONG_CSEQ)).contains("200 OK", "CSeq: 4711");
    assertThat(describe(Fault.NO_CONTENT_BASE)).contains("200 OK").doesNotContain("Content-Base");
    assertThat(describe(Fault.status(454, ""))).startsWith("RTSP/1.0 454 ");
    assertThat(describe(Fault.status(454, "PLAY"))).startsWith("RTSP/1.0 200 ");
    assertThat(describe(Fault.babble("DESCRIBE"))).startsWith("HTTP/1.1 200");
    simulator.misbehave("one", Fault.NO_SESSION_TIMEOUT);
    try (RawClient client = client()) {
      assertThat(client.request("SETUP", "/trackID=0", "Transport: RTP/AVP/TCP"))
          .contains("Session: ")
          .doesNotContain("timeout");
    }
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> describe(Fault.hangUp("")));
    simulator.misbehave("one", Fault.mute("DESCRIBE"));
    try (RawClient client = client()) {
      client.patience(200);
      assertThatExceptionOfType(SocketTimeoutException.class)
          .isThrownBy(() -> client.request("DESCRIBE", ""));
    }
  }

  @Test
  void a_delayed_packet_comes_behind_others() throws IOException {
    simulator.misbehave("one", Fault.delay(FaultRate.every(7), Duration.ofMillis(60)));
    try (RawClient client = client()) {
      client.play();
      int highest = -1;
      boolean behind = false;
      for (int i = 0; i < 40; i++) {
        Frame frame = client.next();
        if (frame.channel() == 0) {
          behind |= highest >= 0 && (short) (frame.sequence() - highest) < 0;
          highest = frame.sequence();
        }
      }
      assertThat(behind).isTrue();
    }
  }

  @Test
  void junk_between_frames_is_no_frame() throws IOException {
    simulator.misbehave("one", Fault.junk(FaultRate.every(5)));
    try (RawClient client = client()) {
      client.play();
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> endlessly(client))
          .withMessageContaining("not a frame: 0");
    }
  }

  @Test
  void what_clients_report_is_counted_and_a_key_picture_comes_when_asked_for() throws IOException {
    try (RawClient client = client()) {
      client.play();
      // Pairs of a key picture and another: after a key picture, ask for the next.
      while (first(client.picture()).nalType() != 7) {
        assertThat(simulator.counts("one").clients()).isEqualTo(1);
      }
      byte[] losses = {
        '$',
        1,
        0,
        44,
        (byte) 0x81,
        (byte) 201,
        0,
        7,
        0,
        0,
        0,
        9,
        0,
        0,
        0,
        1,
        5,
        0,
        0,
        77,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        (byte) 0x81,
        (byte) 206,
        0,
        2,
        0,
        0,
        0,
        9,
        0,
        0,
        0,
        1,
      };
      client.write(losses);
      int keysInARow = 0;
      Frame before = first(client.picture());
      for (int i = 0; keysInARow == 0 && i < 20; i++) {
        Frame next = first(client.picture());
        keysInARow += before.nalType() == 7 && next.nalType() == 7 ? 1 : 0;
        before = next;
      }
      CameraCounts counts = simulator.counts("one");
      assertThat(counts.receiverReports()).isEqualTo(1);
      assertThat(counts.lost()).isEqualTo(77);
      assertThat(counts.pictureLosses()).isEqualTo(1);
      assertThat(counts.intraRequests()).isZero();
      assertThat(counts.sessions()).isEqualTo(1);
      assertThat(counts.units()).isPositive();
    }
  }

  private String describe(Fault fault) throws IOException {
    simulator.misbehave("one", fault);
    try (RawClient client = client()) {
      return client.request("DESCRIBE", "");
    }
  }

  private RawClient client() throws IOException {
    return new RawClient(simulator.address("one"));
  }

  private static Frame first(List<Frame> picture) {
    return picture.stream().filter(frame -> frame.channel() == 0).findFirst().orElseThrow();
  }
}
