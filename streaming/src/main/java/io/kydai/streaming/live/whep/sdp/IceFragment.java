package io.kydai.streaming.live.whep.sdp;

import io.kydai.streaming.live.whep.ice.IceCredentials;
import io.kydai.streaming.live.whep.sdp.Description.Section;
import java.util.stream.Stream;

/**
 * What a client sends later about how it is reached (RFC 8840, section 9). Its candidates are
 * counted only: a lite agent waits for checks and makes none.
 *
 * @param ice the client's names
 * @param candidates how many it has
 */
public record IceFragment(IceCredentials ice, int candidates) {
  /**
   * Reads a fragment.
   *
   * @throws UnusableOfferException where it is none, or has no names
   */
  public static IceFragment parse(String text) throws UnusableOfferException {
    Description description = Description.parse(text);
    String name = first(description, "ice-ufrag");
    String password = first(description, "ice-pwd");
    long candidates = sections(description).flatMap(one -> one.all("candidate")).count();
    return new IceFragment(new IceCredentials(name, password), (int) candidates);
  }

  private static String first(Description description, String name) throws UnusableOfferException {
    return sections(description)
        .flatMap(one -> one.all(name))
        .filter(value -> !value.isEmpty())
        .findFirst()
        .orElseThrow(() -> new UnusableOfferException("a=" + name, "It is missing."));
  }

  private static Stream<Section> sections(Description description) {
    return Stream.concat(Stream.of(description.session()), description.media().stream());
  }
}
