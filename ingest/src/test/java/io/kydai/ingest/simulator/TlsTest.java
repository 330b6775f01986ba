package io.kydai.ingest.simulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.kydai.ingest.simulator.media.Clip;
import io.kydai.ingest.simulator.tls.SelfSigned;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class TlsTest {
  private static final SimulatedCamera CAMERA =
      new SimulatedCamera("one", Clip.of(HandMadeClip.ofPairs(3)), 25);

  @Test
  void a_client_that_trusts_the_certificate_finds_it_good_for_the_host() throws Exception {
    try (CameraSimulator simulator = CameraSimulator.builder().tls(0).camera(CAMERA).start()) {
      assertThat(options(simulator)).startsWith("RTSP/1.0 200 OK");
    }
  }

  @Test
  void a_certificate_may_be_given_as_pem(@TempDir Path folder) throws Exception {
    SelfSigned own = SelfSigned.of("127.0.0.1");
    Path certificate = folder.resolve("camera.pem");
    Path key = folder.resolve("camera.key");
    pem(certificate, "CERTIFICATE", own.certificate().getEncoded());
    pem(key, "PRIVATE KEY", own.key().getEncoded());
    try (CameraSimulator simulator =
        CameraSimulator.builder().tls(0, certificate, key).camera(CAMERA).start()) {
      assertThat(simulator.certificate()).isEqualTo(own.certificate());
      assertThat(options(simulator)).startsWith("RTSP/1.0 200 OK");
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CameraSimulator.builder().tls(0, folder.resolve("no.pem"), key))
        .withMessageContaining("no.pem");
  }

  private static void pem(Path file, String what, byte[] bytes) throws IOException {
    String body = Base64.getMimeEncoder().encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN " + what + "-----\n" + body + "\n-----END " + what + "-----\n");
  }

  private static String options(CameraSimulator simulator)
      throws GeneralSecurityException, IOException {
    String address = simulator.securedAddress("one");
    URI uri = URI.create(address);
    try (SSLSocket socket =
        (SSLSocket)
            trusting(simulator.certificate())
                .getSocketFactory()
                .createSocket(uri.getHost(), uri.getPort())) {
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
      socket.setSSLParameters(parameters);
      socket
          .getOutputStream()
          .write(("OPTIONS " + address + " RTSP/1.0\r\nCSeq: 1\r\n\r\n").getBytes(US_ASCII));
      return new String(socket.getInputStream().readNBytes(15), US_ASCII);
    }
  }

  private static SSLContext trusting(X509Certificate certificate)
      throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
    store.load(null, null);
    store.setCertificateEntry("camera", certificate);
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return context;
  }
}
