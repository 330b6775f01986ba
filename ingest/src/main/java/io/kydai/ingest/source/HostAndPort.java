package io.kydai.ingest.source;

import java.net.IDN;
import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The host and the port of an address. {@link URI} parses neither when the host name contains an
 * underscore, which RFC 1123 does not permit but names of containers and cameras contain.
 *
 * @param host the host in the letter case of the address; an IPv6 address in brackets; an
 *     internationalised name in its ASCII form (RFC 5891)
 * @param port the port, or -1 where the address has none
 */
public record HostAndPort(String host, int port) {
  private static final int MAX_HOST = 253;
  private static final Pattern PARTS =
      Pattern.compile("(\\[[^\\]]*]|[^:\\[\\]]*)(?::([0-9]{1,5}))?");

  /** The host of a text whose user and password, if any, end at its only '@'. */
  private static final Pattern AUTHORITY =
      Pattern.compile("[A-Za-z]+://(?:[^/?#@]*@)?([^/?#@:\\[\\]]*)(?::[0-9]{1,5})?(?:[/?#]|$)");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

  /**
   * Returns the host and port of an address.
   *
   * @param address an address of a hierarchical scheme
   * @return empty when the address has no host, or its authority is ambiguous
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

  /** Returns the first character of an address's host that is not permitted in host names. */
  static Optional<String> wrongCharacter(URI address) {
    return parts(address).map(parts -> parts.group(1)).flatMap(HostAndPort::wrongInHost);
  }

  private static Optional<String> wrongInHost(String host) {
    return host.codePoints()
        .filter(c -> c < 0x80 && !NAME.matcher(Character.toString(c)).matches())
        .mapToObj(Character::toString)
        .findFirst();
  }

  /**
   * As {@link #wrongCharacter(URI)} for a text that is no address; empty where it cannot be told
   * from a password's characters.
   */
  static Optional<String> wrongCharacter(String address) {
    Matcher authority = AUTHORITY.matcher(address);
    return authority.lookingAt() ? wrongInHost(authority.group(1)) : Optional.empty();
  }

  /** Returns whether both addresses have the same host, regardless of letter case. */
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
    // Several '@' mean that a password was not percent-encoded: the authority is ambiguous.
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
      return ""; // not a valid internationalised name
    }
  }
}
