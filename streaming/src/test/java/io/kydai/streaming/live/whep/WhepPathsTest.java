package io.kydai.streaming.live.whep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.concurrent.SerialExecutor;
import io.kydai.ingest.media.AccessUnit;
import io.kydai.ingest.media.Codec;
import io.kydai.ingest.media.CodecParameters;
import io.kydai.ingest.media.WallClockSource;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.live.LiveStream;
import io.kydai.streaming.live.whep.sdp.IceFragment;
import io.kydai.streaming.live.whep.sdp.Offer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * By which way pictures go to a browser: where it was first, elsewhere once it has answered from
 * there, by TCP where it comes by that.
 */
@Timeout(60)
class WhepPathsTest {
  private static final int MILLIS = 20_000;

  /** Of the offer: what the browser answers checks with. */
  private static final String BROWSERS_PASSWORD = "P2uYro0UCOQ4zxjKXaWCBui1";

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final LiveStream live =
      new LiveStream(
          new CameraId("gate"), new SerialExecutor("camera gate", Runnable::run), lost -> {});
  private WhepServer server;
  private TestBrowser browser;
  private long sequence;

  @BeforeEach
  void start() throws Exception {
    server = serverAt(0);
    browser = new TestBrowser();
    // Its three packets: parameter sets, and the picture.
    picture(true);
  }

  private WhepServer serverAt(int port) throws IOException {
    return new WhepServer(
        new WhepSettings(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
            List.of(InetAddress.getLoopbackAddress())),
        Clock.fixed(Instant.EPOCH, ZoneOffset.UTC),
        () -> 1_000_000_000L,
        metrics);
  }

  @AfterEach
  void stop() {
    browser.close();
    server.close();
  }

  private void picture(boolean key) {
    byte[] sps = {0x67, 0x42, 0, 0x1e, 1};
    byte[] data = new byte[500];
    ByteBuffer.wrap(data).putInt(data.length - 4).put((byte) (key ? 0x65 : 0x41));
    live.add(
        new AccessUnit(
            new CameraId("gate"),
            new CodecParameters(Codec.H264, 320, 180, List.of(sps), List.of(new byte[] {0x68, 1})),
            sequence,
            sequence * 3_600,
            sequence++ * 3_600,
            Instant.EPOCH,
            WallClockSource.ARRIVAL,
            key,
            false,
            false,
            ByteBuffer.wrap(data)));
  }

