package io.kydai.ingest.rtsp.description;

import io.kydai.ingest.media.MediaTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a camera's session description (SDP, RFC 8866) that are needed to choose tracks.
 *
 * <p>Cameras' descriptions contain many mistakes, so parsing never fails: lines that cannot be
 * parsed or are not needed are ignored. At most 32 media sections and 32 formats in each are read;
 * the rest is ignored.
 *
 * @param control the value of the session-level control attribute; null when there is none
 * @param media the media sections, in their order
 */
public record SessionDescription(@Nullable String control, List<Media> media) {
  private static final int MAX_MEDIA = 32;
  private static final int MAX_FORMATS = 32;

  /**
   * A media section ({@code m=}).
   *
   * @param kind the media type, in lower case, such as {@code video}
   * @param protocol the transport protocol, in upper case, such as {@code RTP/AVP}
   * @param formats the formats in the order of the {@code m=} line
   * @param control the value of the control attribute; null when there is none
   * @param sendOnly whether the section is marked {@code sendonly}
   * @param encrypted whether the section has attributes for encryption keys (RFC 4567, RFC 4568)
   */
  public record Media(
      String kind,
      String protocol,
      List<Format> formats,
      @Nullable String control,
      boolean sendOnly,
      boolean encrypted) {}

  /**
   * A format in which the medium may be sent.
   *
   * @param payloadType the RTP payload type, 0 to 127
   * @param encoding the encoding's name, in upper case, such as {@code H264}; for a payload type
   *     without a name a text such as {@code payload type 96}
   * @param clockRate the rate of RTP timestamps, in ticks per second; when the description does not
   *     give it, 8,000 for audio and 90,000 for all else
   * @param channels the number of audio channels; 1 when the description does not give it
   * @param parameters the {@code fmtp} parameters, with names in lower case; the key {@code
   *     rtcp-fb} holds the offered feedback (RFC 4585, section 4.2), separated by semicolons
   */
  public record Format(
      int payloadType,
      String encoding,
      int clockRate,
      int channels,
      Map<String, String> parameters) {}

  /** Parses a description. Never fails; an empty text gives a description without media. */
  public static SessionDescription parse(String text) {
    String control = null;
    List<Section> sections = new ArrayList<>();
    for (String line : text.split("[\r\n]+")) {
      if (line.startsWith("m=")) {
        if (sections.size() == MAX_MEDIA) {
          break;
        }
        sections.add(new Section(line.substring(2)));
      } else if (line.startsWith("a=")) {
        int colon = line.indexOf(':');
        String name = colon < 0 ? line.substring(2) : line.substring(2, colon);
        String value = colon < 0 ? "" : line.substring(colon + 1).strip();
        if (!sections.isEmpty()) {
          sections.get(sections.size() - 1).attribute(name, value, sections);
        } else if (name.equals("control")) {
          control = value;
        }
      }
    }
    return new SessionDescription(control, sections.stream().map(Section::media).toList());
  }

  /** A media section while it is parsed. */
  private static final class Section {
    private final String kind;
    private final String protocol;
    private final Map<Integer, String> encodings = new TreeMap<>();
    private final Map<Integer, Map<String, String>> parameters = new HashMap<>();
    private final Map<String, String> feedback = new HashMap<>();
    private final List<Integer> order = new ArrayList<>();
    private @Nullable String control;
    private boolean sendOnly;
    private boolean encrypted;

    Section(String line) {
      String[] words = line.strip().split("\\s+");
      kind = words[0].toLowerCase(Locale.ROOT);
      protocol = words.length < 3 ? "" : words[2].toUpperCase(Locale.ROOT);
      for (int i = 3; i < words.length && order.size() < MAX_FORMATS; i++) {
        payloadType(words[i]).ifPresent(order::add);
      }
    }

