package io.kydai.models.detection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.kydai.models.detection.CocoEvaluation.Result;
import io.kydai.models.detection.CocoEvaluation.Size;
import io.kydai.models.detection.CocoEvaluation.Truth;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The evaluator against the reference one, on invented boxes ({@code coco-cases.py} made them). */
class CocoEvaluationTest {
  private static final double ROUNDING = 1e-6; // the file has six digits

  @Test
  void eachClassAndSizeHasTheAveragePrecisionThatPycocotoolsGivesIt() throws IOException {
    CocoEvaluation evaluation = evaluation();
    int figures = 0;
    for (String[] words : lines("expected")) {
      Result result = evaluation.result(Size.valueOf(words[1].toUpperCase(Locale.ROOT)));
      boolean mean = words[2].equals("mean");
      assertThat(mean ? result.map() : result.ap(words[2]))
          .as("AP of %s, %s", words[2], words[1])
          .isCloseTo(Double.parseDouble(words[3]), within(ROUNDING));
      assertThat(mean ? result.map50() : result.ap50(words[2]))
          .as("AP50 of %s, %s", words[2], words[1])
          .isCloseTo(Double.parseDouble(words[4]), within(ROUNDING));
      figures += mean ? 0 : 1;
    }
    int classes = 0;
    for (Size size : Size.values()) {
      classes += evaluation.result(size).perClass().size();
    }
    assertThat(figures).as("a class without truth has no figure").isEqualTo(classes).isEqualTo(12);
  }

  private static CocoEvaluation evaluation() throws IOException {
    Map<Integer, List<Truth>> truth = new TreeMap<>();
    Map<Integer, List<Detection>> found = new TreeMap<>();
    for (String[] words : lines("truth")) {
      List<Truth> picture =
          truth.computeIfAbsent(Integer.valueOf(words[1]), p -> new ArrayList<>());
      picture.add(new Truth(words[2], box(words, 3)));
    }
    for (String[] words : lines("found")) {
      List<Detection> picture =
          found.computeIfAbsent(Integer.valueOf(words[1]), p -> new ArrayList<>());
      picture.add(new Detection(words[2], Float.parseFloat(words[3]), box(words, 4)));
    }
    CocoEvaluation evaluation = new CocoEvaluation();
    truth.forEach(
        (picture, boxes) -> {
          List<Detection> detections = found.getOrDefault(picture, new ArrayList<>());
          detections.sort((a, b) -> Float.compare(b.score(), a.score()));
          evaluation.add(boxes, detections);
        });
    assertThat(truth.keySet()).containsAll(found.keySet());
    return evaluation;
  }

  private static Box box(String[] words, int from) {
    float left = Float.parseFloat(words[from]);
    float top = Float.parseFloat(words[from + 1]);
    return new Box(
        left,
        top,
        left + Float.parseFloat(words[from + 2]),
        top + Float.parseFloat(words[from + 3]));
  }

  private static List<String[]> lines(String kind) throws IOException {
    try (var in = CocoEvaluationTest.class.getResourceAsStream("coco-cases.txt");
        var reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return reader
          .lines()
          .filter(line -> line.startsWith(kind + " "))
          .map(l -> l.split(" "))
          .toList();
    }
  }
}
