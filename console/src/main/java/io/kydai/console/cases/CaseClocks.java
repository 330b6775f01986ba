package io.kydai.console.cases;

import io.kydai.ingest.source.CameraId;
import java.util.Optional;

/** How far cameras' clocks are ahead of this machine's now. Asked on any thread; does not wait. */
@FunctionalInterface
public interface CaseClocks {
  /** Returns the offset in seconds; empty where a camera's sender reports do not say. */
  Optional<Double> offset(CameraId camera);
}