    void attribute(String name, String value, List<Section> all) {
      switch (name) {
        case "control" -> control = value;
        case "sendonly" -> sendOnly = true;
        case "key-mgmt", "crypto" -> encrypted = true;
        case "rtpmap" -> ofFormat(value, (type, map) -> encodings.putIfAbsent(type, map));
        case "fmtp" ->
            ofFormat(
                value,
                (type, list) -> {
                  // Some cameras write fmtp in a section that does not have this payload type.
                  Section owner =
                      order.contains(type)
                          ? this
                          : all.stream()
                              .filter(section -> section.order.contains(type))
                              .findFirst()
                              .orElse(this);
                  parameters(list).forEach(owner.parametersOf(type)::putIfAbsent);
                });
        case "rtcp-fb" -> {
          String[] words = value.split("\\s+", 2);
          if (words.length == 2 && feedback.size() <= MAX_FORMATS) {
            feedback.merge(words[0], words[1], (one, other) -> one + "; " + other);
          }
        }
        case "framesize" ->
            ofFormat(value, (type, size) -> parametersOf(type).putIfAbsent("framesize", size));
        case "x-dimensions" ->
            order.forEach(type -> parametersOf(type).putIfAbsent("x-dimensions", value));
        default -> {}
      }
    }

    private Map<String, String> parametersOf(int type) {
      return parameters.computeIfAbsent(type, added -> new HashMap<>());
    }

    private interface FormatLine {
      void read(int payloadType, String rest);
    }

    private static void ofFormat(String value, FormatLine line) {
      String[] words = value.split("\\s+", 2);
      if (words.length == 2) {
        payloadType(words[0]).ifPresent(type -> line.read(type, words[1].strip()));
      }
    }

    Media media() {
      List<Format> formats =
          order.stream()
              .map(
                  type ->
                      new Format(
                          type,
                          encoding(type),
                          number(
                              type, 1, kind.equals("audio") ? 8_000 : MediaTime.TICKS_PER_SECOND),
                          number(type, 2, 1),
                          withFeedback(type)))
              .toList();
      return new Media(kind, protocol, formats, control, sendOnly, encrypted);
    }

    private Map<String, String> withFeedback(int type) {
      Map<String, String> all = new HashMap<>(parameters.getOrDefault(type, Map.of()));
      String offered = feedback.getOrDefault("*", "") + "; " + feedback.getOrDefault("" + type, "");
      if (offered.length() > 2) {
        all.put("rtcp-fb", offered);
      }
      return Map.copyOf(all);
    }

    private String encoding(int type) {
      String map = encodings.get(type);
      return map == null ? wellKnown(type) : map.split("[/\\s]")[0].toUpperCase(Locale.ROOT);
    }

    /**
     * Returns a number that follows the name in {@code rtpmap}: the clock rate (place 1) or the
     * channels (place 2).
     */
    private int number(int type, int place, int otherwise) {
      String[] parts = encodings.getOrDefault(type, "").split("[/\\s]+");
      return parts.length > place && parts[place].matches("[1-9]\\d{0,6}")
          ? Integer.parseInt(parts[place])
          : otherwise;
    }

    /**
     * Returns the name of a static payload type (RFC 3551, section 6), for those that cameras use.
     */
    private static String wellKnown(int type) {
      return switch (type) {
        case 0 -> "PCMU";
        case 8 -> "PCMA";
        case 14 -> "MPA";
        case 26 -> "JPEG";
        case 32 -> "MPV";
        case 33 -> "MP2T";
        default -> "payload type " + type;
      };
    }
  }

  private static Optional<Integer> payloadType(String word) {
    return word.matches("\\d{1,3}") && Integer.parseInt(word) < 128
        ? Optional.of(Integer.valueOf(word))
        : Optional.empty();
  }

  private static Map<String, String> parameters(String list) {
    Map<String, String> found = new HashMap<>();
    for (String one : list.split(";")) {
      int equals = one.indexOf('=');
      if (equals > 0) {
        found.putIfAbsent(
            one.substring(0, equals).strip().toLowerCase(Locale.ROOT),
            one.substring(equals + 1).strip());
      }
    }
    return found;
  }
}