  private WhepAnswer opened(int port) throws Exception {
    WhepAnswer answer = server.open(Offer.parse(browser.offer()), live::watch, () -> {}).get();
    browser.answer(answer.sdp(), port);
    return answer;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("too late");
      }
      Thread.onSpinWait();
    }
  }

  private double dropped() {
    return metrics.get("kydai.streaming.whep.datagrams.dropped").counter().count();
  }

  private static boolean isVideo(byte[] packet) {
    int type = packet.length > 12 ? packet[1] & 0xff : 0;
    return packet.length > 12 && (packet[0] & 0xc0) == 0x80 && (type < 200 || type > 206);
  }

  private byte[] video() throws Exception {
    byte[] packet = browser.media(MILLIS);
    for (int i = 0; i < 20 && !isVideo(packet); i++) {
      packet = browser.media(MILLIS);
    }
    assertThat(isVideo(packet)).isTrue();
    return packet;
  }

  /** Another address, such as of another network that the browser is in now, or of a victim. */
  private static final class Elsewhere implements AutoCloseable {
    final DatagramSocket socket;
    private final int server;

    Elsewhere(int server) throws Exception {
      this.server = server;
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      socket.setSoTimeout(MILLIS);
    }

    void send(byte[] datagram) throws Exception {
      socket.send(
          new DatagramPacket(datagram, datagram.length, InetAddress.getLoopbackAddress(), server));
    }

    byte[] receive() throws Exception {
      DatagramPacket packet = new DatagramPacket(new byte[2_048], 2_048);
      socket.receive(packet);
      return Arrays.copyOf(packet.getData(), packet.getLength());
    }

    /** Sends a check, and returns whether an answer has come in a tenth of a second. */
    boolean isAnswered(byte[] check) throws Exception {
      send(check);
      socket.setSoTimeout(100);
      try {
        return receive().length > 0;
      } catch (SocketTimeoutException e) {
        return false;
      } finally {
        socket.setSoTimeout(MILLIS);
      }
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  /**
   * The answer that RFC 8489 wants, without the mapped address, which a lite agent does not read.
   */
  private static byte[] answer(byte[] request, String password) throws Exception {
    ByteBuffer out = ByteBuffer.allocate(20 + 24 + 8);
    out.putShort((short) 0x0101).putShort((short) 24).put(request, 4, 16);
    Mac mac = Mac.getInstance("HmacSHA1");
    mac.init(new SecretKeySpec(password.getBytes(StandardCharsets.UTF_8), "HmacSHA1"));
    byte[] integrity = mac.doFinal(Arrays.copyOf(out.array(), 20));
    out.putShort((short) 8).putShort((short) 20).put(integrity).putShort(2, (short) 32);
    CRC32 sum = new CRC32();
    sum.update(out.array(), 0, 44);
    out.putShort((short) 0x8028).putShort((short) 4).putInt((int) sum.getValue() ^ 0x5354554e);
    return out.array();
  }

  @Test
  void picturesMoveToAnotherAddressOnlyWhenTheBrowserAnswersThere() throws Exception {
    opened(server.port());
    browser.connect();
    for (int packet = 0; packet < 3; packet++) {
      video();
    }
    try (Elsewhere other = new Elsewhere(server.port())) {
      // Whoever has seen the browser's check can send it from anywhere.
      other.send(browser.check());
      byte[] question = other.receive();
      byte[] answered = question;
      if (question[1] != 1) {
        question = other.receive();
      } else {
        answered = other.receive();
      }
      assertThat(question).startsWith(0, 1);
      assertThat(answered).startsWith(1, 1);
      picture(false);
      video();
      double before = dropped();
      other.send(answer(question, "not the browser's password"));
      other.send(answer(browser.check(), BROWSERS_PASSWORD));
      await(() -> dropped() >= before + 2);
      picture(false);
      video();
      other.send(answer(question, BROWSERS_PASSWORD));
      // Answered again, so that what was sent before it has been handled.
      other.send(browser.check());
      assertThat(other.receive()).startsWith(1, 1);
      picture(false);
      byte[] moved = other.receive();
      for (int i = 0; i < 20 && !isVideo(moved); i++) {
        moved = other.receive();
      }
      assertThat(isVideo(moved)).isTrue();
    }
  }

  @Test
  void aRestartOfIceGivesAddressesBack() throws Exception {
    WhepAnswer answer = opened(server.port());
    browser.connect();
    video();
    List<Elsewhere> others = new ArrayList<>();
    try {
      for (int i = 1; i < WhepSession.MOST_ADDRESSES; i++) {
        Elsewhere other = new Elsewhere(server.port());
        others.add(other);
        other.send(browser.check());
        other.receive();
      }
      Elsewhere oneMore = new Elsewhere(server.port());
      others.add(oneMore);
      double before = dropped();
      oneMore.send(browser.check());
      await(() -> dropped() > before);
      IceFragment fragment =
          IceFragment.parse("a=ice-ufrag:EsAw\r\na=ice-pwd:" + BROWSERS_PASSWORD + "\r\n");
      WhepAnswer again = server.restart(answer.session(), fragment).orElseThrow();
      browser.answer(again.sdp(), server.port());
      // One that comes before the port's loop knows the new names is dropped: it is sent again.
      boolean answered = false;
      for (int i = 0; i < 200 && !answered; i++) {
        answered = oneMore.isAnswered(browser.check());
      }
      assertThat(answered).isTrue();
    } finally {
      others.forEach(Elsewhere::close);
    }
  }

  @Test
  void aBrowserThatComesByTcpGetsItsPicturesByIt() throws Exception {
    try (TcpRelay relay = new TcpRelay(server.port())) {
      WhepAnswer answer = opened(relay.port());
      assertThat(answer.sdp())
          .containsPattern(
              "a=candidate:2 1 tcp \\d+ 127.0.0.1 " + server.port() + " typ host tcptype passive");
      browser.connect();
      video();
      picture(false);
      video();
      assertThat(server.sessions()).isEqualTo(1);
      server.end(answer.session(), "a test");
      await(relay::ended);
    }
    await(() -> server.sessions() == 0);
  }

  @Test
  void whereAnotherProgramHasThePortByTcpPicturesComeByUdp() throws Exception {
    try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      server.close();
      server = serverAt(other.getLocalPort());
      assertThat(server.tcpFault().orElseThrow()).contains("TCP", "" + other.getLocalPort());
      WhepAnswer answer = opened(server.port());
      assertThat(answer.sdp()).contains(" udp ").doesNotContain(" tcp ");
      browser.connect();
      video();
    }
  }

  @Test
  void whereAnotherProgramHasThePortByUdpThereIsNoServer() throws Exception {
    int port = server.port();
    assertThatThrownBy(() -> serverAt(port))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("UDP", "" + port);
  }

  @Test
  void aConnectionThatSendsMoreThanADatagramIsClosed() throws Exception {
    try (TcpRelay relay = new TcpRelay(server.port());
        DatagramSocket stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      byte[] large = new byte[UdpPort.LARGEST + 1];
      stranger.send(
          new DatagramPacket(large, large.length, InetAddress.getLoopbackAddress(), relay.port()));
      await(relay::ended);
    }
  }
}
