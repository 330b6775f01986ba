package io.kydai.ingest.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.kydai.ingest.simulator.RawClient.Frame;
import io.kydai.ingest.simulator.fault.Fault;
import io.kydai.ingest.simulator.media.Clip;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the simulator answers and sends, byte by byte, and how it misbehaves when told. */
@Timeout(120)
class SessionTest {
  private static final int FPS = 50;
  private static final int STEP = 90_000 / FPS;

  private CameraSimulator simulator;

  @BeforeEach
  void start() {
    Clip clip = Clip.of(HandMadeClip.ofPairs(3));
    simulator =
        CameraSimulator.builder()
            .camera(new SimulatedCamera("one", clip, FPS))
            .camera(new SimulatedCamera("two", clip, FPS))
            .start();
  }

  @AfterEach
  void close() {
    simulator.close();
  }

  @Test
  void begins_at_a_key_picture_with_the_number_and_time_that_rtp_info_announced()
      throws IOException {
    try (RawClient client = client("one")) {
      String answer = client.play();
      Frame report = client.next();
      assertThat(report.channel()).as("a sender report comes first").isEqualTo(1);
      List<Frame> picture = client.picture();
      Frame first = picture.get(0);
      assertThat(answer)
          .contains("RTP-Info: url=" + simulator.address("one") + "/trackID=0;seq=")
          .contains("seq=" + first.sequence() + ";rtptime=" + first.timestamp());
      assertThat(picture.stream().map(Frame::nalType).toList())
          .as("SPS, PPS, key picture in fragments")
          .containsExactly(7, 8, 28, 28, 28);
      assertThat(report.unsigned(16)).as("the report's RTP time").isEqualTo(first.timestamp());
    }
  }

  @Test
  void clients_of_one_camera_see_the_same_picture_at_the_same_moment() throws IOException {
    try (RawClient one = client("one");
        RawClient other = client("one")) {
      one.play();
      other.play();
      Frame ofOne = one.next();
      Frame ofOther = other.next();
      // Each client has RTP times of its own; the reports tie them to the camera's one wall clock.
      // That clock follows from a picture's place, however late the picture is sent.
      double apart =
          ofOther.unsigned(8)
              - ofOne.unsigned(8)
              + (ofOther.unsigned(12) - ofOne.unsigned(12)) / (double) (1L << 32);
      assertThat(apart * FPS).isCloseTo(Math.rint(apart * FPS), within(1e-6));
    }
  }

  @Test
  void rtcp_that_a_client_interleaves_disturbs_no_request() throws IOException {
    try (RawClient client = client("one")) {
      String session =
          RawClient.session(client.request("SETUP", "/trackID=0", "Transport: RTP/AVP/TCP"));
      client.write(new byte[] {'$', 1, 0, 8, (byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 9});
      assertThat(client.request("GET_PARAMETER", "", "Session: " + session)).contains("200 OK");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "DESCRIBE, er, 404",
    "RECORD, '', 405",
    "PLAY, '', 455",
  })
  void refuses_what_cannot_be(String method, String path, int status) throws IOException {
    try (RawClient client = client("one")) {
      assertThat(client.request(method, path)).startsWith("RTSP/1.0 " + status + " ");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "RTP/AVP;multicast;client_port=5000-5001",
    "RTP/AVP;unicast",
    "RTP/AVP;unicast;client_port=0-1",
    "RTP/AVP;unicast;client_port=70000-70001",
    "RTP/AVP/TCP;interleaved=255-256",
    "RAW/RAW/UDP;unicast;client_port=5000-5001",
  })
  void refuses_a_transport_that_it_does_not_speak(String transport) throws IOException {
    try (RawClient client = client("one")) {
      assertThat(client.request("SETUP", "/trackID=0", "Transport: " + transport))
          .startsWith("RTSP/1.0 461 ");
    }
  }

  @Test
  void knows_its_own_session_only() throws IOException {
    try (RawClient client = client("one")) {
      for (String method : List.of("PLAY", "GET_PARAMETER", "TEARDOWN", "SETUP")) {
        assertThat(client.request(method, "", "Session: 0123456789abcdef"))
            .as(method)
            .startsWith("RTSP/1.0 454 ");
      }
      String session =
          RawClient.session(client.request("SETUP", "/trackID=0", "Transport: RTP/AVP/TCP"));
      assertThat(client.request("TEARDOWN", "", "Session: " + session)).contains("200 OK");
      assertThat(client.request("PLAY", "", "Session: " + session)).startsWith("RTSP/1.0 454 ");
    }
  }

  @Test
  void a_head_without_end_closes_the_connection() throws IOException {
    try (RawClient client = client("one")) {
      client.write(new byte[20_000]);
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> client.request("OPTIONS", ""));
    }
  }

