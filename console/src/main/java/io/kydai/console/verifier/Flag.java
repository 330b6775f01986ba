package io.kydai.console.verifier;

import static java.util.Locale.ROOT;

import java.util.Arrays;
import java.util.Optional;

/** What a verifier may point out. Words that are not among these are left out. */
public enum Flag {
  /** What the rule speaks of is not in the picture. */
  NOT_SEEN,
  /** The picture is dark, blurred or damaged. */
  UNCLEAR_PICTURE,
  /** Something stands before the camera, or before what the rule speaks of. */
  BLOCKED_VIEW,
  /** A vehicle or person of the emergency services or on duty. */
  EMERGENCY,
  /** A reflection, a shadow, a poster or a screen was taken for the thing. */
  LOOK_ALIKE,
  /** Somebody may be in danger. */
  DANGER;

  /** Returns the word of interfaces, such as {@code not-seen}. */
  public String wire() {
    return name().toLowerCase(ROOT).replace('_', '-');
  }

  /** Returns the flag of a word; empty where there is none. */
  static Optional<Flag> of(String word) {
    return Arrays.stream(values()).filter(flag -> flag.wire().equals(word)).findFirst();
  }
}
