package io.kydai.console.http.api;

import static io.vertx.core.http.HttpMethod.GET;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.analytics.rules.RuleTypes;
import io.kydai.analytics.rules.settings.Parameter;
import io.kydai.analytics.rules.type.RuleType;
import io.kydai.console.http.server.ApiCall;
import io.kydai.console.http.server.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.http.server.ErrorText;
import io.kydai.console.http.server.Json;
import io.vertx.core.WorkerExecutor;
import java.util.List;
import java.util.Set;

/** The types of rules that there are and their settings, as the contract has them. */
public final class RuleTypeApi {
  public void register(Endpoints endpoints, WorkerExecutor worker) {
    endpoints.on(GET, "/api/v1/rule-types", worker, this::types);
  }

  private ApiReply types(ApiCall call) {
    call.only(Set.of());
    ObjectNode json = Json.object();
    ArrayNode types = json.putArray("rule-types");
    RuleTypes.all().values().forEach(type -> write(types.addObject(), type));
    write(json.putArray("common-parameters"), RuleType.COMMON);
    return ApiReply.json(json);
  }

  private static void write(ObjectNode json, RuleType type) {
    json.put("name", type.name());
    json.put("group", ErrorText.dashed(type.group()));
    json.putObject("title").put("en", type.title().english()).put("vi", type.title().vietnamese());
    json.put("description", type.description());
    json.put("outcome", ErrorText.dashed(type.outcome()));
    json.put("wants-plates", type.wantsPlates());
    ArrayNode needs = json.putArray("needs");
    type.needs().stream().sorted().forEach(need -> needs.add(ErrorText.dashed(need)));
    write(json.putArray("parameters"), type.parameters());
  }

  private static void write(ArrayNode array, List<Parameter> parameters) {
    for (Parameter parameter : parameters) {
      ObjectNode json = array.addObject();
      json.put("name", parameter.name());
      json.put("type", ErrorText.dashed(parameter.kind()));
      json.put("required", parameter.required());
      if (parameter.absence() instanceof Parameter.Preset preset) {
        json.putPOJO("default", preset.value());
      } else if (parameter.absence() instanceof Parameter.Optional optional) {
        json.put("otherwise", optional.meaning());
      }
      if (Double.isFinite(parameter.least())) {
        json.put("minimum", parameter.least());
        json.put("maximum", parameter.most());
      }
      if (!parameter.unit().isEmpty()) {
        json.put("unit", parameter.unit());
      }
      if (!parameter.values().isEmpty()) {
        parameter.values().forEach(json.putArray("values")::add);
      }
      json.put("description", parameter.description());
    }
  }
}
