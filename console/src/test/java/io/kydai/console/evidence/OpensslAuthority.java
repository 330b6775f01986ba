package io.kydai.console.evidence;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

/** A time-stamping authority: OpenSSL's {@code ts}, of Debian, behind an HTTP server. */
final class OpensslAuthority implements AutoCloseable {
  private static final Path OPENSSL = Path.of("/usr/bin/openssl");
  private static final String SETTINGS =
      """
      [req]
      distinguished_name = name
      [name]
      [ca]
      basicConstraints = critical, CA:true
      [stamp]
      basicConstraints = CA:false
      extendedKeyUsage = critical, timeStamping
      [server]
      basicConstraints = CA:false
      extendedKeyUsage = serverAuth
      [tsa]
      default_tsa = one
      [one]
      serial = serial
      default_policy = 1.2.3.4.1
      signer_digest = sha256
      digests = sha256
      """;

  final AtomicInteger asked = new AtomicInteger();

  /** What happens to an answer on its way. */
  volatile UnaryOperator<byte[]> onItsWay = answer -> answer;

  volatile int status = 200;
  private final Path folder;
  private final HttpServer server;

  OpensslAuthority(Path folder) throws Exception {
    assumeTrue(Files.isExecutable(OPENSSL), "needs Debian package openssl");
    this.folder = Files.createDirectories(folder);
    Files.writeString(folder.resolve("settings"), SETTINGS);
    Files.writeString(folder.resolve("serial"), "01");
    run(
        "req -config settings -x509 -newkey rsa:2048 -nodes -keyout ca.key -out ca.pem -days 30"
            + " -subj /CN=Root -extensions ca");
    run(
        "req -config settings -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj"
            + " /CN=Clock");
    run(
        "x509 -req -in tsa.csr -CA ca.pem -CAkey ca.key -CAcreateserial -out tsa.pem -days 30"
            + " -extfile settings -extensions stamp");
    run(
        "req -config settings -x509 -newkey rsa:2048 -nodes -keyout other.key -out other.pem -days"
            + " 30 -subj /CN=Other -extensions ca");
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/tsr",
        exchange -> {
          asked.incrementAndGet();
          byte[] answer;
          try {
            Files.write(folder.resolve("query"), exchange.getRequestBody().readAllBytes());
            run(
                "ts -reply -config settings -queryfile query -signer tsa.pem -inkey tsa.key -chain"
                    + " ca.pem -out reply");
            answer = onItsWay.apply(Files.readAllBytes(folder.resolve("reply")));
          } catch (InterruptedException e) {
            throw new IOException(e);
          }
          exchange.getResponseHeaders().set("Content-Type", "application/timestamp-reply");
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/tsr");
  }

  Path root() {
    return folder.resolve("ca.pem");
  }

  Path otherRoot() {
    return folder.resolve("other.pem");
  }

  /** Runs OpenSSL in the folder; returns what it prints. */
  String run(String arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(OPENSSL.toString()));
    command.addAll(List.of(arguments.split(" ")));
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(arguments + ": " + said);
    }
    return said;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
