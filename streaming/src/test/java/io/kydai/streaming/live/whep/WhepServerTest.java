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
import io.kydai.streaming.live.whep.srtp.SecureReceiver;
import io.kydai.streaming.live.whep.srtp.SecureSender;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.bouncycastle.tls.DTLSTransport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sessions over real sockets, with BouncyCastle's client of DTLS as the other end: what comes, what
 * comes again, what is dropped, and how they end. The clock stands until a test moves it.
 */
@Timeout(60)
class WhepServerTest {
  private static final int MILLIS = 20_000;

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final AtomicLong nanos = new AtomicLong(1_000_000_000L);
  private final AtomicInteger ended = new AtomicInteger();
  private final LiveStream live =
      new LiveStream(
          new CameraId("gate"), new SerialExecutor("camera gate", Runnable::run), lost -> {});
  private WhepServer server;
  private TestBrowser browser;
  private long sequence;

  @BeforeEach
  void start() throws Exception {
    server =
        new WhepServer(
            new WhepSettings(
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                List.of(InetAddress.getLoopbackAddress())),
            Clock.fixed(Instant.EPOCH, java.time.ZoneOffset.UTC),
            nanos::get,
            metrics);
    browser = new TestBrowser();
  }

  @AfterEach
  void stop() {
    browser.close();
    server.close();
  }

  private void picture(boolean key, int reordered) {
    byte[] sps = {0x67, 0x42, 0, 0x1e, 1};
    byte[] data = new byte[3_000];
    Arrays.fill(data, (byte) sequence);
    ByteBuffer.wrap(data).putInt(data.length - 4).put((byte) (key ? 0x65 : 0x41));
    long time = sequence * 3_600;
    live.add(
        new AccessUnit(
            new CameraId("gate"),
            new CodecParameters(Codec.H264, 320, 180, List.of(sps), List.of(new byte[] {0x68, 1})),
            sequence++,
            time + reordered,
            time,
            Instant.EPOCH,
            WallClockSource.ARRIVAL,
            key,
            false,
            false,
            ByteBuffer.wrap(data)));
  }

  private CompletableFuture<WhepAnswer> asked() throws Exception {
    return server.open(Offer.parse(browser.offer()), live::watch, ended::incrementAndGet);
  }

  private WhepAnswer opened() throws Exception {
    if (sequence == 0) {
      picture(true, 0);
    }
    WhepAnswer answer = asked().get();
    browser.answer(answer.sdp(), server.port());
    return answer;
  }

  private double count(String name) {
    return metrics.get("kydai.streaming.whep." + name).counter().count();
  }

  private static int sequence(byte[] packet) {
    return ByteBuffer.wrap(packet).getShort(2) & 0xffff;
  }

  /** The next packet of video, past reports. */
  private byte[] video() throws Exception {
    byte[] packet = browser.media(MILLIS);
    for (int i = 0; i < 20 && isControl(packet); i++) {
      packet = browser.media(MILLIS);
    }
    assertThat(isControl(packet)).isFalse();
    return packet;
  }

  private static boolean isControl(byte[] packet) {
    return packet.length > 1 && (packet[1] & 0xff) >= 200 && (packet[1] & 0xff) <= 206;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    while (!condition.getAsBoolean()) {
      if (Thread.interrupted()) {
        throw new InterruptedException("too late");
      }
      Thread.onSpinWait();
    }
  }

  private void awaitEnd() throws Exception {
    await(() -> server.sessions() == 0);
    await(() -> ended.get() == 1);
  }

