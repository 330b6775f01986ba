package io.kydai.console.settings;

import java.util.List;

/**
 * Texts that people of a site put into comments and answers.
 *
 * @param templates at most 200, in the order in which they are offered
 */
public record AnswerTemplates(List<Template> templates) {
  private static final int MAX = 200;
  private static final int MAX_NAME = 100;
  private static final int MAX_TEXT = 2_000;

  /** The setting. */
  public static final DeskSetting<AnswerTemplates> SETTING =
      new DeskSetting<>("templates", AnswerTemplates.class, new AnswerTemplates(List.of()));

  /** A text with the name under which it is found. */
  public record Template(String name, String text) {}

  public AnswerTemplates {
    templates = List.copyOf(templates);
    if (templates.size() > MAX) {
      throw new InvalidSettingException("templates", MAX + " at most");
    }
    for (int i = 0; i < templates.size(); i++) {
      Template template = templates.get(i);
      if (template.name().isBlank() || template.name().length() > MAX_NAME) {
        throw new InvalidSettingException(
            "templates[" + i + "].name", "1 to " + MAX_NAME + " characters");
      }
      if (template.text().isBlank() || template.text().length() > MAX_TEXT) {
        throw new InvalidSettingException(
            "templates[" + i + "].text", "1 to " + MAX_TEXT + " characters");
      }
    }
  }
}
