package io.kydai.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.ingest.camera.IngestSettings;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.CollectedUnits;
import io.kydai.ingest.media.NalUnitsOfFile;
import io.kydai.ingest.rtp.packet.RtpBytes;
import io.kydai.ingest.rtsp.RtspSettings;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.CameraSource;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CollectedStatuses;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Cameras that send over UDP, or say so. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DatagramTest {
  private static final CameraId GATE = new CameraId("gate");
  private static final Pattern CLIENT_PORT = Pattern.compile("client_port=(\\d+)-(\\d+)");
  private static final IngestSettings SETTINGS =
      new IngestSettings(
          Duration.ofSeconds(2),
          new RtspSettings(Duration.ofSeconds(2), Duration.ofMillis(200), Duration.ofMillis(300)),
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(30),
          Duration.ofMillis(50),
          Duration.ofMillis(100),
          Duration.ofSeconds(1));

  private final CollectedStatuses statuses = new CollectedStatuses();
  private final CollectedUnits units = new CollectedUnits();
  private final Ingest ingest =
      new Ingest(Clock.systemUTC(), new SimpleMeterRegistry(), statuses, SETTINGS);

  @BeforeEach
  void subscribe() {
    ingest.subscribe(GATE, units);
  }

  @AfterEach
  void close() {
    ingest.close();
  }

  /** Answers up to SETUP; returns the request for that. */
  private static String upToSetup(ScriptedCamera.Conversation camera) throws IOException {
    camera.answer("200 OK", "", "");
    camera.answer("200 OK", "", ScriptedCamera.H264);
    return camera.request();
  }

  private static void playFrames(ScriptedCamera.Conversation camera, String setup)
      throws IOException {
    camera.answerTo(setup, "200 OK", "Session: 1\r\n", "");
    camera.answer("200 OK", "", "");
    for (int i = 0; i < 3; i++) {
      camera.picture(i);
    }
  }

  @Test
  void aCameraWhoseDatagramsDoNotGetThroughIsAskedForFramesAndThatIsRemembered() throws Exception {
    try (ScriptedCamera camera =
        new ScriptedCamera(
            conversation -> {
              String setup = upToSetup(conversation);
              if (setup.contains("client_port")) {
                String answer = "Session: 1\r\nTransport: RTP/AVP;unicast;client_port=1-2\r\n";
                conversation.answerTo(setup, "200 OK", answer, "");
                conversation.answer("200 OK", "", "");
                conversation.awaitEnd();
              } else {
                playFrames(conversation, setup); // And then the connection breaks.
              }
            })) {
      ingest.add(CameraSource.of(GATE, camera.url()).over(Transport.UDP));
      assertThat(units.take(3).get(0).keyFrame()).isTrue();
      statuses.await(GATE, CameraState.BACKING_OFF);
      statuses.await(GATE, CameraState.LIVE);
      List<String> setups =
          camera.requests().stream().filter(one -> one.startsWith("SETUP")).limit(3).toList();
      assertThat(setups.get(0)).contains("Transport: RTP/AVP;unicast;client_port=");
      assertThat(setups.get(1)).contains("interleaved=0-1");
      assertThat(setups.get(2)).contains("interleaved=0-1");
      assertThat(camera.requests()).anyMatch(one -> one.startsWith("TEARDOWN"));
    }
  }

  @Test
  void aCameraThatRefusesBothWaysIsNamedAfterOneTryOfEach() throws Exception {
    try (ScriptedCamera camera =
        new ScriptedCamera(
            conversation ->
                conversation.answerTo(
                    upToSetup(conversation), "461 Unsupported Transport", "", ""))) {
      ingest.add(CameraSource.of(GATE, camera.url()));
      assertThat(statuses.await(GATE, CameraState.BACKING_OFF).lastError().orElseThrow())
          .contains("does not offer RTP in the way that was asked for");
      assertThat(camera.requests().stream().filter(one -> one.startsWith("SETUP")).limit(2))
          .hasSize(2)
          .anyMatch(one -> one.contains("interleaved"))
          .anyMatch(one -> one.contains("client_port"));
    }
  }

  private static void send(DatagramSocket from, int port, byte[] packet) throws IOException {
    from.send(new DatagramPacket(packet, packet.length, InetAddress.getLoopbackAddress(), port));
  }

  private static byte[] picture(int sequence, String slice) {
    ByteBuf packet = RtpBytes.packet(sequence, sequence * 3600L, true, slice);
    return ByteBufUtil.getBytes(packet);
  }

  private static byte[] receive(DatagramSocket at) throws IOException {
    DatagramPacket packet = new DatagramPacket(new byte[100], 100);
    at.setSoTimeout(10_000);
    at.receive(packet);
    return Arrays.copyOf(packet.getData(), packet.getLength());
  }

  @Test
  void datagramsAreTakenFromTheCameraAloneWhichGetsTheFirstOnesFromUs() throws Exception {
    InetAddress loopback = InetAddress.getLoopbackAddress();
    InetAddress stranger = InetAddress.getByName("127.0.0.2");
    try (DatagramSocket rtp = new DatagramSocket(0, loopback);
        DatagramSocket rtcp = new DatagramSocket(0, loopback);
        DatagramSocket foreign = new DatagramSocket(0, stranger);
        ScriptedCamera camera =
            new ScriptedCamera(
                conversation -> {
                  String setup = upToSetup(conversation);
                  Matcher ports = CLIENT_PORT.matcher(setup);
                  assertThat(ports.find()).isTrue();
                  int port = Integer.parseInt(ports.group(1));
                  assertThat(port).isEven();
                  assertThat(ports.group(2)).isEqualTo(Integer.toString(port + 1));
                  String transport =
                      "Transport: RTP/AVP/UDP;unicast;client_port="
                          + ports.group(1)
                          + "-"
                          + ports.group(2)
                          + ";server_port="
                          + rtp.getLocalPort()
                          + "-"
                          + rtcp.getLocalPort()
                          + ";ssrc= 12\r\nSession: 1\r\n";
                  conversation.answerTo(setup, "200 OK", transport, "");
                  conversation.answer("200 OK", "", "");
                  // Those after SETUP, then those after PLAY.
                  for (int i = 0; i < 2; i++) {
                    assertThat(receive(rtp)).hasSize(12).startsWith(0x80);
                    assertThat(receive(rtcp)).hasSize(8).startsWith(0x80, 0xc9, 0, 1);
                  }
                  send(foreign, port, picture(0, "658884ff"));
                  send(rtp, port, new byte[2049]);
                  send(rtp, port, picture(0, "65888400"));
                  send(rtp, port, picture(1, "419a2401"));
                  send(rtp, port, picture(2, "419a2402"));
                  conversation.awaitEnd();
                })) {
      ingest.add(CameraSource.of(GATE, camera.url()).over(Transport.UDP));
      List<AccessUnit> taken = units.take(2);
      assertThat(NalUnitsOfFile.slices(taken.get(0))).hasSize(1);
      byte[] first = new byte[taken.get(0).size()];
      taken.get(0).data().get(first);
      assertThat(first).endsWith(0x65, 0x88, 0x84, 0x00);
      assertThat(camera.requests()).noneMatch(one -> one.contains("interleaved"));
    }
  }
}
