package io.kydai.analytics.tracking;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a track's detections say of its class, weighed by their scores, and of the people on it.
 *
 * <p>A two-wheeler's rider fills most of its box, and small networks call the whole a person as
 * often as not; nobody who walks is called a motorcycle a quarter of the time. So a machine needs
 * fewer votes than a person.
 */
final class ClassVote {
  /** Classes that one track votes on; the votes for others beyond these are not counted. */
  private static final int MOST_KINDS = 6;

  /** People on a two-wheeler who are counted. */
  static final int MOST_RIDERS = 4;

  private static final double MACHINE_SHARE = 0.25;
  private static final int MACHINE_HITS = 3;
  // Somebody behind another is hidden most of the time.
  private static final double RIDER_SHARE = 0.25;
  private static final int RIDER_HITS = 3;

  private final ObjectClass[] kinds = new ObjectClass[MOST_KINDS];
  private final double[] weight = new double[MOST_KINDS];
  private final int[] atLeast = new int[MOST_RIDERS + 1]; // frames with so many people or more
  private int size;
  private int machineHits;
  private @Nullable ObjectClass winner;

  void clear() {
    size = 0;
    machineHits = 0;
    Arrays.fill(atLeast, 0);
  }

  void add(ObjectClass kind, double score, int riders) {
    machineHits += kind.machine ? 1 : 0;
    for (int n = 1; n <= Math.min(MOST_RIDERS, riders); n++) {
      atLeast[n]++;
    }
    int i = 0;
    while (i < size && kinds[i] != kind) {
      i++;
    }
    if (i == MOST_KINDS) {
      return;
    }
    if (i == size) {
      kinds[i] = kind;
      weight[i] = 0;
      size++;
    }
    weight[i] += score;
    elect();
  }

  private void elect() {
    double all = 0;
    double machines = 0;
    @Nullable ObjectClass best = null;
    @Nullable ObjectClass bestMachine = null;
    double most = -1;
    double mostMachine = -1;
    for (int i = 0; i < size; i++) {
      all += weight[i];
      if (weight[i] > most) {
        most = weight[i];
        best = kinds[i];
      }
      if (kinds[i].machine) {
        machines += weight[i];
        if (weight[i] > mostMachine) {
          mostMachine = weight[i];
          bestMachine = kinds[i];
        }
      }
    }
    boolean rides =
        bestMachine != null
            && best != null
            && best.person
            && machineHits >= MACHINE_HITS
            && machines >= MACHINE_SHARE * all;
    winner = rides ? bestMachine : best;
  }

  /**
   * Returns the class of most votes.
   *
   * @throws NullPointerException before the first vote
   */
  ObjectClass winner() {
    return requireNonNull(winner, "no vote yet");
  }

  String label() {
    return winner().label;
  }

  /** Returns whether both a person and a machine were seen in this track. */
  boolean mixed() {
    boolean person = false;
    boolean machine = false;
    for (int i = 0; i < size; i++) {
      person |= kinds[i].person;
      machine |= kinds[i].machine;
    }
    return person && machine;
  }

  /** People on a two-wheeler, as many as were seen at once often enough; 0 for anything else. */
  int riders() {
    if (!winner().machine) {
      return 0;
    }
    int riders = 0;
    for (int n = 1; n <= MOST_RIDERS; n++) {
      if (atLeast[n] >= RIDER_HITS && atLeast[n] >= RIDER_SHARE * atLeast[1]) {
        riders = n;
      }
    }
    return riders;
  }
}
