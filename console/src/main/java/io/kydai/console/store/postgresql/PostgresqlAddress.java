package io.kydai.console.store.postgresql;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A database of a PostgreSQL server, written as a connection URI (postgresql.org/docs, "Connection
 * URIs"): {@code postgresql://user:password@host:port/name?sslmode=verify-full}. User, password and
 * name are percent-encoded. {@link #toString} leaves the password out.
 *
 * @param host a name or an address
 * @param port the TCP port
 * @param name the name of the database
 * @param user the user of the server
 * @param password null where the server asks for none
 * @param tls {@code disable}, {@code prefer}, {@code require}, {@code verify-ca} or {@code
 *     verify-full}
 * @param certificates the file of the certificates that are trusted; null for those of Java
 */
public record PostgresqlAddress(
    String host,
    int port,
    String name,
    String user,
    @Nullable String password,
    String tls,
    @Nullable String certificates) {
  private static final int DEFAULT_PORT = 5432;
  private static final int MAX_NAME = 63;
  private static final List<String> SCHEMES = List.of("postgresql", "postgres");
  private static final List<String> TLS =
      List.of("disable", "prefer", "require", "verify-ca", "verify-full");
  private static final List<String> PARAMETERS = List.of("sslmode", "sslrootcert");

  public PostgresqlAddress {
    requireNonNull(host);
    requireNonNull(name);
    requireNonNull(user);
    requireNonNull(tls);
  }

  /** Returns whether a text begins as such an address does. */
  public static boolean matches(String text) {
    String start = text.toLowerCase(Locale.ROOT);
    return SCHEMES.stream().anyMatch(scheme -> start.startsWith(scheme + ":"));
  }

  /**
   * Reads an address.
   *
   * @throws IllegalArgumentException when a part is missing or wrong; the message names the part
   *     and does not contain the text, because of the password
   */
  public static PostgresqlAddress parse(String text) {
    URI uri;
    try {
      uri = new URI(text);
    } catch (URISyntaxException e) {
      // The exception's message contains the text.
      throw wrong("postgresql://user:password@host:port/name is expected, percent-encoded");
    }
    String host = uri.getHost();
    if (!matches(text) || host == null) {
      throw wrong("postgresql://user:password@host:port/name is expected");
    }
    if (uri.getPort() == 0 || uri.getPort() > 65_535) {
      throw wrong("the port is 1 to 65535");
    }
    if (uri.getRawFragment() != null) {
      throw wrong("'#' has no meaning in it; a password is percent-encoded");
    }
    String login = uri.getRawUserInfo() == null ? "" : uri.getRawUserInfo();
    int colon = login.indexOf(':');
    String user = decoded(colon < 0 ? login : login.substring(0, colon));
    String path = uri.getRawPath();
    String name = path.isEmpty() ? "" : decoded(path.substring(1));
    checkName("user", user);
    checkName("name", name);
    Map<String, String> parameters = parameters(uri.getRawQuery());
    String tls = parameters.getOrDefault("sslmode", "prefer");
    if (!TLS.contains(tls)) {
      throw wrong("sslmode is one of " + String.join(", ", TLS));
    }
    return new PostgresqlAddress(
        host.startsWith("[") ? host.substring(1, host.length() - 1) : host,
        uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
        name,
        user,
        colon < 0 ? null : decoded(login.substring(colon + 1)),
        tls,
        parameters.get("sslrootcert"));
  }

  private static Map<String, String> parameters(@Nullable String query) {
    Map<String, String> parameters = new LinkedHashMap<>();
    if (query == null || query.isEmpty()) {
      return parameters;
    }
    Arrays.stream(query.split("&", -1))
        .forEach(
            one -> {
              int equals = one.indexOf('=');
              String key = decoded(equals < 0 ? one : one.substring(0, equals));
              if (equals < 0 || !PARAMETERS.contains(key)) {
                throw wrong("the parameters are " + String.join(" and ", PARAMETERS));
              }
              parameters.put(key, decoded(one.substring(equals + 1)));
            });
    return parameters;
  }

  private static void checkName(String part, String value) {
    if (value.isEmpty() || value.getBytes(UTF_8).length > MAX_NAME) {
      throw wrong(
          "postgresql://user:password@host:port/name is expected; the "
              + part
              + " has 1 to "
              + MAX_NAME
              + " bytes");
    }
    if (value.chars().anyMatch(Character::isISOControl)) {
      throw wrong("the " + part + " has control characters");
    }
  }

  private static String decoded(String text) {
    try {
      // In this form of encoding '+' stands for a space, but not in a URI.
      return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
    } catch (IllegalArgumentException e) {
      throw wrong("'%' is followed by two hexadecimal digits");
    }
  }

  private static IllegalArgumentException wrong(String words) {
    return new IllegalArgumentException(words);
  }

  /**
   * Returns how what is sent to the server, or comes from it, can be read or changed on the way;
   * empty where the server is on this machine, or its certificate is checked.
   */
  public Optional<String> exposure() {
    if (tls.startsWith("verify") || isLocal()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (tls) {
          case "disable" -> "reports and the audit cross the network in the clear";
          case "prefer" ->
              "the connection is encrypted only if the server offers it, and anybody can pretend to"
                  + " be the server";
          default ->
              "the server's certificate is not checked: anybody can pretend to be the server";
        });
  }

  private boolean isLocal() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /**
   * Returns a source of connections.
   *
   * @param socketSeconds the time that an answer of the server may take; 0 for any time
   */
  PGSimpleDataSource source(int socketSeconds) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setServerNames(new String[] {host});
    source.setPortNumbers(new int[] {port});
    source.setDatabaseName(name);
    source.setUser(user);
    if (password != null) {
      source.setPassword(password);
    }
    source.setSslMode(tls);
    if (certificates != null) {
      source.setSslRootCert(certificates);
    } else if (tls.startsWith("verify")) {
      source.setSslfactory("org.postgresql.ssl.DefaultJavaSSLFactory");
    }
    source.setApplicationName("kydai");
    source.setConnectTimeout(3);
    source.setLoginTimeout(5);
    source.setSocketTimeout(socketSeconds);
    source.setTcpKeepAlive(true);
    source.setReWriteBatchedInserts(true);
    // The details of an error contain rows.
    source.setLogServerErrorDetail(false);
    return source;
  }

  @Override
  public String toString() {
    String shown = host.contains(":") ? "[" + host + "]" : host;
    return "postgresql://" + user + "@" + shown + ":" + port + "/" + name;
  }
}