  @Test
  void thePicturesOfTheNewestGroupComeAtOnceAndALostPacketComesAgain() throws Exception {
    picture(true, 0);
    picture(false, 0);
    opened();
    browser.connect();
    // Two parameter sets and three fragments; then three more of the second picture.
    byte[] first = video();
    assertThat(first[1] & 0x7f).isEqualTo(103);
    byte[] last = first;
    for (int i = 1; i < 8; i++) {
      last = video();
      assertThat(sequence(last)).isEqualTo(sequence(first) + i & 0xffff);
      assertThat((last[1] & 0x80) != 0).isEqualTo(i == 4 || i == 7);
    }
    byte[] nack = new byte[16 + SecureSender.growth()];
    ByteBuffer.wrap(nack)
        .putInt(0x81cd0003)
        .putInt(7)
        .putInt(ByteBuffer.wrap(first).getInt(8))
        .putShort((short) (sequence(first) + 3))
        .putShort((short) 1);
    SecureSender sender = new SecureSender(browser.keys);
    browser.send(Arrays.copyOf(nack, sender.rtcp(nack, 16)));
    for (int i = 0; i < 2; i++) {
      byte[] again = video();
      assertThat(again[1] & 0x7f).isEqualTo(104);
      assertThat(ByteBuffer.wrap(again).getInt(4))
          .isIn(ByteBuffer.wrap(first).getInt(4), ByteBuffer.wrap(first).getInt(4) + 90);
    }
    assertThat(count("packets.repeated")).isEqualTo(2);
    assertThat(count("packets")).isEqualTo(8);
  }

  @Test
  void afterARequestForAKeyFrameTheGroupComesAgain() throws Exception {
    opened();
    browser.connect();
    byte[] first = video();
    for (int i = 1; i < 5; i++) {
      video();
    }
    byte[] lossless = new byte[12 + SecureSender.growth()];
    ByteBuffer.wrap(lossless).putInt(0x81ce0002).putInt(7).putInt(8);
    nanos.addAndGet(Duration.ofSeconds(WhepSession.AGAIN_SECONDS).toNanos());
    SecureSender sender = new SecureSender(browser.keys);
    browser.send(Arrays.copyOf(lossless, sender.rtcp(lossless, 12)));
    byte[] again = video();
    assertThat(sequence(again)).isEqualTo(sequence(first) + 5 & 0xffff);
    assertThat(ByteBuffer.wrap(again).getInt(4)).isGreaterThan(ByteBuffer.wrap(first).getInt(4));
    assertThat(count("key.frames.wanted")).isEqualTo(1);
  }

  @Test
  void senderReportsComeEachSecondAndAreAuthentic() throws Exception {
    opened();
    browser.connect();
    byte[] packet = browser.media(MILLIS);
    while ((packet[1] & 0xff) != 200) {
      packet = browser.media(MILLIS);
    }
    assertThat(new SecureReceiver(browser.keys).rtcp(packet)).isGreaterThan(28);
    assertThat(ByteBuffer.wrap(packet).getInt(8)).isEqualTo((int) 2_208_988_800L);
  }

  @Test
  void checksOfStrangersAreNotAnswered() throws Exception {
    opened();
    browser.send(TestBrowser.check("nobody:EsAw", browser.password()));
    String ours = new String(browser.check(), java.nio.charset.StandardCharsets.ISO_8859_1);
    String user = ours.substring(24, 24 + 17);
    browser.send(TestBrowser.check(user, "another password of 22"));
    browser.send(TestBrowser.check(user.replace("EsAw", "else"), browser.password()));
    browser.send(new byte[] {22, 1, 2, 3});
    browser.send(new byte[] {(byte) 0x80, 1, 2, 3});
    browser.send(browser.check());
    // The answer is to the last one: the port answers in order.
    assertThat(browser.receive(MILLIS)[0]).isEqualTo((byte) 1);
    assertThat(browser.receive(1)).isEmpty();
    assertThat(count("datagrams.dropped")).isEqualTo(5);
  }

  @Test
  void aRestartOfIceChangesTheNamesAndTheSessionGoesOn() throws Exception {
    WhepAnswer answer = opened();
    browser.connect();
    video();
    byte[] before = browser.check();
    IceFragment fragment =
        IceFragment.parse("a=ice-ufrag:EsAw\r\na=ice-pwd:P2uYro0UCOQ4zxjKXaWCBui1\r\n");
    WhepAnswer again = server.restart(answer.session(), fragment).orElseThrow();
    assertThat(again.tag()).isNotEqualTo(answer.tag());
    assertThat(server.tag(answer.session())).contains(again.tag());
    browser.answer(again.sdp(), server.port());
    byte[] next = new byte[1];
    while (next.length == 0 || next[0] != 1) {
      // As a browser does, until it is answered.
      browser.send(browser.check());
      next = browser.receive(1_000);
    }
    // The names before are forgotten now.
    double dropped = count("datagrams.dropped");
    browser.send(before);
    await(() -> count("datagrams.dropped") > dropped);
    picture(false, 0);
    assertThat(video()).isNotEmpty();
    assertThat(server.restart("none", fragment)).isEmpty();
  }

