package io.kydai.analytics.rules.settings;

import io.kydai.models.plates.PlateFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Plates that are looked for, each with a label that says why. At most {@value #MAX_ENTRIES}; more
 * are refused.
 */
public final class WatchList {
  public static final int MAX_ENTRIES = 10_000;

  /** Looks for nothing. */
  public static final WatchList EMPTY = new WatchList(List.of());

  private static final Pattern MARKS = Pattern.compile("[\\s.\\-·]+");
  private static final Pattern PLATE = Pattern.compile("[A-Z0-9]{4,12}");

  private final Map<String, Entry> exact = new HashMap<>();
  private final Map<String, List<Entry>> bySkeleton = new HashMap<>();

  /**
   * One plate.
   *
   * @param plate as {@link #normal} has it
   * @param label why it is looked for; it is shown, and logged, in the plate's place
   */
  public record Entry(String plate, String label) {
    /** Without the plate, which is personal data and must not get into a log by chance. */
    @Override
    public String toString() {
      return "Entry[" + label + "]";
    }
  }

  /**
   * A plate that was read and is on the list, or nearly.
   *
   * @param exact whether it is the listed one; otherwise one character differs, and looks like the
   *     listed one
   */
  public record Match(Entry entry, boolean exact) {}

  /**
   * @throws IllegalArgumentException when a plate is listed twice or is none, or there are too many
   */
  public WatchList(List<Entry> entries) {
    if (entries.size() > MAX_ENTRIES) {
      throw new IllegalArgumentException("at most " + MAX_ENTRIES + " plates are looked for");
    }
    for (Entry entry : entries) {
      if (!PLATE.matcher(entry.plate()).matches() || exact.put(entry.plate(), entry) != null) {
        throw new IllegalArgumentException(entry.label() + ": no plate, or one that is listed");
      }
      bySkeleton
          .computeIfAbsent(PlateFormat.skeleton(entry.plate()), skeleton -> new ArrayList<>())
          .add(entry);
    }
  }

  /**
   * A plate as people write it, as readers have it: without spaces, dots and hyphens, in capitals,
   * with D for Đ. Empty for what has not 4 to 12 letters A–Z and digits then.
   */
  public static Optional<String> normal(String written) {
    String plate = MARKS.matcher(written).replaceAll("").toUpperCase(Locale.ROOT).replace('Đ', 'D');
    return PLATE.matcher(plate).matches() ? Optional.of(plate) : Optional.empty();
  }

  public boolean isEmpty() {
    return exact.isEmpty();
  }

  /**
   * The listed plate that a text is, or else is nearly: the same but for one character that looks
   * like the listed one. Where it is so near to several, the first.
   */
  public Optional<Match> match(String text) {
    Entry same = exact.get(text);
    return same != null
        ? Optional.of(new Match(same, true))
        : bySkeleton.getOrDefault(PlateFormat.skeleton(text), List.of()).stream()
            .filter(entry -> differences(entry.plate(), text) == 1)
            .findFirst()
            .map(entry -> new Match(entry, false));
  }

  private static int differences(String a, String b) {
    int count = 0;
    for (int i = 0; i < a.length(); i++) {
      count += a.charAt(i) == b.charAt(i) ? 0 : 1;
    }
    return count;
  }
}
