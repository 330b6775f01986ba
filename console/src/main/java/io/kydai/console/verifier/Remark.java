package io.kydai.console.verifier;

import java.util.Set;
import java.util.TreeSet;

/**
 * What a verifier said of a picture.
 *
 * @param likelihood how likely the alert is true, 0 to 1
 * @param description in one sentence or two, at most {@value #MAX_DESCRIPTION} characters, without
 *     control characters; what exceeds is cut. It is text: whoever shows it escapes it.
 * @param flags what it pointed out
 */
public record Remark(double likelihood, String description, Set<Flag> flags) {
  /** The longest description, in UTF-16 units. */
  public static final int MAX_DESCRIPTION = 500;

  public Remark {
    if (!(likelihood >= 0 && likelihood <= 1)) {
      throw new IllegalArgumentException("a likelihood from 0 to 1 is expected");
    }
    description = cleaned(description);
    flags = Set.copyOf(new TreeSet<>(flags));
  }

  /** Takes away what could hide or reorder words: controls, and marks of direction. */
  private static String cleaned(String text) {
    String clean =
        text.codePoints()
            .limit(MAX_DESCRIPTION * 2L)
            .filter(c -> Character.getType(c) != Character.FORMAT)
            .filter(c -> Character.getType(c) != Character.SURROGATE)
            .map(c -> Character.isISOControl(c) || Character.isWhitespace(c) ? ' ' : c)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
            .strip();
    if (clean.length() <= MAX_DESCRIPTION) {
      return clean;
    }
    boolean splits = Character.isHighSurrogate(clean.charAt(MAX_DESCRIPTION - 1));
    return clean.substring(0, MAX_DESCRIPTION - (splits ? 1 : 0));
  }
}
