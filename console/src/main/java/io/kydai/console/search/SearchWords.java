package io.kydai.console.search;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The words of texts, as the index has them: in lower case and composed (Unicode NFC). A word with
 * accents is there twice, as it is written and without them, so that {@code đường} is found by
 * {@code đường} and by {@code duong}, but not by {@code đuông}.
 */
public final class SearchWords {
  private static final Pattern SEPARATORS = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final Pattern MARKS = Pattern.compile("\\p{M}+");
  private static final int MAX_WORD = 40;
  private static final int MAX_INDEXED = 100;
  private static final int MAX_ASKED = 8;

  private SearchWords() {}

  /** Returns a word without accents. */
  static String plain(String word) {
    return MARKS
        .matcher(Normalizer.normalize(word, Normalizer.Form.NFD))
        .replaceAll("")
        .replace('đ', 'd');
  }

  private static List<String> words(String text) {
    String lower = Normalizer.normalize(text, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
    List<String> words = new ArrayList<>();
    for (String word : SEPARATORS.split(lower)) {
      if (!word.isEmpty()) {
        words.add(word.length() <= MAX_WORD ? word : word.substring(0, MAX_WORD));
      }
    }
    return words;
  }

  /** Returns the words under which texts are found, at most {@value #MAX_INDEXED}. */
  static Set<String> indexed(List<String> texts) {
    Set<String> indexed = new LinkedHashSet<>();
    for (String text : texts) {
      for (String word : words(text)) {
        if (indexed.size() + 2 <= MAX_INDEXED) {
          indexed.add(word);
          indexed.add(plain(word));
        }
      }
    }
    return indexed;
  }

  /**
   * Returns the words that a search asks for, all of which a report must have: the first {@value
   * #MAX_ASKED}. A word that is written without accents is found with any.
   */
  public static List<String> asked(String text) {
    return words(text).stream().distinct().limit(MAX_ASKED).toList();
  }
}
