package io.kydai.console.http.api.desk;

import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.ErrorText;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.incidents.Priority;
import io.kydai.console.messages.InvalidMessagesException;
import io.kydai.console.messages.Messages;
import io.kydai.console.messages.SentTest;
import io.kydai.console.messages.mail.MailServer;
import io.kydai.console.messages.rules.Channel;
import io.kydai.console.messages.rules.MessageRule;
import io.kydai.console.messages.rules.MessageRules;
import io.kydai.console.messages.rules.Occasion;
import io.kydai.console.messages.rules.Recipients;
import io.kydai.console.messages.rules.Shift;
import io.kydai.console.messages.rules.Shifts;
import io.kydai.console.outbox.DeadLetter;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.settings.InvalidSettingException;
import io.kydai.console.settings.SettingChangedException;
import io.kydai.console.settings.Versioned;
import io.kydai.console.users.Role;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The operations on shifts, rules of messages, the mail server, and what was not delivered. */
public final class MessageApi {
  private final DeskSettings settings;
  private final Messages messages;

  public MessageApi(Desk desk, Messages messages) {
    this.settings = desk.settings();
    this.messages = messages;
  }

  /**
   * @param desk runs what waits for the database
   * @param waiting runs what waits for the mail server
   */
  public void register(Endpoints endpoints, WorkerExecutor desk, WorkerExecutor waiting) {
    endpoints
        .on("getShifts", desk, call -> ApiReply.json(ShiftsAnswer.of(settings.get(Shifts.SETTING))))
        .on("replaceShifts", desk, this::replaceShifts)
        .on(
            "getMessageRules",
            desk,
            call -> ApiReply.json(RulesAnswer.of(settings.get(MessageRules.SETTING))))
        .on("replaceMessageRules", desk, this::replaceRules)
        .on("getMailServer", desk, call -> ApiReply.json(MailAnswer.of(messages.mailServer())))
        .on("replaceMailServer", desk, this::replaceMail)
        .on("testMailServer", waiting, this::testMail)
        .on("getMessageState", desk, call -> ApiReply.json(StateAnswer.of(messages.state())))
        .on("replayMessages", desk, this::replay);
  }

  private static Role role(String wire) {
    return Role.of(wire)
        .orElseThrow(() -> Problem.badField("roles", "Expected: the name of a role."));
  }

  private static <T, R> @Nullable List<R> mapped(@Nullable List<T> list, Function<T, R> function) {
    return list == null ? null : list.stream().map(function).toList();
  }

  /** The contract's {@code Shift}. */
  private record ShiftJson(
      String id,
      String name,
      @Nullable List<String> days,
      String from,
      String to,
      List<String> accounts,
      List<String> roles,
      List<String> agencies) {
    Shift shift() {
      return new Shift(
          id,
          name,
          new HoursJson(days, from, to).hours("shifts"),
          accounts,
          roles.stream().map(MessageApi::role).toList(),
          agencies);
    }

    static ShiftJson of(Shift shift) {
      HoursJson hours = HoursJson.of(shift.hours());
      return new ShiftJson(
          shift.id(),
          shift.name(),
          hours.days(),
          hours.from(),
          hours.to(),
          shift.accounts(),
          shift.roles().stream().map(Role::wire).toList(),
          shift.agencies());
    }
  }

  /** The contract's {@code ShiftsReplacement}. */
  private record ShiftsBody(long version, List<ShiftJson> shifts) {}

  private ApiReply replaceShifts(ApiCall call) {
    ShiftsBody body = call.body(ShiftsBody.class);
    return ApiReply.json(
        ShiftsAnswer.of(
            DeskSettingApi.replace(
                settings,
                Shifts.SETTING,
                () -> new Shifts(body.shifts().stream().map(ShiftJson::shift).toList()),
                body.version(),
                call)));
  }

  /** The contract's {@code Shifts}. */
  private record ShiftsAnswer(
      long version,
      @Nullable Instant changedAt,
      @Nullable String changedBy,
      List<ShiftJson> shifts) {
    static ShiftsAnswer of(Versioned<Shifts> now) {
      return new ShiftsAnswer(
          now.version(),
          now.changedAt(),
          now.changedBy(),
          now.value().shifts().stream().map(ShiftJson::of).toList());
    }
  }

  /** The contract's {@code MessageRecipients}. */
  private record RecipientsJson(
      List<String> accounts,
      List<String> roles,
      List<String> shifts,
      boolean cameraPeople,
      boolean officers) {
    Recipients recipients() {
      return new Recipients(
          accounts, roles.stream().map(MessageApi::role).toList(), shifts, cameraPeople, officers);
    }

    static RecipientsJson of(Recipients to) {
      return new RecipientsJson(
          to.accounts(),
          to.roles().stream().map(Role::wire).toList(),
          to.shifts(),
          to.cameraPeople(),
          to.officers());
    }
  }

  /** The contract's {@code MessageRule}. */
  private record RuleJson(
      String id,
      List<String> occasions,
      @Nullable List<String> priorities,
      @Nullable List<String> types,
      @Nullable List<String> groups,
      @Nullable List<String> areas,
      RecipientsJson to,
      List<String> channels,
      @Nullable HoursJson quiet,
      boolean urgentBreaksQuiet) {
    MessageRule rule() {
      return new MessageRule(
          id,
          occasions.stream().map(one -> ErrorText.constant(Occasion.class, one)).toList(),
          mapped(priorities, one -> ErrorText.constant(Priority.class, one)),
          types,
          groups,
          areas,
          to.recipients(),
          channels.stream().map(one -> ErrorText.constant(Channel.class, one)).toList(),
          quiet == null ? null : quiet.hours("rules.quiet"),
          urgentBreaksQuiet);
    }

    static RuleJson of(MessageRule rule) {
      return new RuleJson(
          rule.id(),
          rule.occasions().stream().map(ErrorText::dashed).toList(),
          mapped(rule.priorities(), ErrorText::dashed),
          rule.types(),
          rule.groups(),
          rule.areas(),
          RecipientsJson.of(rule.to()),
          rule.channels().stream().map(ErrorText::dashed).toList(),
          rule.quiet() == null ? null : HoursJson.of(rule.quiet()),
          rule.urgentBreaksQuiet());
    }
  }

