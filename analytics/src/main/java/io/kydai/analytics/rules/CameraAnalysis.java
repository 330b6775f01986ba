package io.kydai.analytics.rules;

import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Scene;
import io.kydai.ingest.source.CameraId;
import java.util.List;

/** What is to be analysed on a camera's pictures. */
public record CameraAnalysis(CameraId camera, Scene scene, List<RuleSpec> rules) {
  public CameraAnalysis {
    rules = List.copyOf(rules);
  }
}
