package io.kydai.console.secondlook;

import io.kydai.console.settings.DeskSetting;
import io.kydai.console.settings.InvalidSettingException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The types of rules whose reports two people have to look at before they are verified.
 *
 * @param types at most {@value #MAX}, such as {@code red-light}; none at first
 */
public record SecondLook(List<String> types) {
  private static final int MAX = 100;
  private static final int MAX_NAME = 100;

  /** The setting. */
  public static final DeskSetting<SecondLook> SETTING =
      new DeskSetting<>("second-look", SecondLook.class, new SecondLook(List.of()));

  public SecondLook {
    types = List.copyOf(types);
    if (types.size() > MAX) {
      throw new InvalidSettingException("types", MAX + " at most");
    }
    Set<String> known = new HashSet<>();
    for (int i = 0; i < types.size(); i++) {
      String type = types.get(i);
      if (type.isBlank() || type.length() > MAX_NAME || !known.add(type)) {
        throw new InvalidSettingException("types[" + i + "]", "a type that is not there yet");
      }
    }
  }

  /**
   * Refuses types that no rule has. It is not asked of what is stored: a type that is gone must not
   * make the setting unreadable.
   *
   * @param rules the types of rules that there are
   * @throws InvalidSettingException when there is another one
   */
  public SecondLook ofRules(Set<String> rules) {
    for (int i = 0; i < types.size(); i++) {
      if (!rules.contains(types.get(i))) {
        throw new InvalidSettingException("types[" + i + "]", "a type of a rule");
      }
    }
    return this;
  }
}
