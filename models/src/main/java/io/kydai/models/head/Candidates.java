package io.kydai.models.head;

import io.kydai.models.detection.ModelException;
import java.util.OptionalInt;

/**
 * The candidate detections of one picture with the highest scores, at most {@value #CAPACITY}. When
 * it is full, a candidate with a higher score replaces the one with the lowest. An instance is used
 * by one thread and reused for each picture; nothing is allocated after construction.
 *
 * <p>The candidates form a binary min-heap by score until {@link #sort()} turns it into an array in
 * descending order (heapsort).
 */
public final class Candidates {
  /** The bound; a picture has at most a few hundred objects, so that the rest would be noise. */
  static final int CAPACITY = 1000;

  private final float minScore;
  private final boolean strict;
  private final float[] scores = new float[CAPACITY];
  private final int[] anchors = new int[CAPACITY];
  private final int[] labels = new int[CAPACITY];
  private int size;
  private boolean hasUnknownClass;
  private int unknownClass;

  /**
   * Creates an empty collection.
   *
   * @param minScore the lowest score that is kept, 0..1
   * @param strict whether a class number outside the network's list is an error, whatever the
   *     score; otherwise such candidates are dropped
   */
  public Candidates(float minScore, boolean strict) {
    this.minScore = minScore;
    this.strict = strict;
  }

  float minScore() {
    return minScore;
  }

  /** Removes all candidates. */
  public void clear() {
    size = 0;
    hasUnknownClass = false;
  }

  void offer(float score, int anchor, int label) {
    if (size < CAPACITY) {
      set(size, score, anchor, label);
      siftUp(size++);
    } else if (score > scores[0]) {
      set(0, score, anchor, label);
      siftDown(0, size);
    }
  }

  /**
   * Offers a candidate whose class number is one of the network's outputs. A row whose score is not
   * positive is padding, and is ignored whatever its class number.
   *
   * @param classNumber the class number as the network's output holds it
   * @param classes the number of classes in the network's list
   * @throws ModelException when the list has no such class and this collection is strict
   */
  void offerNumbered(float score, int anchor, float classNumber, int classes) {
    if (!(score > 0) || (score < minScore && !strict)) {
      return;
    }
    int number = Float.isNaN(classNumber) ? -1 : Math.round(classNumber);
    if (number < 0 || number >= classes) {
      if (strict) {
        throw new ModelException(
            "the network reported class " + number + ", but its list has " + classes + " classes");
      }
      hasUnknownClass = true;
      unknownClass = number;
    } else if (score >= minScore) {
      offer(score, anchor, number);
    }
  }

  /**
   * Returns a class number that the network reported for this picture and its list does not have;
   * empty when there was none.
   */
  public OptionalInt unknownClass() {
    return hasUnknownClass ? OptionalInt.of(unknownClass) : OptionalInt.empty();
  }

  /**
   * Sorts the candidates by descending score; equal scores are sorted by ascending anchor and
   * class, so that the order is deterministic. Nothing may be offered afterwards until {@link
   * #clear()}.
   */
  public void sort() {
    for (int end = size - 1; end > 0; end--) {
      swap(0, end);
      siftDown(0, end);
    }
  }

  /** Returns the number of candidates. */
  public int size() {
    return size;
  }

  /** Returns the score of candidate {@code i}, 0..1. */
  public float score(int i) {
    return scores[i];
  }

  /** Returns the anchor number of candidate {@code i}, as the head numbers its anchors. */
  public int anchor(int i) {
    return anchors[i];
  }

  /** Returns the class number of candidate {@code i}, an index in the network's list. */
  public int label(int i) {
    return labels[i];
  }

  private void siftUp(int i) {
    while (i > 0 && worse(i, (i - 1) / 2)) {
      swap(i, (i - 1) / 2);
      i = (i - 1) / 2;
    }
  }

  private void siftDown(int i, int end) {
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
