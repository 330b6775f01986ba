package io.kydai.analytics.flow;

import io.kydai.analytics.scene.Point;
import java.util.Set;

/**
 * A flow map as it was at one moment. Cells are counted row by row from the picture's top left.
 * Immutable.
 */
public final class FlowGrid {
  public static final int COLUMNS = 64;
  public static final int ROWS = 36;
  public static final int CELLS = COLUMNS * ROWS;

  /** Bin {@code i} stands for {@code i * 30} degrees, from the picture's right to its bottom. */
  public static final int DIRECTIONS = 12;

  private final float aspect;
  private final double watched;
  private final float[] passes;
  private final float[] standing;
  private final float[] directions;
  private final float[] tracks;

  FlowGrid(
      float aspect,
      double watched,
      float[] passes,
      float[] standing,
      float[] directions,
      float[] tracks) {
    this.aspect = aspect;
    this.watched = watched;
    this.passes = passes;
    this.standing = standing;
    this.directions = directions;
    this.tracks = tracks;
  }

  /** The picture's width over its height. */
  public double aspect() {
    return aspect;
  }

  /** Seconds that were watched, since the beginning. */
  public double watched() {
    return watched;
  }

  /** How many tracks of a group moved; the past fades. */
  public double tracks(RoadUser user) {
    return tracks[user.ordinal()];
  }

  /** How many tracks that keep to lanes moved; the past fades. */
  public double tracksOnWheels() {
    return tracks(RoadUser.VEHICLE) + tracks(RoadUser.TWO_WHEELER);
  }

  /** How much of a group passed a cell, in lengths of a path across a cell: some one a track. */
  public double passes(RoadUser user, int cell) {
    return passes[user.ordinal() * CELLS + cell];
  }

  /** How many seconds objects of a group stood in a cell. */
  public double standing(RoadUser user, int cell) {
    return standing[user.ordinal() * CELLS + cell];
  }

  /** One of both, of some groups together. */
  public double heat(Quantity quantity, Set<RoadUser> users, int cell) {
    double sum = 0;
    for (RoadUser user : users) {
      sum += quantity == Quantity.PASSES ? passes(user, cell) : standing(user, cell);
    }
    return sum;
  }

  /** How much went through a cell in a direction, of all on wheels. */
  public double towards(int direction, int cell) {
    return directions[cell * DIRECTIONS + direction];
  }

  /** A cell's middle, normalised. */
  public static Point middle(int cell) {
    return new Point((cell % COLUMNS + 0.5) / COLUMNS, (cell / COLUMNS + 0.5) / ROWS);
  }
}
