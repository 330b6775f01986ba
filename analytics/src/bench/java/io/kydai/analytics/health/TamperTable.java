package io.kydai.analytics.health;

import io.kydai.analytics.alert.Alert;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/**
 * Prints docs/reports/accuracy.md's table of tampering: every scenario on every clip, at so many
 * pictures a second (first argument, 2), from so many scenarios on (second argument, 0). Takes
 * minutes.
 */
public final class TamperTable {
  private TamperTable() {}

  public static void main(String[] arguments) {
    PrintStream out = System.out;
    double fps = arguments.length > 0 ? Double.parseDouble(arguments[0]) : 2;
    int first = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 0;
    List<Footage> clips = Footage.CLIPS.stream().map(clip -> Footage.of(clip, 25)).toList();
    out.println("| what happens | told | as | delay in s |");
    out.println("|---|---|---|---|");
    for (int i = first; i < Scenario.all(clips.get(0)).size(); i++) {
      row(out, clips, fps, i);
    }
  }

  private static void row(PrintStream out, List<Footage> clips, double fps, int index) {
    int told = 0;
    StringBuilder delays = new StringBuilder();
    StringBuilder others = new StringBuilder();
    String name = "";
    for (Footage clip : clips) {
      Scenario scenario = Scenario.all(Footage.another(clip)).get(index);
      name = scenario.name();
      List<Alert> alerts = scenario.play(clip, fps);
      if (alerts.isEmpty() && scenario.expected().isPresent()) {
        others.append(clip.name()).append(": missed; ");
      }
      for (Alert alert : alerts) {
        if (alert.phase() == Alert.Phase.OPENED) {
          told++;
          double at = alert.span().end().mediaTime().toSeconds();
          delays.append(String.format(Locale.ROOT, " %.0f", at - Scenario.BEFORE));
          boolean asExpected =
              scenario
                  .expected()
                  .filter(kind -> alert.finding().reason().contains(kind.label()))
                  .isPresent();
          if (!asExpected) {
            others.append(clip.name()).append(": ").append(alert.finding().reason()).append("; ");
          }
        }
      }
    }
    out.printf("| %s | %d of %d | %s |%s |%n", name, told, clips.size(), others, delays);
  }
}
