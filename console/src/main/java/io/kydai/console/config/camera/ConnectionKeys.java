package io.kydai.console.config.camera;

import static io.kydai.models.document.Key.key;

import io.kydai.console.config.tree.References;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.tls.TlsTrust;
import io.kydai.models.document.Shape;
import io.kydai.models.document.Value;
import io.kydai.models.document.ValueType;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The keys of a camera's connections: {@code transport} and {@code tls}. */
final class ConnectionKeys {
  private static final int MAX_TEXT = 300;
  private static final int MAX_AUTHORITIES = 100;
  private static final int MAX_CERTIFICATE = 10_000;

  private static final ValueType<TlsTrust> FINGERPRINT =
      ValueType.text(MAX_TEXT)
          .as(
              (text, at) -> at.<TlsTrust>made(() -> new TlsTrust.Fingerprint(text)),
              trust -> ((TlsTrust.Fingerprint) trust).sha256())
          .saying("64 hexadecimal digits, with or without colons");

  private static final ValueType<X509Certificate> CERTIFICATE =
      ValueType.text(MAX_CERTIFICATE).as(ConnectionKeys::certificate, ConnectionKeys::encoded);

  private static final ValueType<TlsTrust> AUTHORITIES =
      ValueType.list(CERTIFICATE, MAX_AUTHORITIES)
          .as(
              ConnectionKeys::authorities,
              trust -> List.copyOf(((TlsTrust.Authorities) trust).certificates()))
          .with("minItems", 1)
          .saying("list of 1 to " + MAX_AUTHORITIES + ", each in base64 (DER)");

  private ConnectionKeys() {}

  static Shape<ConnectionConfig> shape(References references) {
    return Shape.of(
        ConnectionConfig.class,
        key(
                "transport",
                ValueType.choice(Transport.class),
                "the transport of the RTP packets, [below](#transport-and-tls)")
            .otherwise(Transport.AUTO)
            .unwrittenByDefault(),
        key(
                "tls",
                trust(references),
                "the certificates that a camera with an `rtsps://` address, or an `https` `onvif`, may"
                    + " present, [below](#transport-and-tls)")
            .into("trust")
            .otherwise(TlsTrust.PLATFORM)
            .unwrittenByDefault()
            .shown("authorities of the Java platform"));
  }

  static Shape<Tls> tls(References references) {
    return Shape.of(
            Tls.class,
            key(
                "fingerprint",
                FINGERPRINT,
                "the SHA-256 of the certificate. It must be this certificate; its host and its"
                    + " dates do not matter. A refusal reports the fingerprint that was found, so"
                    + " add the camera without it, compare, and enter it"),
            key(
                "ca-file",
                ValueType.text(MAX_TEXT)
                    .as(
                        (path, at) ->
                            references
                                .bytes(path, at)
                                .flatMap(
                                    pem -> at.<TlsTrust>made(() -> TlsTrust.Authorities.of(pem))),
                        trust -> {
                          throw new IllegalStateException(
                              "a ca-file is written as its certificates");
                        })
                    .saying("path, relative to the configuration file"),
                "a file of certificates in PEM, at most 64 KiB. The camera's must be for its host"
                    + " and signed by one of them. Only in the file"),
            key("authorities", AUTHORITIES, "such certificates themselves"))
        .check(
            (values, section) -> {
              long given =
                  Stream.of("fingerprint", "ca-file", "authorities")
                      .filter(name -> section.get(name).isPresent())
                      .count();
              if (given != 1) {
                section.at().wrong("one of fingerprint, ca-file, authorities is expected");
              }
            });
  }

  private static ValueType<TlsTrust> trust(References references) {
    return tls(references)
        .type()
        .as(
            (tls, at) ->
                Stream.of(tls.fingerprint(), tls.caFile(), tls.authorities())
                    .filter(Objects::nonNull)
                    .findFirst(),
            trust ->
                trust instanceof TlsTrust.Fingerprint
                    ? new Tls(trust, null, null)
                    : new Tls(null, null, trust));
  }

  private static Optional<TlsTrust> authorities(List<X509Certificate> certificates, Value at) {
    int items = at.items(MAX_AUTHORITIES).size();
    if (items == 0) {
      return at.wrong("at least one certificate is expected");
    }
    return certificates.size() < items
        ? Optional.empty()
        : Optional.of(new TlsTrust.Authorities(certificates));
  }

  private static Optional<X509Certificate> certificate(String text, Value at) {
    try {
      return Optional.of(
          (X509Certificate)
              CertificateFactory.getInstance("X.509")
                  .generateCertificate(new ByteArrayInputStream(Base64.getDecoder().decode(text))));
    } catch (CertificateException | IllegalArgumentException e) {
      return at.wrong("a certificate in base64 is expected");
    }
  }

  private static String encoded(X509Certificate certificate) {
    try {
      return Base64.getEncoder().encodeToString(certificate.getEncoded());
    } catch (CertificateEncodingException e) {
      throw new IllegalStateException("the certificate was decoded and cannot be encoded", e);
    }
  }

  /**
   * The values of the keys, of which one is present. A file is written back as its certificates.
   */
  record Tls(
      @Nullable TlsTrust fingerprint, @Nullable TlsTrust caFile, @Nullable TlsTrust authorities) {}
}
