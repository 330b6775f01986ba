package io.kydai.console.messages;

import static java.util.Objects.requireNonNull;

import io.kydai.console.incidents.Priority;
import io.kydai.console.messages.rules.Channel;
import io.kydai.console.messages.rules.Hours;
import io.kydai.console.messages.rules.MessageRule;
import io.kydai.console.messages.rules.MessageRules;
import io.kydai.console.messages.rules.Shift;
import io.kydai.console.messages.rules.Shifts;
import io.kydai.console.reports.Report;
import io.kydai.console.users.Account;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Duties;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Role;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Finds who is told of something, by which channel, and when. */
final class RecipientFinder {
  private final Duties duties;
  private final Function<Account, MessagePreferences> preferences;
  private final ZoneId zone;

  /**
   * @param preferences waits for the database
   * @param zone the site's
   */
  RecipientFinder(Duties duties, Function<Account, MessagePreferences> preferences, ZoneId zone) {
    this.duties = requireNonNull(duties);
    this.preferences = requireNonNull(preferences);
    this.zone = requireNonNull(zone);
  }

  /**
   * Somebody who is told.
   *
   * @param due when, which is later than now in quiet hours
   */
  record Told(Account account, Channel channel, Instant due) {}

  /**
   * Returns who is told of something now. Of several rules for the same person and channel the one
   * holds that tells soonest.
   *
   * @param camera where the report's camera stands
   */
  List<Told> find(
      PendingMessage message,
      Report report,
      CameraPlace camera,
      MessageRules rules,
      Shifts shifts,
      Instant now) {
    ZonedDateTime local = now.atZone(zone);
    Set<String> areas = duties.areas(camera);
    List<MessageRule> holding =
        rules.of(message.occasion(), report.origin().type()).stream()
            .filter(rule -> rule.isAt(camera.groups(), areas))
            .toList();
    List<Shift> onDuty = shifts.shifts().stream().filter(shift -> shift.onDuty(local)).toList();
    boolean urgent = Priority.of(report.origin().type()) == Priority.URGENT;
    List<Told> told = new ArrayList<>();
    if (holding.isEmpty()) {
      return told;
    }
    for (Account account : duties.accounts()) {
      Set<Role> roles = duties.roles(account);
      List<MessageRule> own =
          holding.stream()
              .filter(rule -> names(rule, account, roles, onDuty, camera, message.agency()))
              .toList();
      if (!own.isEmpty() && maySee(account, camera, report)) {
        MessagePreferences wanted = preferences.apply(account);
        for (Channel channel : Channel.values()) {
          if (wants(wanted, channel)) {
            own.stream()
                .filter(rule -> rule.channels().contains(channel))
                .map(rule -> due(rule, wanted, urgent, local))
                .min(Instant::compareTo)
                .ifPresent(due -> told.add(new Told(account, channel, due)));
          }
        }
      }
    }
    return told;
  }

  /** Returns whether somebody may see a report now. */
  boolean maySee(Account account, CameraPlace camera, Report report) {
    return duties
        .of(account)
        .may(Permission.EVIDENCE, camera, report.times().receivedAt(), report.handling().agency());
  }

  /** Returns whether somebody takes messages by a channel, as far as the preferences say. */
  static boolean wants(MessagePreferences wanted, Channel channel) {
    return switch (channel) {
      case EMAIL -> wanted.byEmail() && wanted.email() != null;
      case PUSH -> wanted.byPush();
    };
  }

  private boolean names(
      MessageRule rule,
      Account account,
      Set<Role> roles,
      List<Shift> onDuty,
      CameraPlace camera,
      @Nullable String agency) {
    if (rule.to().accounts().contains(account.id().value())
        || rule.to().roles().stream().anyMatch(roles::contains)) {
      return true;
    }
    if (rule.to().officers()
        && agency != null
        && Objects.equals(agency, account.agency())
        && roles.contains(Role.AGENCY_OFFICER)) {
      return true;
    }
    return onDuty.stream()
            .anyMatch(shift -> rule.to().shifts().contains(shift.id()) && shift.has(account, roles))
        || (rule.to().cameraPeople() && duties.isNamedFor(account, camera));
  }

  private static Instant due(
      MessageRule rule, MessagePreferences wanted, boolean urgent, ZonedDateTime now) {
    if (urgent && rule.urgentBreaksQuiet()) {
      return now.toInstant();
    }
    ZonedDateTime due = now;
    // Each may lead into the other: three times are enough for hours that come daily.
    for (int i = 0; i < 3; i++) {
      due = after(wanted.quiet(), after(rule.quiet(), due));
    }
    return due.toInstant();
  }

  private static ZonedDateTime after(@Nullable Hours quiet, ZonedDateTime at) {
    return quiet == null ? at : quiet.after(at);
  }
}
