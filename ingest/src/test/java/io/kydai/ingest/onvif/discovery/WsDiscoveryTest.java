package io.kydai.ingest.onvif.discovery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.MulticastSocket;
import java.net.NetworkInterface;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(90)
class WsDiscoveryTest {
  private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

  private static byte[] matches(String relatesTo, String... matches) {
    return ("<Envelope><Header><RelatesTo>"
            + relatesTo
            + "</RelatesTo></Header><Body><ProbeMatches>"
            + String.join("", matches)
            + "</ProbeMatches></Body></Envelope>")
        .getBytes(UTF_8);
  }

  private static String match(String endpoint, String addresses) {
    return "<ProbeMatch><EndpointReference><Address>%s</Address></EndpointReference>"
            .formatted(endpoint)
        + "<XAddrs>%s</XAddrs></ProbeMatch>".formatted(addresses);
  }

  private static String id(ProbeMessages messages) {
    Matcher id =
        Pattern.compile("MessageID>([^<]+)<").matcher(new String(messages.probes().get(1), UTF_8));
    assertThat(id.find()).isTrue();
    return id.group(1);
  }

  @ParameterizedTest(name = "{0} from 10.0.0.5 is at {1}")
  @CsvSource({
    "http://10.0.0.5/onvif/device_service, http://10.0.0.5/onvif/device_service",
    "http://169.254.1.2/a http://10.0.0.5:8080/b, http://10.0.0.5:8080/b",
    "http://10.0.0.5/a http://[fe80::1]/a, http://10.0.0.5/a",
    "https://10.0.0.5/s http://10.0.0.5/p, http://10.0.0.5/p",
    "https://10.0.0.5/s, https://10.0.0.5/s",
    "http://192.168.1.10:8899/a, http://10.0.0.5/a",
    "http://10.0.0.50/a, http://10.0.0.5/a",
    "'', http://10.0.0.5/onvif/device_service",
    "http://user:pw@10.0.0.5/a, http://10.0.0.5/a",
    "file:///etc/passwd, http://10.0.0.5/onvif/device_service",
  })
  void anAddressIsAtTheHostThatAnswered(String given, String expected) throws Exception {
    ProbeMessages messages = new ProbeMessages();

    assertThat(
            messages.matches(
                matches(id(messages), match("urn:uuid:1", given)),
                InetAddress.getByName("10.0.0.5")))
        .extracting(FoundDevice::address)
        .containsExactly(URI.create(expected));
  }

  @Test
  void answersToSomebodyElseAndMoreThanSixteenOfOneAreLeftOut() throws Exception {
    ProbeMessages messages = new ProbeMessages();
    String[] many = new String[100];
    for (int i = 0; i < many.length; i++) {
      many[i] = match("urn:uuid:" + i, "http://127.0.0.1/" + i);
    }

    assertThat(messages.matches(matches("uuid:another", many), LOOPBACK)).isEmpty();
    assertThat(messages.matches(matches("urn:" + id(messages), many), LOOPBACK)).hasSize(16);
  }

  @Test
  void aMulticastProbeIsHeardAndOneCameraThatAnswersTwiceIsOne() throws Exception {
    NetworkInterface loopback = NetworkInterface.getByInetAddress(LOOPBACK);
    MultiThreadIoEventLoopGroup loop =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try (MulticastSocket camera = new MulticastSocket(0)) {
      InetSocketAddress group = new InetSocketAddress("239.255.255.250", camera.getLocalPort());
      camera.joinGroup(group, loopback);
      CompletableFuture<Void> answering = CompletableFuture.runAsync(() -> answer(camera));

      List<FoundDevice> found =
          new WsDiscovery(loop)
              .probe(List.of(LOOPBACK), group, Duration.ofSeconds(3))
              .get(10, TimeUnit.SECONDS);

      answering.get(10, TimeUnit.SECONDS);
      assertThat(found).extracting(FoundDevice::endpoint).containsExactly("urn:uuid:twice");
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).sync();
    }
  }

  /** Answers the first two probes with nonsense first, and in two shapes. */
  private static void answer(MulticastSocket camera) {
    try {
      for (int i = 0; i < 2; i++) {
        DatagramPacket probe = new DatagramPacket(new byte[4_096], 4_096);
        camera.receive(probe);
        String text = new String(probe.getData(), 0, probe.getLength(), UTF_8);
        Matcher id = Pattern.compile("MessageID>([^<]+)<").matcher(text);
        assertThat(id.find()).isTrue();
        for (byte[] bytes :
            List.of(
                "no XML".getBytes(UTF_8),
                new byte[20_000],
                matches(id.group(1), match("urn:uuid:twice", "http://127.0.0.1/" + i)))) {
          camera.send(new DatagramPacket(bytes, bytes.length, probe.getSocketAddress()));
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
