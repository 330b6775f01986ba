package io.kydai.console.http.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.kydai.console.config.ServerTls;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfSignedCertificateTest {
  private static final Clock NOW = Clock.systemUTC();

  @TempDir Path folder;

  private ServerTls.Files made(String name) {
    return SelfSignedCertificate.in(folder.resolve(name), List.of("localhost", "127.0.0.1"), NOW);
  }

  private static ServerCertificate read(ServerTls.Files files) {
    return new CertificateFiles(files).first();
  }

  @Test
  void itIsPrivateNamesTheHostAndStaysTheSame() throws Exception {
    ServerTls.Files files = made("tls");

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(files.key())))
        .isEqualTo("rw-------");
    ServerCertificate certificate = read(files);
    assertThat(certificate.leaf().getSubjectAlternativeNames())
        .containsExactly(List.of(2, "localhost"), List.of(7, "127.0.0.1"));
    assertThat(certificate.leaf().getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
    certificate.leaf().verify(certificate.leaf().getPublicKey());
    assertThat(certificate.fingerprint()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
    assertThat(read(made("tls")).fingerprint()).isEqualTo(certificate.fingerprint());
  }

  @Test
  void itIsMadeAnewWhenItsTimeIsOverOrItsKeyIsGone() throws Exception {
    ServerTls.Files files = made("tls");
    String first = read(files).fingerprint();

    Clock later = Clock.offset(NOW, Duration.ofDays(4000));
    SelfSignedCertificate.in(folder.resolve("tls"), List.of("localhost"), later);
    String second = read(files).fingerprint();
    assertThat(second).isNotEqualTo(first);

    Files.delete(files.key());
    SelfSignedCertificate.in(folder.resolve("tls"), List.of("localhost"), later);
    assertThat(read(files).fingerprint()).isNotEqualTo(second);
  }

  @Test
  void aChangeOfBothFilesIsNoticedAndABadPairIsNot() throws Exception {
    ServerTls.Files files = made("tls");
    CertificateFiles watched = new CertificateFiles(files);
    assertThat(watched.changed()).isEmpty();

    ServerTls.Files other = made("other");
    Files.copy(other.certificate(), files.certificate(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(watched.changed()).as("another's key").isEmpty();
    Files.copy(other.key(), files.key(), StandardCopyOption.REPLACE_EXISTING);
    assertThat(watched.changed().orElseThrow().fingerprint()).isEqualTo(read(other).fingerprint());
    assertThat(watched.changed()).isEmpty();

    Files.delete(files.key());
    assertThat(watched.changed()).as("a key that is gone").isEmpty();
    Files.copy(other.key(), files.key());
    assertThat(watched.changed()).as("the same as before").isEmpty();
  }

  @Test
  void whatCannotBeUsedIsRefusedWithoutRepeatingIt() throws Exception {
    ServerTls.Files files = made("tls");
    byte[] certificate = Files.readAllBytes(files.certificate());
    byte[] key = Files.readAllBytes(files.key());
    byte[] broken =
        "-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----\n"
            .getBytes(StandardCharsets.US_ASCII);

    assertThatThrownBy(() -> ServerCertificate.of(certificate, broken, "c.pem", "k.pem"))
        .isInstanceOf(InvalidCertificateException.class)
        .hasMessageContaining("k.pem")
        .hasMessageNotContaining("secret")
        .hasNoCause();
    assertThatThrownBy(() -> ServerCertificate.of(certificate, certificate, "c.pem", "k.pem"))
        .hasMessage("k.pem contains no private key in PEM");
    assertThatThrownBy(() -> ServerCertificate.of(key, key, "c.pem", "k.pem"))
        .isInstanceOf(InvalidCertificateException.class)
        .hasMessageContaining("c.pem");
    byte[] others = Files.readAllBytes(made("other").key());
    assertThatThrownBy(() -> ServerCertificate.of(certificate, others, "c.pem", "k.pem"))
        .hasMessageContaining("the server's own certificate must come first");
  }

  /** Each as {@code openssl} writes it: PKCS #8, PKCS #1, SEC 1 with its parameters, Ed25519. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048",
        "genrsa -traditional",
        "ecparam -genkey -name secp384r1",
        "genpkey -algorithm ED25519"
      })
  void keysOfOtherToolsAreRead(String command) throws Exception {
    Path key = folder.resolve("key.pem");
    Path certificate = folder.resolve("certificate.pem");
    openssl(command.replaceFirst("^\\S+", "$0 -out " + key));
    openssl("req -x509 -new -key " + key + " -subj /CN=localhost -out " + certificate);

    ServerCertificate read = read(new ServerTls.Files(certificate, key));

    assertThat(read.leaf().getSubjectX500Principal()).hasToString("CN=localhost");
    assertThat(read.keyManager()).isNotNull();
    assertThat(read).asString().startsWith("CN=localhost, valid until ");
  }

  @Test
  void anEncryptedKeyIsRefusedWithTheCommandThatHelps() throws Exception {
    Path key = folder.resolve("key.pem");
    openssl(
        "genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -aes256 -pass pass:x -out " + key);
    byte[] certificate = Files.readAllBytes(made("tls").certificate());
    byte[] encrypted = Files.readAllBytes(key);

    assertThatThrownBy(() -> ServerCertificate.of(certificate, encrypted, "c.pem", "k.pem"))
        .hasMessageContaining("openssl pkey -in k.pem");
  }

  private static void openssl(String arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of("openssl"));
    command.addAll(List.of(arguments.split(" ")));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      assumeTrue(false, "openssl is not installed");
      throw e;
    }
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }
}
