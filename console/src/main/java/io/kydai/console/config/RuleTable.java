package io.kydai.console.config;

import static java.util.stream.Collectors.joining;

import io.kydai.analytics.rules.RuleTypes;
import io.kydai.analytics.rules.settings.Parameter;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.models.document.ValueType;
import java.util.ArrayList;
import java.util.List;

/** Makes the documentation's table of rule types from the declarations of their parameters. */
final class RuleTable {
  private RuleTable() {}

  /** Returns a Markdown table with a row of the common keys and a row for each type. */
  static String markdown() {
    StringBuilder table = new StringBuilder("| type | keys |\n|---|---|\n");
    table.append("| all | ").append(keys(RuleType.COMMON)).append(" |\n");
    for (RuleType type : RuleTypes.all().values()) {
      table.append("| `").append(type.name()).append("` | ");
      table.append(keys(type.parameters())).append(" |\n");
    }
    return table.toString();
  }

  private static String keys(List<Parameter> parameters) {
    return parameters.stream().map(RuleTable::key).collect(joining(", "));
  }

  private static String key(Parameter parameter) {
    List<String> notes = new ArrayList<>();
    notes.add(absence(parameter.absence()));
    if (!parameter.values().isEmpty()) {
      notes.add(String.join(" or ", parameter.values()));
    }
    if (Double.isFinite(parameter.least()) && Double.isFinite(parameter.most())) {
      String range = ValueType.number(parameter.least(), parameter.most()).range();
      notes.add(parameter.unit().isEmpty() ? range : range + " " + parameter.unit());
    }
    return "`" + parameter.name() + "` (" + String.join("; ", notes) + ")";
  }

  private static String absence(Parameter.Absence absence) {
    if (absence instanceof Parameter.Optional optional) {
      return optional.meaning();
    }
    if (absence instanceof Parameter.Preset preset) {
      return preset.value() instanceof List<?> list ? words(list) : String.valueOf(preset.value());
    }
    return "needed";
  }

  private static String words(List<?> list) {
    return list.isEmpty() ? "all" : list.stream().map(String::valueOf).collect(joining(", "));
  }
}
