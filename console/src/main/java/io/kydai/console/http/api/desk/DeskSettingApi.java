package io.kydai.console.http.api.desk;

import io.kydai.analytics.rules.RuleTypes;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.secondlook.SecondLook;
import io.kydai.console.settings.AnswerTemplates;
import io.kydai.console.settings.DeskSetting;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.settings.InvalidSettingException;
import io.kydai.console.settings.RejectReasons;
import io.kydai.console.settings.SettingChangedException;
import io.kydai.console.settings.Versioned;
import io.vertx.core.WorkerExecutor;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The operations on the short lists that a site sets for its desk. */
public final class DeskSettingApi {
  private final DeskSettings settings;

  public DeskSettingApi(Desk desk) {
    this.settings = desk.settings();
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("getRejectReasons", desk, call -> get(RejectReasons.SETTING, ReasonsAnswer::of))
        .on("replaceRejectReasons", desk, this::replaceReasons)
        .on("getSecondLook", desk, call -> get(SecondLook.SETTING, SecondLookAnswer::of))
        .on("replaceSecondLook", desk, this::replaceSecondLook)
        .on("getTemplates", desk, call -> get(AnswerTemplates.SETTING, TemplatesAnswer::of))
        .on("replaceTemplates", desk, this::replaceTemplates);
  }

  private <T> ApiReply get(DeskSetting<T> setting, Function<Versioned<T>, Object> answer) {
    return ApiReply.json(answer.apply(settings.get(setting)));
  }

  /**
   * Makes a value from a request and stores it.
   *
   * @throws Problem 400 when the value cannot be taken, 409 when the setting was changed since
   */
  static <T> Versioned<T> replace(
      DeskSettings settings, DeskSetting<T> setting, Supplier<T> value, long seen, ApiCall call) {
    return replace(settings, setting, value, seen, call, db -> {});
  }

  /**
   * Makes a value from a request and stores it, with work in the same transaction.
   *
   * @throws Problem as above
   */
  static <T> Versioned<T> replace(
      DeskSettings settings,
      DeskSetting<T> setting,
      Supplier<T> value,
      long seen,
      ApiCall call,
      Consumer<Handle> with) {
    try {
      return settings.replace(setting, value.get(), seen, call.actor(), call.origin(), with);
    } catch (InvalidSettingException e) {
      throw Problem.badField(e.field(), "Expected: " + e.getMessage() + ".");
    } catch (SettingChangedException e) {
      throw Problem.of(409, e);
    }
  }

  /** The contract's {@code RejectReasonsReplacement}. */
  private record ReasonsBody(long version, List<RejectReasons.Reason> reasons) {}

  private ApiReply replaceReasons(ApiCall call) {
    ReasonsBody body = call.body(ReasonsBody.class);
    return ApiReply.json(
        ReasonsAnswer.of(
            replace(
                settings,
                RejectReasons.SETTING,
                () -> new RejectReasons(body.reasons()),
                body.version(),
                call)));
  }

  /** The contract's {@code SecondLookReplacement}. */
  private record SecondLookBody(long version, List<String> types) {}

  private ApiReply replaceSecondLook(ApiCall call) {
    SecondLookBody body = call.body(SecondLookBody.class);
    return ApiReply.json(
        SecondLookAnswer.of(
            replace(
                settings,
                SecondLook.SETTING,
                () -> new SecondLook(body.types()).ofRules(RuleTypes.all().keySet()),
                body.version(),
                call)));
  }

  /** The contract's {@code TemplatesReplacement}. */
  private record TemplatesBody(long version, List<AnswerTemplates.Template> templates) {}

  private ApiReply replaceTemplates(ApiCall call) {
    TemplatesBody body = call.body(TemplatesBody.class);
    return ApiReply.json(
        TemplatesAnswer.of(
            replace(
                settings,
                AnswerTemplates.SETTING,
                () -> new AnswerTemplates(body.templates()),
                body.version(),
                call)));
  }

  /** The contract's {@code RejectReasons}. */
  private record ReasonsAnswer(
      long version,
      @Nullable Instant changedAt,
      @Nullable String changedBy,
      List<RejectReasons.Reason> reasons) {
    static ReasonsAnswer of(Versioned<RejectReasons> now) {
      return new ReasonsAnswer(
          now.version(), now.changedAt(), now.changedBy(), now.value().reasons());
    }
  }

  /** The contract's {@code SecondLook}. */
  private record SecondLookAnswer(
      long version, @Nullable Instant changedAt, @Nullable String changedBy, List<String> types) {
    static SecondLookAnswer of(Versioned<SecondLook> now) {
      return new SecondLookAnswer(
          now.version(), now.changedAt(), now.changedBy(), now.value().types());
    }
  }

  /** The contract's {@code Templates}. */
  private record TemplatesAnswer(
      long version,
      @Nullable Instant changedAt,
      @Nullable String changedBy,
      List<AnswerTemplates.Template> templates) {
    static TemplatesAnswer of(Versioned<AnswerTemplates> now) {
      return new TemplatesAnswer(
          now.version(), now.changedAt(), now.changedBy(), now.value().templates());
    }
  }
}
