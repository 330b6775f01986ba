package io.kydai.console.cameras;

import static java.util.Objects.requireNonNull;

/**
 * What is kept of the care for a node's cameras.
 *
 * @param pauses which are paused
 * @param handovers whose faults are handed to somebody
 * @param items what rules found wrong with them
 */
public record CameraCare(CameraPauses pauses, CameraHandovers handovers, MaintenanceItems items) {
  public CameraCare {
    requireNonNull(pauses);
    requireNonNull(handovers);
    requireNonNull(items);
  }
}
