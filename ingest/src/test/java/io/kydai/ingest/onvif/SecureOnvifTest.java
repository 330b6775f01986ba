package io.kydai.ingest.onvif;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.ingest.onvif.soap.OnvifException;
import io.kydai.ingest.onvif.soap.OnvifException.Kind;
import io.kydai.ingest.simulator.onvif.OnvifSimulator;
import io.kydai.ingest.simulator.onvif.SimulatedProfile;
import io.kydai.ingest.source.CameraSource.Credentials;
import io.kydai.ingest.tls.TlsTrust;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class SecureOnvifTest {
  private static final char[] KEYS = "changeit".toCharArray();
  private static final Credentials ADMIN = new Credentials("admin", "s3cret");

  @TempDir Path folder;
  private KeyStore keys;

  /** The JDK's own tool makes the certificate, as a camera makes its own. */
  @BeforeEach
  void makeACertificate() throws Exception {
    Path file = folder.resolve("camera.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "camera",
                "-keyalg",
                "EC",
                "-dname",
                "CN=camera",
                "-ext",
                "san=ip:127.0.0.1",
                "-validity",
                "2",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                new String(KEYS))
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    assertThat(keytool.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(keytool.exitValue()).as(said).isZero();
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      keys.load(in, KEYS);
    }
  }

  private OnvifSimulator camera() throws Exception {
    KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
    factory.init(keys, KEYS);
    return OnvifSimulator.builder()
        .tls(SslContextBuilder.forServer(factory).build())
        .usernameToken("admin", "s3cret")
        .claims(URI.create("http://192.168.1.10/onvif/device_service"))
        .profile(
            new SimulatedProfile(
                "main", "Main", "H264", 640, 360, 25, URI.create("rtsp://192.168.1.10/main")))
        .start();
  }

  @Test
  void aTrustedCameraIsAskedOverTlsAndStaysThereThoughItNamesPlainHttp() throws Exception {
    X509Certificate certificate = (X509Certificate) keys.getCertificate("camera");
    String found =
        HexFormat.of()
            .formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    for (TlsTrust trust :
        List.of(new TlsTrust.Fingerprint(found), new TlsTrust.Authorities(List.of(certificate)))) {
      assertStaysOnTls(trust);
    }
  }

  private void assertStaysOnTls(TlsTrust trust) throws Exception {
    try (OnvifSimulator camera = camera();
        OnvifClient client = new OnvifClient(Clock.systemUTC())) {
      OnvifCamera seen =
          client
              .connect(new DeviceAccess(camera.address(), ADMIN, trust))
              .get(20, TimeUnit.SECONDS);

      MediaProfile main = seen.profiles().get(20, TimeUnit.SECONDS).get(0);
      assertThat(seen.snapshotAddress(main).get(20, TimeUnit.SECONDS).toString())
          .startsWith("https://" + camera.address().getAuthority() + "/");
    }
  }

  @Test
  void aCameraThatNobodyTrustsIsToldNothingAndItsFingerprintIsNamed() throws Exception {
    try (OnvifSimulator camera = camera();
        OnvifClient client = new OnvifClient(Clock.systemUTC())) {
      for (TlsTrust trust : List.of(TlsTrust.PLATFORM, new TlsTrust.Fingerprint("00".repeat(32)))) {
        assertThatThrownBy(
                () ->
                    client
                        .connect(new DeviceAccess(camera.address(), ADMIN, trust))
                        .get(20, TimeUnit.SECONDS))
            .satisfies(e -> assertThat(OnvifException.of(e).kind()).isEqualTo(Kind.UNREACHABLE))
            .hasMessageMatching(".*SHA-256 fingerprint .*is [0-9a-f]{64}.*");
      }
    }
  }
}
