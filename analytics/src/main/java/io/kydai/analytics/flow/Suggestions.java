package io.kydai.analytics.flow;

import io.kydai.analytics.scene.Scene;
import java.util.List;

/**
 * What a flow map suggests.
 *
 * @param tracks how many tracks on wheels it knows
 * @param needed with fewer of them nothing is suggested
 * @param lanes the most used first; none that the scene has already
 */
public record Suggestions(double tracks, int needed, List<LaneSuggestion> lanes) {
  /** Fewer tracks than these may be a coincidence. */
  public static final int LEAST_TRACKS = 20;

  public Suggestions {
    lanes = List.copyOf(lanes);
  }

  /** Returns whether there were enough tracks to suggest anything. */
  public boolean enough() {
    return tracks >= needed;
  }

  /** The same grid and scene give the same suggestions. */
  public static Suggestions of(FlowGrid grid, Scene scene) {
    return of(grid, scene, LEAST_TRACKS);
  }

  /**
   * @param needed another number of tracks than {@value #LEAST_TRACKS}, for short recordings
   */
  public static Suggestions of(FlowGrid grid, Scene scene, int needed) {
    double tracks = grid.tracksOnWheels();
    return new Suggestions(
        tracks, needed, tracks < needed ? List.of() : LaneFinder.find(grid, scene, needed));
  }
}
