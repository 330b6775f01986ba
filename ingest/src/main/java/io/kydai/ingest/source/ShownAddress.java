package io.kydai.ingest.source;

import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Makes the form of a stream's address that may be shown to users and logged. Some cameras take a
 * user and a password in the path or the query, under parameter names that differ between makes.
 * Therefore only the values of parameters that are known to select a stream are shown; {@code ***}
 * replaces all others. A user and a password before the host are left out.
 */
public final class ShownAddress {
  private static final String MASK = "***";

  /** A user, with a password or without one, and what stands before it. */
  private static final Pattern USER = Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*://)[^/?#]*@");

  /** The names of parameters, with or without a value, that select a stream or its format. */
  private static final Set<String> SHOWN_NAMES =
      Set.of(
          "audio",
          "bitrate",
          "cam",
          "camera",
          "cameraid",
          "ch",
          "chan",
          "channel",
          "channelid",
          "channelno",
          "chn",
          "codec",
          "compression",
          "framerate",
          "fps",
          "gop",
          "h264",
          "h265",
          "height",
          "inst",
          "live",
          "main",
          "multicast",
          "proto",
          "protocol",
          "ptype",
          "profile",
          "quality",
          "real_stream",
          "resolution",
          "rotation",
          "source",
          "stream",
          "streamid",
          "streamprofile",
          "streamtype",
          "sub",
          "subtype",
          "tcp",
          "track",
          "transport",
          "transportmode",
          "trackid",
          "udp",
          "unicast",
          "video",
          "videocodec",
          "width");

  /** The form of a value that is shown; one with an equals sign may contain further names. */
  private static final Pattern SHORT_VALUE = Pattern.compile("[\\w.,x-]{0,32}");

  private static final Pattern PAIR = Pattern.compile("([^=&;/?]*=)([^&;/?]*)");
  private static final Pattern QUERY_PIECE = Pattern.compile("[^&;?]+");

  private ShownAddress() {}

  /**
   * Returns the address with {@code ***} in place of values that may be a user or a password.
   *
   * @param address an address without user information, which this method does not mask
   */
  public static String of(URI address) {
    String whole = USER.matcher(address.toString()).replaceFirst("$1");
    int query = whole.indexOf('?');
    int path = whole.indexOf('/', whole.indexOf("://") + 3);
    if (path < 0 && query < 0) {
      return whole;
    }
    int start = path < 0 ? query : query < 0 ? path : Math.min(path, query);
    int end = query < 0 ? whole.length() : query;
    return whole.substring(0, start)
        + PAIR.matcher(whole.substring(start, end)).replaceAll(masked(ShownAddress::pair))
        + (query < 0
            ? ""
            : QUERY_PIECE.matcher(whole.substring(query)).replaceAll(masked(ShownAddress::piece)));
  }

  /**
   * Returns the values that {@link #of} masks, except numbers of at most three digits: text from
   * which they were removed would be unreadable.
   */
  public static Stream<String> hidden(URI address) {
    Stream<String> path =
        PAIR.matcher(address.getRawPath() == null ? "" : address.getRawPath())
            .results()
            .map(found -> found.group());
    Stream<String> query =
        QUERY_PIECE
            .matcher(address.getRawQuery() == null ? "" : address.getRawQuery())
            .results()
            .map(found -> found.group());
    return Stream.concat(
            path.filter(pair -> !pair(pair).equals(pair)),
            query.filter(piece -> !piece(piece).equals(piece)))
        .map(pair -> pair.substring(pair.indexOf('=') + 1))
        .filter(value -> !value.isBlank() && !value.matches("[0-9]{1,3}"));
  }

  private static Function<MatchResult, String> masked(UnaryOperator<String> mask) {
    return found -> Matcher.quoteReplacement(mask.apply(found.group()));
  }

  private static String piece(String piece) {
    return piece.indexOf('=') >= 0 ? pair(piece) : isShown(piece) ? piece : MASK;
  }

  private static String pair(String pair) {
    int equals = pair.indexOf('=');
    String name = pair.substring(0, equals);
    String value = pair.substring(equals + 1);
    return value.isEmpty() || isShown(name) && SHORT_VALUE.matcher(value).matches()
        ? pair
        : pair.substring(0, equals + 1) + MASK;
  }

  private static boolean isShown(String name) {
    return SHOWN_NAMES.contains(name.toLowerCase(Locale.ROOT));
  }
}
