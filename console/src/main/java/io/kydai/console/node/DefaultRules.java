package io.kydai.console.node;

import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import io.kydai.console.config.camera.CameraConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The scene and rules of a camera of which only the address is known: a count of objects that cross
 * the middle of the picture, crowding, loss of signal and tampering.
 */
public final class DefaultRules {
  private DefaultRules() {}

  /** Returns a scene with a vertical line in the middle and a zone that covers the picture. */
  public static Scene scene() {
    return new Scene(
        List.of(new Line("middle", new Point(0.5, 0), new Point(0.5, 1))),
        List.of(
            new Zone(
                "picture",
                List.of(
                    new Point(0.02, 0.02),
                    new Point(0.98, 0.02),
                    new Point(0.98, 0.98),
                    new Point(0.02, 0.98)))));
  }

  /** Returns the rules for {@link #scene}. */
  public static List<RuleSpec> rules() {
    List<RuleSpec> rules = new ArrayList<>(CameraConfig.DEFAULT_RULES);
    rules.add(new RuleSpec("count", "line-count", Map.of("line", "middle")));
    rules.add(
        new RuleSpec("crowd", "crowding", Map.of("zone", "picture", "people", 5, "for", "10s")));
    return rules;
  }
}
