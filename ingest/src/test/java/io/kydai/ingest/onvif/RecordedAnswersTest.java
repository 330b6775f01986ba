package io.kydai.ingest.onvif;

import static java.util.Objects.requireNonNull;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import io.kydai.ingest.onvif.discovery.FoundDevice;
import io.kydai.ingest.onvif.discovery.ProbeMessages;
import io.kydai.ingest.onvif.soap.MalformedXmlException;
import io.kydai.ingest.onvif.soap.XmlReader;
import io.kydai.ingest.source.CameraSource.Credentials;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Answers that others recorded of their cameras: the test data of npm's package onvif 0.8.1. */
class RecordedAnswersTest {
  private static final Pattern OPERATION = Pattern.compile("Body><(?:\\w+:)?(\\w+)");

  @TempDir private static Path folder;
  private final OnvifClient client = new OnvifClient(Clock.systemUTC());
  private Path answers;

  @BeforeEach
  void fetch() throws Exception {
    answers = folder.resolve("package/test/serverMockup");
    if (!Files.isDirectory(answers)) {
      assumeTrue(run("npm", "pack", "--silent", "onvif@0.8.1"), "needs npm and its registry");
      assumeTrue(run("tar", "xzf", "onvif-0.8.1.tgz"), "needs tar");
    }
  }

  private static boolean run(String... command) throws InterruptedException {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(60, SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  @AfterEach
  void close() {
    client.close();
  }

  private static <T> T of(CompletableFuture<T> future) throws Exception {
    return future.get(20, SECONDS);
  }

  @Test
  void aRecordedCameraTellsItsServicesProfilesAndAddresses() throws Exception {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          try (exchange) {
            String request =
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Matcher operation = OPERATION.matcher(request);
            byte[] answer =
                operation.find()
                    ? Files.readAllBytes(answers.resolve(operation.group(1) + ".xml"))
                    : new byte[0];
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
          }
        });
    server.start();
    try {
      URI service =
          URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/onvif/device_service");
      OnvifCamera device =
          of(client.connect(DeviceAccess.of(service, new Credentials("admin", "9999"))));
      assertThat(of(device.information()).maker()).isNotBlank();
      MediaProfile main = requireNonNull(StreamChoice.of(of(device.profiles())).main());
      assertThat(main.encoding()).isEqualTo("H264");
      assertThat(main.width()).isGreaterThanOrEqualTo(640);
      assertThat(of(device.streamAddress(main))).hasToString("rtsp://127.0.0.1/h264main");
      assertThat(of(device.snapshotAddress(main)).getHost()).isEqualTo("127.0.0.1");
      assertThat(device.hasPtz()).isTrue();
    } finally {
      server.stop(0);
    }
  }

  @Test
  void everyRecordedAnswerIsReadOrRefused() throws Exception {
    int read = 0;
    try (Stream<Path> files = Files.list(answers)) {
      for (Path file : files.toList()) {
        try {
          assertThat(XmlReader.read(Files.readAllBytes(file)).name()).isEqualTo("Envelope");
          read++;
        } catch (MalformedXmlException e) {
          assertThat(e.getMessage()).isNotEmpty();
        }
      }
    }
    assertThat(read).isGreaterThan(60);
  }

  @Test
  void aRecordedProbeMatchIsADevice() throws Exception {
    String probe = Files.readString(answers.resolve("Probe.xml"));
    String filled =
        probe.replaceAll("XAddrs>[^<]*<", "XAddrs>http://10.1.1.1/onvif/device_service<");
    String answer = filled.replaceAll("<wsa:RelatesTo>[^<]*</wsa:RelatesTo>", "");
    List<FoundDevice> found =
        new ProbeMessages()
            .matches(answer.getBytes(StandardCharsets.UTF_8), InetAddress.getByName("10.1.1.1"));
    assertThat(found).hasSize(1);
    assertThat(found.get(0).address())
        .isEqualTo(URI.create("http://10.1.1.1/onvif/device_service"));
    assertThat(found.get(0).name()).isNotBlank();
  }
}