  @Test
  void aBrowserThatNeverComesIsGivenUp() throws Exception {
    opened();
    assertThat(server.sessions()).isEqualTo(1);
    nanos.addAndGet(Duration.ofSeconds(WhepSession.CONNECT_SECONDS).toNanos());
    awaitEnd();
  }

  @Test
  void withoutConsentASessionEnds() throws Exception {
    opened();
    browser.connect();
    video();
    nanos.addAndGet(Duration.ofSeconds(WhepSession.CONSENT_SECONDS).toNanos());
    awaitEnd();
    assertThat(live.viewers()).isZero();
  }

  @Test
  void aBrowserThatSaysGoodbyeEndsItsSession() throws Exception {
    opened();
    DTLSTransport dtls = browser.connect();
    video();
    dtls.close();
    awaitEnd();
  }

  @Test
  void theEndOfTheCameraIsTheSessions() throws Exception {
    opened();
    browser.connect();
    video();
    live.end();
    awaitEnd();
  }

  @Test
  void anotherCertificateThanTheOffersGetsNoPictures() throws Exception {
    picture(true, 0);
    WhepAnswer answer =
        server
            .open(
                Offer.parse(io.kydai.streaming.live.whep.sdp.OfferTest.CHROMIUM),
                live::watch,
                ended::incrementAndGet)
            .get();
    browser.answer(answer.sdp(), server.port());
    assertThatThrownBy(browser::connect).hasMessageContaining("bad_certificate");
    awaitEnd();
    assertThat(count("packets")).isZero();
  }

  @Test
  void aCameraWithBPicturesIsRefusedInWords() throws Exception {
    picture(true, 3_600);
    assertThatThrownBy(() -> asked().get())
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(UnplayableStreamException.class)
        .hasMessageContaining("B-pictures");
    assertThat(server.sessions()).isZero();
    assertThat(live.viewers()).isZero();
  }

  @Test
  void withoutAPictureAnOfferWaitsAndMayBeGivenUp() throws Exception {
    CompletableFuture<WhepAnswer> waiting = asked();
    assertThat(waiting).isNotDone();
    assertThat(server.sessions()).isEqualTo(1);
    waiting.cancel(false);
    assertThat(server.sessions()).isZero();
    assertThat(live.viewers()).isZero();
  }

  @Test
  void moreSessionsThanThereArePlacesForAreRefused() throws Exception {
    for (int i = 0; i < WhepServer.MOST_SESSIONS; i++) {
      int viewers = live.viewers();
      assertThat(viewers).isLessThan(64);
      picture(true, 0);
      asked().get();
    }
    assertThatThrownBy(() -> asked().get()).hasCauseInstanceOf(TooManySessionsException.class);
  }

  /** Whatever bytes come from an address that was checked, the session goes on. */
  @Test
  void bytesOfAnyKindDoNoHarm() throws Exception {
    opened();
    browser.connect();
    video();
    Random random = new Random(11);
    for (int round = 0; round < 2_000; round++) {
      byte[] datagram = new byte[random.nextInt(200)];
      random.nextBytes(datagram);
      if (datagram.length > 0) {
        datagram[0] = (byte) new int[] {0, 22, 128, 200, random.nextInt(256)}[round % 5];
      }
      browser.send(datagram);
    }
    byte[] packet = video();
    browser.send(browser.check());
    while (packet.length > 0 && packet[0] != 1) {
      packet = browser.receive(MILLIS);
    }
    assertThat(packet).isNotEmpty();
    assertThat(server.sessions()).isEqualTo(1);
  }
}
