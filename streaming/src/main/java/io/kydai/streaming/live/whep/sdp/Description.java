package io.kydai.streaming.live.whep.sdp;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A session description in its sections (RFC 8866), or a fragment of one (RFC 8840, section 9).
 *
 * <table>
 *   <caption>Limits</caption>
 *   <tr><th>what</th><th>limit</th><th>beyond it</th></tr>
 *   <tr><td>lines</td><td>{@value #MAX_LINES}</td>
 *       <td rowspan=3>{@link UnusableOfferException}</td></tr>
 *   <tr><td>characters of a line</td><td>{@value #MAX_LINE}</td></tr>
 *   <tr><td>media sections</td><td>{@value #MAX_SECTIONS}</td></tr>
 * </table>
 *
 * @param session the lines before the first media section
 */
record Description(Section session, List<Section> media) {
  static final int MAX_LINES = 2_000;
  static final int MAX_LINE = 2_000;
  static final int MAX_SECTIONS = 16;

  Description {
    requireNonNull(session);
    media = List.copyOf(media);
  }

  /**
   * One section.
   *
   * @param head what stands behind {@code m=}; empty in the session's
   * @param attributes what stands behind each {@code a=}
   */
  record Section(String head, List<String> attributes) {
    Section {
      attributes = List.copyOf(attributes);
    }

    boolean has(String flag) {
      return attributes.contains(flag);
    }

    /** The values of an attribute, in order. */
    Stream<String> all(String name) {
      String prefix = name + ":";
      return attributes.stream()
          .filter(one -> one.startsWith(prefix))
          .map(one -> one.substring(prefix.length()).strip());
    }

    Optional<String> first(String name) {
      return all(name).findFirst();
    }
  }

  static Description parse(String text) throws UnusableOfferException {
    List<Section> sections = new ArrayList<>();
    String head = "";
    List<String> attributes = new ArrayList<>();
    int count = 0;
    for (String line : text.split("\r\n|\n", MAX_LINES + 2)) {
      if (++count > MAX_LINES || line.length() > MAX_LINE) {
        throw new UnusableOfferException(
            "body", "It may have " + MAX_LINES + " lines of " + MAX_LINE + " characters each.");
      }
      if (line.isEmpty()) {
        continue;
      }
      if (line.length() < 2 || line.charAt(1) != '=') {
        throw new UnusableOfferException("line " + count, "Expected: a letter and '='.");
      }
      if (line.startsWith("m=")) {
        sections.add(new Section(head, attributes));
        head = line.substring(2);
        attributes = new ArrayList<>();
      } else if (line.startsWith("a=")) {
        attributes.add(line.substring(2).strip());
      }
    }
    sections.add(new Section(head, attributes));
    if (sections.size() > MAX_SECTIONS + 1) {
      throw new UnusableOfferException(
          "m=", "There may be " + MAX_SECTIONS + " media sections at most.");
    }
    return new Description(sections.get(0), sections.subList(1, sections.size()));
  }
}
