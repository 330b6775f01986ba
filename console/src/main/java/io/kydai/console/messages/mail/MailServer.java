package io.kydai.console.messages.mail;

import static java.util.Objects.requireNonNull;

import io.kydai.console.settings.DeskSetting;
import io.kydai.console.settings.InvalidSettingException;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import org.jspecify.annotations.Nullable;

/**
 * The mail server of a site. Its password is not part of it, and is stored encrypted.
 *
 * @param host its name or address; empty where e-mails are not sent
 * @param port of SMTP, 1 to 65535
 * @param security how the connection is protected
 * @param user the name to log in with; null where the server asks for none
 * @param from the address that e-mails come from
 * @param certificates certificates in PEM that are trusted instead of the Java platform's, such as
 *     of the site's own authority; null for the platform's; at most {@value #MAX_PEM} characters
 */
public record MailServer(
    String host,
    int port,
    Security security,
    @Nullable String user,
    String from,
    @Nullable String certificates) {
  private static final int MAX_HOST = 253;
  private static final int MAX_USER = 200;
  private static final int MAX_PEM = 20_000;
  private static final int MAX_PORT = 65_535;
  private static final int SUBMISSION = 587;

  /** The setting; e-mails are not sent until it is set. */
  public static final DeskSetting<MailServer> SETTING =
      new DeskSetting<>(
          "mail",
          MailServer.class,
          new MailServer("", SUBMISSION, Security.STARTTLS, null, "", null));

  /** How the connection to the server is protected. */
  public enum Security {
    /** By nothing: only for a server in the same network, and without a log-in. */
    NONE,
    /** By TLS from the first command on (RFC 3207); a server that offers none gets no e-mail. */
    STARTTLS,
    /** By TLS from the first byte on (RFC 8314). */
    TLS
  }

  public MailServer {
    requireNonNull(host);
    requireNonNull(security);
    requireNonNull(from);
    if (host.length() > MAX_HOST || !host.matches("[A-Za-z0-9.:-]*")) {
      throw new InvalidSettingException("host", "a host's name or address");
    }
    if (port < 1 || port > MAX_PORT) {
      throw new InvalidSettingException("port", "1 to " + MAX_PORT);
    }
    if (user != null && (user.isBlank() || user.length() > MAX_USER)) {
      throw new InvalidSettingException("user", "1 to " + MAX_USER + " characters");
    }
    if (user != null && security == Security.NONE) {
      throw new InvalidSettingException(
          "security", "starttls or tls, as a password must not travel readably");
    }
    if (!(host.isEmpty() && from.isEmpty()) && !EmailAddress.isOne(from)) {
      throw new InvalidSettingException("from", "an e-mail address such as kydai@example.org");
    }
    if (certificates != null) {
      check(certificates);
    }
  }

  private static void check(String certificates) {
    try {
      if (certificates.length() > MAX_PEM
          || CertificateFactory.getInstance("X.509")
              .generateCertificates(
                  new ByteArrayInputStream(certificates.getBytes(StandardCharsets.US_ASCII)))
              .isEmpty()) {
        throw new CertificateException("too long, or empty");
      }
    } catch (CertificateException e) {
      throw new InvalidSettingException(
          "certificates", "certificates in PEM, at most " + MAX_PEM + " characters");
    }
  }

  /** Returns whether e-mails are sent. */
  public boolean sends() {
    return !host.isEmpty();
  }
}
