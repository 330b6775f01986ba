package io.kydai.console.http.tls;

import static java.util.Objects.requireNonNull;

import io.kydai.console.config.ServerTls;
import io.kydai.console.files.NamedFile;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A certificate and its key in two PEM files, which may change while the node runs, as when a
 * certificate is renewed.
 *
 * <p>The files' bytes are compared rather than their times, so that a link that points elsewhere is
 * noticed too. A new pair that cannot be used, such as when only one of the two files has been
 * replaced so far, is logged once, and the old pair stays.
 */
public final class CertificateFiles {
  /** A file beyond this size is refused, bytes. */
  private static final int MAX_BYTES = 1024 * 1024;

  private static final Logger LOG = LoggerFactory.getLogger(CertificateFiles.class);

  private record Content(byte[] certificate, byte[] key) {
    private boolean equal(Content other) {
      return Arrays.equals(certificate, other.certificate) && Arrays.equals(key, other.key);
    }
  }

  private final ServerTls.Files files;
  private final ServerCertificate first;
  private Content last;
  private boolean unreadable;

  /**
   * Reads the files.
   *
   * @throws InvalidCertificateException when they cannot be used
   */
  public CertificateFiles(ServerTls.Files files) {
    this.files = requireNonNull(files);
    try {
      this.last = content();
    } catch (IOException e) {
      throw new InvalidCertificateException("cannot be read: " + e.getMessage(), e);
    }
    this.first = certificate(last);
  }

  /** Returns the certificate as it was when this was created. */
  public ServerCertificate first() {
    return first;
  }

  /** Reads the files again; returns the new certificate when they changed and can be used. */
  public synchronized Optional<ServerCertificate> changed() {
    try {
      Content now = content();
      unreadable = false;
      if (now.equal(last)) {
        return Optional.empty();
      }
      last = now;
      ServerCertificate changed = certificate(now);
      LOG.info("The TLS certificate was renewed: {}", changed);
      return Optional.of(changed);
    } catch (IOException e) {
      if (!unreadable) {
        LOG.warn("The TLS certificate stays as it was: {}", e.toString());
      }
      unreadable = true;
    } catch (InvalidCertificateException e) {
      LOG.warn("The TLS certificate stays as it was: {}", e.getMessage());
    }
    return Optional.empty();
  }

  private Content content() throws IOException {
    return new Content(
        NamedFile.read(files.certificate(), MAX_BYTES), NamedFile.read(files.key(), MAX_BYTES));
  }

  private ServerCertificate certificate(Content content) {
    return ServerCertificate.of(
        content.certificate, content.key, files.certificate().toString(), files.key().toString());
  }
}
