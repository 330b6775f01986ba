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
 * A stream's address as anybody may see it. Some cameras take user and password in the path or the
 * query, under names that nobody can list, so it is the other way round: what stands under a name
 * that is known to say which stream is shown, and {@code ***} stands for every other value.
 */
public final class ShownAddress {
  private static final String MASK = "***";

  /** Names of values, and words without a value, that say which stream is wanted and how. */
  private static final Set<String> HARMLESS =
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

  /** What such a value looks like; one with an equals sign may hold further names. */
  private static final Pattern SHORT_VALUE = Pattern.compile("[\\w.,x-]{0,32}");

  private static final Pattern PAIR = Pattern.compile("([^=&;/?]*=)([^&;/?]*)");
  private static final Pattern QUERY_PIECE = Pattern.compile("[^&;?]+");

  private ShownAddress() {}

  /**
   * The address with {@code ***} for what may be a user or a password.
   *
   * @param address without a user's part, which is not masked
   */
  public static String of(URI address) {
    String whole = address.toString();
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

  /** The values that {@link #of} masks, without those that would spoil sentences: small numbers. */
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
    return piece.indexOf('=') >= 0 ? pair(piece) : isHarmless(piece) ? piece : MASK;
  }

  private static String pair(String pair) {
    int equals = pair.indexOf('=');
    String name = pair.substring(0, equals);
    String value = pair.substring(equals + 1);
    return value.isEmpty() || isHarmless(name) && SHORT_VALUE.matcher(value).matches()
        ? pair
        : pair.substring(0, equals + 1) + MASK;
  }

  private static boolean isHarmless(String name) {
    return HARMLESS.contains(name.toLowerCase(Locale.ROOT));
  }
}
