package io.kydai.models.plates;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The format of a country's number plates: masks, in which {@code 0} stands for a digit, {@code 1}
 * for a digit from 1 to 9, {@code A} for a letter that its plates use, and {@code ?} for such a
 * letter or a digit.
 *
 * <p>A character that its position in the mask does not permit is replaced if the position permits
 * exactly one character of similar shape: an O where a digit is required becomes a zero. At most
 * one character of a text is replaced. A text that fits no mask with these replacements does not
 * have this format.
 *
 * @param country the country's two-letter code (ISO 3166-1 alpha-2)
 * @param letters the letters that the country's plates use
 * @param masks the masks; of those that need equally many replacements the first is used
 */
public record PlateFormat(String country, String letters, List<String> masks) {
  private static final int MAX_REPLACED = 1;

  /** Digits, each with the letters of similar shape. */
  private static final Map<Character, String> ALIKE =
      Map.of('0', "ODQ", '1', "IL", '2', "Z", '5', "S", '6', "G", '8', "B");

  /**
   * The format of Vietnam: two digits of the province, a series of a letter that another letter or
   * a digit may follow, and four or five digits, in one line (cars) or two (motorbikes, square
   * plates). No series has I, J, O, Q, R or W (Circular 24/2023/TT-BCA).
   */
  public static final PlateFormat VIETNAM =
      new PlateFormat(
          "VN",
          "ABCDEFGHKLMNPSTUVXYZ",
          List.of("10A00000", "10A0000", "10A?00000", "10A?0000", "10AA00000"));

  /** The format of Brazil: that until 2018, and the Mercosur plate since. */
  public static final PlateFormat BRAZIL =
      new PlateFormat("BR", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", List.of("AAA0000", "AAA0A00"));

  /** All built-in formats. */
  public static final List<PlateFormat> ALL = List.of(VIETNAM, BRAZIL);

  public PlateFormat {
    masks = List.copyOf(masks);
  }

  /**
   * Returns a form of the text in which characters of similar shape are replaced by one of them, so
   * that two texts that may be misread for one another have the same form. (Unicode Technical
   * Standard 39, section 4, calls such a form a skeleton.)
   */
  public static String skeleton(String text) {
    StringBuilder skeleton = new StringBuilder();
    for (char character : text.toCharArray()) {
      char representative = character;
      for (Map.Entry<Character, String> alike : ALIKE.entrySet()) {
        if (alike.getValue().indexOf(character) >= 0) {
          representative = alike.getKey();
        }
      }
      skeleton.append(representative);
    }
    return skeleton.toString();
  }

  /**
   * A text that fits a mask.
   *
   * @param text the plate's text after replacement
   * @param replaced the number of characters that were replaced by ones of similar shape
   */
  public record Fit(String text, int replaced) {}

  /** Fits a text to the mask that needs the fewest replacements; returns empty when none fits. */
  public Optional<Fit> fit(String read) {
    List<Fit> fits = new ArrayList<>();
    for (String mask : masks) {
      if (mask.length() == read.length()) {
        fit(read, mask).ifPresent(fits::add);
      }
    }
    return fits.stream().reduce((a, b) -> b.replaced < a.replaced ? b : a);
  }

  private Optional<Fit> fit(String read, String mask) {
    StringBuilder text = new StringBuilder();
    int replaced = 0;
    for (int i = 0; i < mask.length(); i++) {
      char character = read.charAt(i);
      if (!belongs(character, mask.charAt(i))) {
        Optional<Character> other = alike(character, mask.charAt(i));
        if (other.isEmpty()) {
          return Optional.empty();
        }
        character = other.get();
        replaced++;
      }
      text.append(character);
    }
    return replaced > MAX_REPLACED
        ? Optional.empty()
        : Optional.of(new Fit(text.toString(), replaced));
  }

  private boolean belongs(char character, char place) {
    boolean letter = letters.indexOf(character) >= 0;
    boolean digit = character >= '0' && character <= '9';
    return switch (place) {
      case '0' -> digit;
      case '1' -> digit && character != '0';
      case 'A' -> letter;
      default -> letter || digit;
    };
  }

  private Optional<Character> alike(char character, char place) {
    List<Character> found = new ArrayList<>();
    ALIKE.forEach(
        (digit, looks) -> {
          if (looks.indexOf(character) >= 0 && belongs(digit, place)) {
            found.add(digit);
          }
          if (digit == character) {
            looks
                .chars()
                .mapToObj(c -> (char) c)
                .filter(c -> belongs(c, place))
                .forEach(found::add);
          }
        });
    return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
  }
}
