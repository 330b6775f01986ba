package io.kydai.console.http.api.site;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.kydai.analytics.rules.settings.Parameter;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.console.http.answer.ErrorText;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The contract's {@code RuleTypeDescriptor}. */
record RuleTypeAnswer(
    String name,
    String group,
    Title title,
    String description,
    String outcome,
    boolean wantsPlates,
    List<String> needs,
    List<Setting> parameters) {
  /** What the type is called, by language (BCP 47). */
  record Title(String en, String vi) {}

  /**
   * The contract's {@code RuleParameter}.
   *
   * @param preset its default; null where there is none
   * @param otherwise what its absence means; null where there is a default or it is required
   * @param minimum null where it is no number, as is the maximum
   * @param values null where it is no choice
   */
  record Setting(
      String name,
      String type,
      boolean required,
      @JsonProperty("default") @Nullable Object preset,
      @Nullable String otherwise,
      @Nullable Double minimum,
      @Nullable Double maximum,
      @Nullable String unit,
      @Nullable List<String> values,
      String description) {
    static Setting of(Parameter parameter) {
      boolean ranged = Double.isFinite(parameter.least());
      return new Setting(
          parameter.name(),
          ErrorText.dashed(parameter.kind()),
          parameter.required(),
          parameter.absence() instanceof Parameter.Preset preset ? preset.value() : null,
          parameter.absence() instanceof Parameter.Optional optional ? optional.meaning() : null,
          ranged ? parameter.least() : null,
          ranged ? parameter.most() : null,
          parameter.unit().isEmpty() ? null : parameter.unit(),
          parameter.values().isEmpty() ? null : parameter.values(),
          parameter.description());
    }
  }

  static RuleTypeAnswer of(RuleType type) {
    return new RuleTypeAnswer(
        type.name(),
        ErrorText.dashed(type.group()),
        new Title(type.title().english(), type.title().vietnamese()),
        type.description(),
        ErrorText.dashed(type.outcome()),
        type.wantsPlates(),
        type.needs().stream().sorted().map(ErrorText::dashed).toList(),
        type.parameters().stream().map(Setting::of).toList());
  }
}
