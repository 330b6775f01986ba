package io.kydai.analytics.mot;

import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Line;
import io.kydai.analytics.scene.Point;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.scene.Zone;
import java.util.List;
import java.util.Map;

/** What is drawn on PETS09-S2L1, and asked of it, where its truth is known. */
public final class PetsScene {
  public static final Scene SCENE =
      new Scene(
          List.of(
              new Line("v", new Point(0.5, 0), new Point(0.5, 1)),
              new Line("h", new Point(0, 0.5), new Point(1, 0.5)),
              new Line("d", new Point(0.2, 0.9), new Point(0.9, 0.3))),
          List.of(
              new Zone(
                  "z",
                  List.of(
                      new Point(0.30, 0.20),
                      new Point(0.75, 0.20),
                      new Point(0.75, 0.70),
                      new Point(0.30, 0.70)))));

  public static final List<RuleSpec> RULES =
      List.of(
          new RuleSpec("v", "line-count", Map.of("line", "v")),
          new RuleSpec("h", "line-count", Map.of("line", "h")),
          new RuleSpec("d", "line-count", Map.of("line", "d")),
          new RuleSpec("c5", "crowding", Map.of("zone", "z", "people", 5, "for", 3)),
          new RuleSpec("c6", "crowding", Map.of("zone", "z", "people", 6, "for", "3s")));

  private PetsScene() {}
}
