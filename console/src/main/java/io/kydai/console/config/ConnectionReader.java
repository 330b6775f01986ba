package io.kydai.console.config;

import io.kydai.ingest.CameraSource;
import io.kydai.ingest.TlsTrust;
import io.kydai.ingest.Transport;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/** Reads how a camera's stream is to travel: {@code transport} and {@code tls}. */
final class ConnectionReader {
  private static final int MAX_TEXT = 300;
  private static final int MAX_AUTHORITIES = 100;
  private static final int MAX_CERTIFICATE = 10_000;

  private final References references;

  ConnectionReader(References references) {
    this.references = references;
  }

  /**
   * @param section the camera's
   * @param source its stream, where the address is known
   * @param onvif where it speaks ONVIF
   */
  ConnectionConfig connection(Section section, Optional<CameraSource> source, Optional<URI> onvif) {
    boolean secureOnvif = onvif.map(at -> at.getScheme().equals("https")).orElse(false);
    Transport transport =
        section
            .get("transport")
            .flatMap(at -> transport(at).filter(one -> fits(source, at, s -> s.over(one))))
            .orElse(Transport.AUTO);
    TlsTrust trust =
        section
            .get("tls")
            .flatMap(
                at ->
                    trust(at).filter(one -> secureOnvif || fits(source, at, s -> s.trusting(one))))
            .orElse(TlsTrust.PLATFORM);
    return new ConnectionConfig(transport, trust);
  }

  private static boolean fits(
      Optional<CameraSource> source, Value at, Function<CameraSource, CameraSource> way) {
    try {
      source.map(way);
      return true;
    } catch (IllegalArgumentException e) {
      at.wrong(e.getMessage());
      return false;
    }
  }

  private static Optional<Transport> transport(Value at) {
    return at.oneOf("auto", "tcp", "udp", "http")
        .map(name -> Transport.valueOf(name.toUpperCase(Locale.ROOT)));
  }

  private Optional<TlsTrust> trust(Value at) {
    return at.section()
        .flatMap(
            section -> {
              Optional<Value> fingerprint = section.get("fingerprint");
              Optional<Value> file = section.get("ca-file");
              Optional<Value> authorities = section.get("authorities");
              section.end();
              long given =
                  List.of(fingerprint, file, authorities).stream()
                      .filter(Optional::isPresent)
                      .count();
              if (given != 1) {
                return at.wrong("one of fingerprint, ca-file, authorities is expected");
              }
              return fingerprint
                  .flatMap(ConnectionReader::fingerprint)
                  .or(() -> file.flatMap(this::file))
                  .or(() -> authorities.flatMap(ConnectionReader::authorities));
            });
  }

  private static Optional<TlsTrust> fingerprint(Value at) {
    return at.text(MAX_TEXT)
        .flatMap(
            text -> {
              try {
                return Optional.of(new TlsTrust.Fingerprint(text));
              } catch (IllegalArgumentException e) {
                return at.wrong(e.getMessage());
              }
            });
  }

  private Optional<TlsTrust> file(Value at) {
    return at.text(MAX_TEXT)
        .flatMap(path -> references.bytes(path, at))
        .flatMap(
            pem -> {
              try {
                return Optional.of(TlsTrust.Authorities.of(pem));
              } catch (IllegalArgumentException e) {
                return at.wrong(e.getMessage());
              }
            });
  }

  /** As {@link CameraJson} writes them: each in DER, in base64. */
  private static Optional<TlsTrust> authorities(Value at) {
    List<X509Certificate> certificates = new ArrayList<>();
    List<Value> items = at.items(MAX_AUTHORITIES);
    for (Value item : items) {
      item.text(MAX_CERTIFICATE)
          .flatMap(text -> certificate(text, item))
          .ifPresent(certificates::add);
    }
    return items.isEmpty() || certificates.size() < items.size()
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
}
