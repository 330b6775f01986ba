package io.kydai.console.messages.rules;

import io.kydai.console.users.Role;
import java.util.List;

/**
 * Who gets the messages of a rule, as far as they may see what is told.
 *
 * @param accounts the ids of accounts; at most 1,000
 * @param roles the roles whose holders get it
 * @param shifts the ids of shifts whose people get it while they are on duty
 * @param cameraPeople whether those get it whose grants name the camera, one of its groups or an
 *     area in which it stands
 * @param officers whether the officers of the agency get it that is to act
 */
public record Recipients(
    List<String> accounts,
    List<Role> roles,
    List<String> shifts,
    boolean cameraPeople,
    boolean officers) {
  static final int MAX = 1_000;

  public Recipients {
    accounts = List.copyOf(accounts);
    roles = List.copyOf(roles);
    shifts = List.copyOf(shifts);
  }

  boolean isEmpty() {
    return accounts.isEmpty() && roles.isEmpty() && shifts.isEmpty() && !cameraPeople && !officers;
  }
}
