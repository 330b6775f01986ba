package io.kydai.streaming.proof;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.Set;

/** Root certificates that somebody trusts, in a file in PEM. */
public final class RootCertificates {
  private RootCertificates() {}

  /**
   * Reads a file.
   *
   * @throws IOException when it cannot be read, or has no certificates
   */
  public static Set<X509Certificate> read(Path file) throws IOException {
    Set<X509Certificate> found = new LinkedHashSet<>();
    try (InputStream in = Files.newInputStream(file)) {
      CertificateFactory.getInstance("X.509")
          .generateCertificates(in)
          .forEach(one -> found.add((X509Certificate) one));
    } catch (CertificateException e) {
      throw new IOException(file + " has no certificates in PEM", e);
    }
    if (found.isEmpty()) {
      throw new IOException(file + " has no certificates in PEM");
    }
    return found;
  }
}
