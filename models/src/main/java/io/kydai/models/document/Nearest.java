package io.kydai.models.document;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the word that somebody meant. */
public final class Nearest {
  private static final int MAX_WORD = 60;

  private Nearest() {}

  /** What a message says of a word that is not known: what was meant, or what there is. */
  public static String hint(String word, Collection<String> words) {
    return to(word, words)
        .map(near -> "did you mean '" + near + "'?")
        .orElseGet(() -> "there are: " + String.join(", ", words));
  }

  /** The nearest of the words, if it is at most half of the longer word away. */
  public static Optional<String> to(String word, Collection<String> words) {
    if (word.length() > MAX_WORD) {
      return Optional.empty();
    }
    String plain = normal(word);
    return words.stream()
        .filter(w -> distance(plain, normal(w)) * 2 <= Math.max(word.length(), w.length()))
        .min(Comparator.comparingInt(w -> distance(plain, normal(w))));
  }

  private static String normal(String word) {
    return word.toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** How many letters to insert, delete or replace (Levenshtein 1965). */
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