  @Test
  void takes_the_first_transport_offered_that_it_speaks() throws IOException {
    String offered = "RTP/AVP;multicast;client_port=5000-5001, RTP/AVP/TCP;interleaved=4-5";
    try (RawClient client = client("one")) {
      assertThat(client.request("SETUP", "/trackID=0", "Transport: " + offered))
          .contains("Transport: RTP/AVP/TCP;unicast;interleaved=4-5");
    }
  }

  @Test
  void a_silent_camera_answers_and_plays_on_from_a_key_picture_with_no_number_missing()
      throws IOException {
    try (RawClient client = client("one");
        RawClient other = client("two")) {
      client.play();
      other.play();
      Frame before = last(client.picture());
      simulator.misbehave("one", Fault.SILENT);
      // Not the next ten that are read: those may have been on their way since before.
      long silentUntil = simulator.counts("two").units() + 10;
      while (simulator.counts("two").units() < silentUntil) {
        other.picture();
      }
      simulator.behave("one");
      List<Frame> after = client.picture();
      for (int i = 0; i < 1000 && steps(before, after) < 5; i++) {
        before = last(after);
        after = client.picture();
      }
      assertThat(steps(before, after)).as("pictures that were not sent").isGreaterThanOrEqualTo(5);
      Frame first = rtp(after).get(0);
      assertThat(first.nalType()).as("begins with an SPS").isEqualTo(7);
      assertThat(first.sequence()).isEqualTo(before.sequence() + 1 & 0xffff);
      assertThat(client.request("OPTIONS", "")).contains("200 OK");
    }
  }

  @Test
  void a_camera_that_reboots_drops_its_clients_and_answers_503_while_the_other_plays_on()
      throws IOException {
    try (RawClient client = client("one");
        RawClient other = client("two")) {
      client.play();
      other.play();
      simulator.misbehave("one", Fault.REBOOTING);
      assertThatExceptionOfType(EOFException.class).isThrownBy(() -> endlessly(client));
      try (RawClient again = client("one")) {
        assertThat(again.request("DESCRIBE", "")).startsWith("RTSP/1.0 503 ");
      }
      other.picture();
      simulator.behave("one");
      try (RawClient again = client("one")) {
        assertThat(again.request("DESCRIBE", "")).startsWith("RTSP/1.0 200 ");
      }
    }
  }

  @Test
  void garbage_is_no_frame() throws IOException {
    try (RawClient client = client("one")) {
      client.play();
      client.picture();
      simulator.misbehave("one", Fault.GARBAGE);
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> endlessly(client))
          .withMessageContaining("not a frame");
    }
  }

  @Test
  void a_connection_may_end_within_a_frame() throws IOException {
    try (RawClient client = client("one")) {
      client.play();
      client.picture();
      simulator.misbehave("one", Fault.CLOSE_IN_FRAME);
      assertThatExceptionOfType(EOFException.class).isThrownBy(() -> endlessly(client));
    }
  }

  @Test
  void a_changed_password_lets_nobody_in_until_it_is_changed_back() throws IOException {
    simulator.misbehave("one", Fault.WRONG_PASSWORD);
    try (RawClient client = client("one")) {
      assertThat(client.request("DESCRIBE", "", "Authorization: Basic ZXllOnMzY3JldA=="))
          .startsWith("RTSP/1.0 401 ")
          .contains("WWW-Authenticate: Digest ");
      simulator.behave("one");
      assertThat(client.request("DESCRIBE", "")).startsWith("RTSP/1.0 200 ");
    }
  }

  @Test
  void closing_ends_every_connection_and_frees_the_port() throws IOException {
    try (RawClient client = client("one")) {
      client.play();
      int port = simulator.port();
      simulator.close();
      assertThatExceptionOfType(IOException.class).isThrownBy(() -> endlessly(client));
      assertThatExceptionOfType(IOException.class)
          .isThrownBy(() -> new Socket("127.0.0.1", port).close());
    }
  }

  private RawClient client(String camera) throws IOException {
    return new RawClient(simulator.address(camera));
  }

  private static Frame last(List<Frame> frames) {
    return frames.get(frames.size() - 1);
  }

  private static List<Frame> rtp(List<Frame> frames) {
    return frames.stream().filter(frame -> frame.channel() == 0).toList();
  }

  private static long steps(Frame before, List<Frame> after) {
    return (last(after).timestamp() - before.timestamp() & 0xffff_ffffL) / STEP;
  }

  private static void endlessly(RawClient client) throws IOException {
    while (true) {
      client.next();
    }
  }
}
