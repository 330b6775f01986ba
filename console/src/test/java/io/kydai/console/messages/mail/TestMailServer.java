package io.kydai.console.messages.mail;

import io.kydai.console.config.ServerTls;
import io.kydai.console.http.tls.CertificateFiles;
import io.kydai.console.http.tls.SelfSignedCertificate;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.auth.EasyAuthenticationHandlerFactory;
import org.subethamail.smtp.auth.LoginFailedException;
import org.subethamail.smtp.server.SMTPServer;

/** SubEtha SMTP, a mail server that is not ours, on a free port of this machine. */
public final class TestMailServer implements AutoCloseable {
  public static final String USER = "kydai";
  public static final String PASSWORD = "mat khau cua may chu thu";

  /** An e-mail as it came. */
  public record Arrived(String from, String to, byte[] data) {
    public MimeMessage mime() throws Exception {
      return new MimeMessage(Session.getInstance(new Properties()), new ByteArrayInputStream(data));
    }
  }

  public final List<Arrived> arrived = new CopyOnWriteArrayList<>();

  /** The status by which the next e-mails are refused; 0 where they are taken. */
  public volatile int refusing;

  private final SMTPServer server;
  private final @Nullable String certificate;

  private TestMailServer(SMTPServer.Builder builder, @Nullable String certificate) {
    this.certificate = certificate;
    server =
        builder
            .bindAddress(InetAddress.getLoopbackAddress())
            .messageHandler(
                (context, from, to, data) -> {
                  if (refusing != 0) {
                    throw new RejectException(refusing, "not " + to);
                  }
                  arrived.add(new Arrived(from, to, data));
                })
            .build();
    server.start();
  }

  /** A server without TLS and log-in. */
  public static TestMailServer plain() {
    return new TestMailServer(SMTPServer.port(0), null);
  }

  /** A server that takes e-mails after STARTTLS and a log-in only. */
  public static TestMailServer startTls(Path folder) throws Exception {
    ServerTls.Files files = certificate(folder);
    return new TestMailServer(
        SMTPServer.port(0)
            .enableTLS()
            .requireTLS()
            .startTlsSocketFactory(context(files))
            .requireAuth()
            .authenticationHandlerFactory(passwords()),
        Files.readString(files.certificate()));
  }

  /** A server that speaks TLS from the first byte on, and takes e-mails after a log-in only. */
  public static TestMailServer tls(Path folder) throws Exception {
    ServerTls.Files files = certificate(folder);
    return new TestMailServer(
        SMTPServer.port(0)
            .serverSocketFactory(context(files))
            .requireAuth()
            .authenticationHandlerFactory(passwords()),
        Files.readString(files.certificate()));
  }

  private static EasyAuthenticationHandlerFactory passwords() {
    return new EasyAuthenticationHandlerFactory(
        (user, password, context) -> {
          if (!USER.equals(user) || !PASSWORD.equals(password)) {
            throw new LoginFailedException("no");
          }
        });
  }

  /** A certificate of this machine's name, signed by itself. */
  public static ServerTls.Files certificate(Path folder) {
    return SelfSignedCertificate.in(folder, List.of("localhost"), Clock.systemUTC());
  }

  /** A server's TLS with a certificate. */
  public static SSLContext context(ServerTls.Files files) throws Exception {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(new KeyManager[] {new CertificateFiles(files).first().keyManager()}, null, null);
    return context;
  }

  public int port() {
    return server.getPortAllocated();
  }

  /** The setting for this server. */
  public MailServer setting(MailServer.Security security, @Nullable String user) {
    return new MailServer("localhost", port(), security, user, "kydai@hue.example", certificate);
  }

  @Override
  public void close() {
    server.stop();
  }
}
