package io.kydai.analytics.tracking;

/**
 * The lowest scores with which an unmatched detection begins a track, by family of classes, 0..1. A
 * network is surer of people than of vehicles and two-wheelers, and a lower start for people makes
 * tracks of posts and shadows.
 *
 * @param person people
 * @param vehicle cars, buses, lorries and trains
 * @param twoWheeler bicycles and motorcycles
 * @param other every other class
 */
public record StartScores(float person, float vehicle, float twoWheeler, float other) {
  /**
   * @throws IllegalArgumentException when a score is not 0..1
   */
  public StartScores {
    check("person", person);
    check("vehicle", vehicle);
    check("twoWheeler", twoWheeler);
    check("other", other);
  }

  /** Returns the same score for every class. */
  public static StartScores all(float score) {
    return new StartScores(score, score, score, score);
  }

  float of(ObjectClass kind) {
    if (kind.person) {
      return person;
    }
    if (kind.machine) {
      return twoWheeler;
    }
    return kind.vehicle ? vehicle : other;
  }

  float lowest() {
    return Math.min(Math.min(person, vehicle), Math.min(twoWheeler, other));
  }

  private static void check(String name, float score) {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException(name + " must be 0 to 1, not " + score);
    }
  }
}
