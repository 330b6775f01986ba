package io.kydai.models.plates;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a country's plates look like: some masks, in which {@code 0} stands for a digit, {@code 1}
 * for a digit but zero, {@code A} for a letter that its plates use, and {@code ?} for either.
 *
 * <p>A character that does not fit its place is replaced only where the place leaves one character
 * that looks like it: an O among digits is a zero. Nothing else is guessed: a text that fits no
 * mask that way is not of this country.
 *
 * @param country ISO 3166-1's two letters
 * @param letters those that the country's plates use
 * @param masks the first that fits counts
 */
public record PlateFormat(String country, String letters, List<String> masks) {
  private static final int MAX_REPLACED = 1;

  /** A digit and the letters that are taken for it; the first one is also what it is taken for. */
  private static final Map<Character, String> ALIKE =
      Map.of('0', "ODQ", '1', "IL", '2', "Z", '5', "S", '6', "G", '8', "B");

  /**
   * Vietnam's: two digits of the province, a series of a letter with or without a second sign, and
   * four or five digits; in one line (cars) or two (motorbikes, square plates). I, J, O, Q, R and W
   * are in no series (Circular 24/2023/TT-BCA).
   */
  public static final PlateFormat VIETNAM =
      new PlateFormat(
          "VN",
          "ABCDEFGHKLMNPSTUVXYZ",
          List.of("10A00000", "10A0000", "10A?00000", "10A?0000", "10AA00000"));

  /** Brazil's, before and since 2018. */
  public static final PlateFormat BRAZIL =
      new PlateFormat("BR", "ABCDEFGHIJKLMNOPQRSTUVWXYZ", List.of("AAA0000", "AAA0A00"));

  /** Those that there are. */
  public static final List<PlateFormat> ALL = List.of(VIETNAM, BRAZIL);

  public PlateFormat {
    masks = List.copyOf(masks);
  }

  /**
   * What a text looks like: texts whose characters may be taken for one another, place by place,
   * have the same look.
   */
  public static String look(String text) {
    StringBuilder look = new StringBuilder();
    for (char character : text.toCharArray()) {
      char seen = character;
      for (Map.Entry<Character, String> alike : ALIKE.entrySet()) {
        if (alike.getValue().indexOf(character) >= 0) {
          seen = alike.getKey();
        }
      }
      look.append(seen);
    }
    return look.toString();
  }

  /**
   * A text as the format has it.
   *
   * @param text the plate
   * @param replaced how many characters were read as others that look like them
   */
  public record Fit(String text, int replaced) {}

  /** The mask that needs the fewest replacements; empty when none fits. */
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
