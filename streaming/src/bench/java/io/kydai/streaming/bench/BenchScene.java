package io.kydai.streaming.bench;

import io.kydai.analytics.rules.CameraAnalysis;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import java.util.List;
import java.util.Map;

/** One rule of each of the usual kinds, in the middle of whatever the picture shows. */
final class BenchScene {
  private BenchScene() {}

  static CameraAnalysis analysis() {
    Scene scene =
        new Scene(
            List.of(new Line("line", new Point(0.5, 0), new Point(0.5, 1))),
            List.of(
                new Zone(
                    "zone",
                    List.of(
                        new Point(0.3, 0.2),
                        new Point(0.7, 0.2),
                        new Point(0.8, 0.8),
                        new Point(0.2, 0.8)))));
    return new CameraAnalysis(
        AccessUnits.CAMERA,
        scene,
        List.of(
            new RuleSpec("count", "line-count", Map.of("line", "line")),
            new RuleSpec("wrong-way", "wrong-way", Map.of("line", "line", "allowed", "forward")),
            new RuleSpec("crowd", "crowding", Map.of("zone", "zone", "people", 5, "for", "3s")),
            new RuleSpec("intrusion", "intrusion", Map.of("zone", "zone"))));
  }
}