  /** The contract's {@code MessageRulesReplacement}. */
  private record RulesBody(
      long version,
      String clipWait,
      @Nullable String faultWait,
      boolean pictures,
      List<RuleJson> rules) {
    MessageRules rulesOf() {
      return new MessageRules(
          CalendarText.duration("clip-wait", clipWait),
          faultWait == null ? null : CalendarText.duration("fault-wait", faultWait),
          pictures,
          rules.stream().map(RuleJson::rule).toList());
    }
  }

  private ApiReply replaceRules(ApiCall call) {
    RulesBody body = call.body(RulesBody.class);
    return ApiReply.json(
        RulesAnswer.of(
            DeskSettingApi.replace(
                settings, MessageRules.SETTING, body::rulesOf, body.version(), call)));
  }

  /** The contract's {@code MessageRules}. */
  private record RulesAnswer(
      long version,
      @Nullable Instant changedAt,
      @Nullable String changedBy,
      String clipWait,
      String faultWait,
      boolean pictures,
      List<RuleJson> rules) {
    static RulesAnswer of(Versioned<MessageRules> now) {
      return new RulesAnswer(
          now.version(),
          now.changedAt(),
          now.changedBy(),
          now.value().clipWait().toString(),
          now.value().faultWait().toString(),
          now.value().pictures(),
          now.value().rules().stream().map(RuleJson::of).toList());
    }
  }

  /** The contract's {@code MailServerReplacement}. */
  private record MailBody(
      long version,
      String host,
      int port,
      String security,
      @Nullable String user,
      @Nullable String password,
      String from,
      @Nullable String certificates) {}

  private ApiReply replaceMail(ApiCall call) {
    MailBody body = call.body(MailBody.class);
    try {
      MailServer server =
          new MailServer(
              body.host(),
              body.port(),
              ErrorText.constant(MailServer.Security.class, body.security()),
              body.user(),
              body.from(),
              body.certificates());
      return ApiReply.json(
          MailAnswer.of(
              messages.replaceMailServer(
                  server, body.password(), body.version(), call.actor(), call.origin())));
    } catch (InvalidSettingException e) {
      throw Problem.badField(e.field(), "Expected: " + e.getMessage() + ".");
    } catch (SettingChangedException e) {
      throw Problem.of(409, e);
    }
  }

  /** The contract's {@code MailServer}: without the password. */
  private record MailAnswer(
      long version,
      @Nullable Instant changedAt,
      @Nullable String changedBy,
      String host,
      int port,
      String security,
      @Nullable String user,
      boolean hasPassword,
      String from,
      @Nullable String certificates) {
    static MailAnswer of(Messages.Mail mail) {
      Versioned<MailServer> now = mail.server();
      return new MailAnswer(
          now.version(),
          now.changedAt(),
          now.changedBy(),
          now.value().host(),
          now.value().port(),
          ErrorText.dashed(now.value().security()),
          now.value().user(),
          mail.hasPassword(),
          now.value().from(),
          now.value().certificates());
    }
  }

  /** The contract's {@code MailTest}. */
  private record TestBody(String to) {}

  private ApiReply testMail(ApiCall call) {
    String to = call.body(TestBody.class).to();
    try {
      return messages
          .testMail(to, call.actor(), call.origin())
          .map(MessageApi::answer)
          .orElseThrow(
              () ->
                  Problem.of(503, "The mail server is being tested by somebody else.")
                      .withHeader("Retry-After", "5"));
    } catch (InvalidMessagesException e) {
      throw Problem.badField(e.field(), "Expected: " + e.getMessage() + ".");
    }
  }

  static ApiReply answer(SentTest sent) {
    return ApiReply.json(new SentAnswer(sent.accepted(), sent.why()));
  }

  /** The contract's {@code SentMessage}. */
  private record SentAnswer(boolean accepted, String why) {}

  /** The contract's {@code MessageState}. */
  private record StateAnswer(int clips, int waiting, int dead, List<LetterAnswer> undelivered) {
    static StateAnswer of(Messages.State state) {
      return new StateAnswer(
          state.clips(),
          state.waiting(),
          state.dead(),
          state.letters().stream().map(LetterAnswer::of).toList());
    }
  }

  /** The contract's {@code MessageReplay}. */
  private record ReplayBody(@Nullable String message) {}

  private ApiReply replay(ApiCall call) {
    return ApiReply.json(
        messages.replay(call.body(ReplayBody.class).message(), call.actor(), call.origin()));
  }

  /** The contract's {@code UndeliveredMessage}. */
  private record LetterAnswer(
      String message,
      String to,
      String channel,
      String occasion,
      String report,
      Instant diedAt,
      int attempts,
      String why) {
    static LetterAnswer of(DeadLetter letter) {
      return new LetterAnswer(
          letter.event(),
          letter.shown(),
          letter.destination().substring(0, letter.destination().indexOf(':')),
          letter.type().toLowerCase(Locale.ROOT),
          letter.report().value(),
          letter.diedAt(),
          letter.attempts(),
          letter.why());
    }
  }
}
