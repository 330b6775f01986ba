package io.kydai.console.messages.rules;

import io.kydai.console.settings.DeskSetting;
import io.kydai.console.settings.InvalidSettingException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The shifts of a site, whose hours are in the site's time zone.
 *
 * @param shifts at most {@value #MAX}, each with its own id
 */
public record Shifts(List<Shift> shifts) {
  private static final int MAX = 200;
  private static final int MAX_ID = 63;
  private static final int MAX_NAME = 200;
  private static final int MAX_MEMBERS = 1_000;

  /** The setting. */
  public static final DeskSetting<Shifts> SETTING =
      new DeskSetting<>("shifts", Shifts.class, new Shifts(List.of()));

  public Shifts {
    shifts = List.copyOf(shifts);
    if (shifts.size() > MAX) {
      throw new InvalidSettingException("shifts", MAX + " at most");
    }
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < shifts.size(); i++) {
      check(shifts.get(i), "shifts[" + i + "].", ids);
    }
  }

  private static void check(Shift shift, String field, Set<String> ids) {
    if (shift.id().isBlank() || shift.id().length() > MAX_ID || !ids.add(shift.id())) {
      throw new InvalidSettingException(field + "id", "an id that no other shift has");
    }
    if (shift.name().isBlank() || shift.name().length() > MAX_NAME) {
      throw new InvalidSettingException(field + "name", "1 to " + MAX_NAME + " characters");
    }
    if (shift.accounts().size() > MAX_MEMBERS || shift.agencies().size() > MAX_MEMBERS) {
      throw new InvalidSettingException(field + "accounts", MAX_MEMBERS + " at most");
    }
    if (shift.accounts().isEmpty() && shift.roles().isEmpty() && shift.agencies().isEmpty()) {
      throw new InvalidSettingException(field + "accounts", "a person, a role or an agency");
    }
  }
}
