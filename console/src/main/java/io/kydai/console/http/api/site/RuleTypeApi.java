package io.kydai.console.http.api.site;

import io.kydai.analytics.rules.RuleTypes;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.vertx.core.WorkerExecutor;
import java.util.List;

/** The part of the API that describes the types of rules and their settings. */
public final class RuleTypeApi {
  /** The contract's {@code RuleTypeList}. */
  private record RuleTypeList(
      List<RuleTypeAnswer> ruleTypes, List<RuleTypeAnswer.Setting> commonParameters) {}

  public void register(Endpoints endpoints, WorkerExecutor worker) {
    endpoints.on("listRuleTypes", worker, call -> types());
  }

  private static ApiReply types() {
    return ApiReply.json(
        new RuleTypeList(
            RuleTypes.all().values().stream().map(RuleTypeAnswer::of).toList(),
            RuleType.COMMON.stream().map(RuleTypeAnswer.Setting::of).toList()));
  }
}
