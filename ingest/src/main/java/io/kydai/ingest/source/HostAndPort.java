package io.kydai.ingest.source;

import java.net.IDN;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host and the port of an address. {@link URI} knows neither of a host with an underscore,
 * which RFC 1123 does not allow and which names of containers and cameras have.
 *
 * @param host in lower or upper case, as it stands; IPv6 in brackets; international names in
 *     Punycode (RFC 3492)
 * @param port -1 where none stands there
 */
public record HostAndPort(String host, int port) {
  private static final int MAX_HOST = 253;
  private static final Pattern PARTS =
      Pattern.compile("(\\[[^\\]]*]|[^:\\[\\]]*)(?::([0-9]{1,5}))?");
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

  /**
   * @param address of a hierarchical scheme
   * @return empty when it has no host, or one that cannot be told from the rest
   */
  public static Optional<HostAndPort> of(URI address) {
    if (address.getHost() != null) {
      return Optional.of(new HostAndPort(address.getHost(), address.getPort()));
    }
    return parts(address)
        .map(
            parts ->
                new HostAndPort(
                    ascii(parts.group(1)),
                    parts.group(2) == null ? -1 : Integer.parseInt(parts.group(2))))
        .filter(found -> found.host.length() <= MAX_HOST && NAME.matcher(found.host).matches());
  }

  /**
   * The first character of an address's host that no host may have, where that is what is wrong.
   */
  static Optional<String> wrongCharacter(URI address) {
    return parts(address)
        .map(parts -> parts.group(1))
        .flatMap(
            host ->
                host.codePoints()
                    .filter(c -> c < 0x80 && !NAME.matcher(Character.toString(c)).matches())
                    .mapToObj(Character::toString)
                    .findFirst());
  }

  /** Whether both have the same host, in whatever case. */
  public static boolean same(URI one, URI other) {
    Optional<HostAndPort> host = of(one);
    return host.isPresent()
        && of(other).filter(found -> found.host.equalsIgnoreCase(host.get().host)).isPresent();
  }

  private static Optional<Matcher> parts(URI address) {
    String authority = address.getRawAuthority();
    if (authority == null) {
      return Optional.empty();
    }
    // A user's part with an @ in it is a password that was not encoded: nothing is sure then.
    int at = authority.indexOf('@');
    if (at != authority.lastIndexOf('@')) {
      return Optional.empty();
    }
    Matcher parts = PARTS.matcher(authority.substring(at + 1));
    return parts.matches() ? Optional.of(parts) : Optional.empty();
  }

  private static String ascii(String host) {
    try {
      return IDN.toASCII(host);
    } catch (IllegalArgumentException e) {
      return ""; // no host, by the rules of international names
    }
  }
}
