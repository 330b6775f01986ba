package io.kydai.models.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Suggests the known word that is most similar to a misspelt one. */
public final class Nearest {
  private static final int MAX_WORD = 60;

  private Nearest() {}

  /** Returns the part of a message that suggests a similar word, or else lists the known words. */
  public static String hint(String word, Collection<String> words) {
    return to(word, words)
        .map(near -> "did you mean '" + near + "'?")
        .orElseGet(() -> "there are: " + String.join(", ", words));
  }

  /**
   * Returns the word with the smallest edit distance, if the distance is at most half the length of
   * the longer word.
   */
  public static Optional<String> to(String word, Collection<String> words) {
    if (word.length() > MAX_WORD) {
      return Optional.empty();
    }
    String plain = normalised(word);
    return words.stream()
        .filter(w -> distance(plain, normalised(w)) * 2 <= Math.max(word.length(), w.length()))
        .min(Comparator.comparingInt(w -> distance(plain, normalised(w))));
  }

  private static String normalised(String word) {
    return word.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Returns the number of letters to insert, delete or replace (Levenshtein 1965). */
  private static int distance(String a, String b) {
    int[] row = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[b.length()];
  }
}
