package io.kydai.ingest.tls;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.kydai.ingest.GStreamerServer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.util.Base64;

/** A certificate that signs itself, as a camera's does, made by the JDK's keytool. */
public final class OwnCertificate {
  private static final String PASSWORD = "changeit";

  private final X509Certificate certificate;
  private final Path file;

  private OwnCertificate(X509Certificate certificate, Path file) {
    this.certificate = certificate;
    this.file = file;
  }

  /**
   * Makes one.
   *
   * @param folder to put its files into
   * @param host such as {@code ip:127.0.0.1} or {@code dns:gate.example}
   */
  public static OwnCertificate of(Path folder, String host)
      throws IOException, InterruptedException, GeneralSecurityException {
    String name = host.replaceAll("[^a-z0-9]", "-");
    Path keys = folder.resolve(name + ".p12");
    GStreamerServer.run(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-genkeypair",
        "-alias",
        "own",
        "-keyalg",
        "RSA",
        "-dname",
        "CN=camera",
        "-ext",
        "san=" + host,
        "-validity",
        "2",
        "-storetype",
        "PKCS12",
        "-storepass",
        PASSWORD,
        "-keystore",
        keys.toString());
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(keys)) {
      store.load(in, PASSWORD.toCharArray());
    }
    X509Certificate certificate = (X509Certificate) store.getCertificate("own");
    byte[] key = store.getKey("own", PASSWORD.toCharArray()).getEncoded();
    Path file = folder.resolve(name + ".pem");
    Files.writeString(file, pem("CERTIFICATE", certificate.getEncoded()) + pem("PRIVATE KEY", key));
    return new OwnCertificate(certificate, file);
  }

  private static String pem(String kind, byte[] der) {
    String text = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(der);
    return "-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n";
  }

  /** The certificate, and its private key. */
  public Path file() {
    return file;
  }

  /** The certificate alone, in PEM. */
  public byte[] pem() throws GeneralSecurityException {
    return pem("CERTIFICATE", certificate.getEncoded()).getBytes(US_ASCII);
  }

  public String fingerprint() throws GeneralSecurityException {
    return CertificateCheck.fingerprint(certificate);
  }
}
