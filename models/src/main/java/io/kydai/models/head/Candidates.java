package io.kydai.models.head;

import io.kydai.models.detection.ModelException;
import java.util.OptionalInt;

/**
 * The best-scored guesses of one picture: at most {@value #CAPACITY}. When full, a better guess
 * takes the place of the worst. One thread's, reused from picture to picture; nothing is allocated
 * after construction.
 *
 * <p>A binary heap with the worst on top while it fills; {@link #sort()} turns it into a list, best
 * first.
 */
public final class Candidates {
  /** After it the guesses are noise: a picture has at most some hundred objects. */
  static final int CAPACITY = 1000;

  private final float minScore;
  private final boolean strict;
  private final float[] scores = new float[CAPACITY];
  private final int[] anchors = new int[CAPACITY];
  private final int[] labels = new int[CAPACITY];
  private int size;
  private boolean leftOut;
  private int unnamed;

  /**
   * @param strict whether a class that the list does not have is an error, also where the score is
   *     too low for a guess; otherwise such guesses are left out
   */
  public Candidates(float minScore, boolean strict) {
    this.minScore = minScore;
    this.strict = strict;
  }

  float minScore() {
    return minScore;
  }

  public void clear() {
    size = 0;
    leftOut = false;
  }

  void offer(float score, int anchor, int label) {
    if (size < CAPACITY) {
      set(size, score, anchor, label);
      rise(size++);
    } else if (score > scores[0]) {
      set(0, score, anchor, label);
      sink(0, size);
    }
  }

  /**
   * A guess with the class's number as the network says it among its outputs. Rows without a score
   * are padding, with any number.
   *
   * @param classes how many the list has
   * @throws ModelException when the list has no such class, and that is an error
   */
  void offerNamed(float score, int anchor, float said, int classes) {
    if (!(score > 0) || (score < minScore && !strict)) {
      return;
    }
    int number = Float.isNaN(said) ? -1 : Math.round(said);
    if (number < 0 || number >= classes) {
      if (strict) {
        throw new ModelException(
            "the network names class " + number + ", and its list has " + classes + " classes");
      }
      leftOut = true;
      unnamed = number;
    } else if (score >= minScore) {
      offer(score, anchor, number);
    }
  }

  /** A class's number that was left out of this picture, as the list does not have it. */
  public OptionalInt unnamed() {
    return leftOut ? OptionalInt.of(unnamed) : OptionalInt.empty();
  }

  /** Best first; among equals the lower anchor, then the lower class, so that results repeat. */
  public void sort() {
    for (int end = size - 1; end > 0; end--) {
      swap(0, end);
      sink(0, end);
    }
  }

  public int size() {
    return size;
  }

  public float score(int i) {
    return scores[i];
  }

  public int anchor(int i) {
    return anchors[i];
  }

  public int label(int i) {
    return labels[i];
  }

  private void rise(int i) {
    while (i > 0 && worse(i, (i - 1) / 2)) {
      swap(i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
  }

  private void sink(int i, int end) {
    while (2 * i + 1 < end) {
      int child = 2 * i + 1;
      if (child + 1 < end && worse(child + 1, child)) {
        child++;
      }
      if (!worse(child, i)) {
        return;
      }
      swap(i, child);
      i = child;
    }
  }

  private boolean worse(int a, int b) {
    if (scores[a] != scores[b]) {
      return scores[a] < scores[b];
    }
    return anchors[a] != anchors[b] ? anchors[a] > anchors[b] : labels[a] > labels[b];
  }

  private void set(int i, float score, int anchor, int label) {
    scores[i] = score;
    anchors[i] = anchor;
    labels[i] = label;
  }

  private void swap(int a, int b) {
    float score = scores[a];
    int anchor = anchors[a];
    int label = labels[a];
    set(a, scores[b], anchors[b], labels[b]);
    set(b, score, anchor, label);
  }
}
