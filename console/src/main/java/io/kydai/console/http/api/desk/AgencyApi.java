package io.kydai.console.http.api.desk;

import io.kydai.console.agencies.Agencies;
import io.kydai.console.agencies.Agency;
import io.kydai.console.agencies.Delegation;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.answer.Problem;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.contract.ApiCall;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.routing.Place;
import io.kydai.console.routing.Router;
import io.kydai.console.routing.RoutingRule;
import io.kydai.console.routing.RoutingTable;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.settings.InvalidSettingException;
import io.kydai.console.settings.Versioned;
import io.kydai.console.users.CameraPlace;
import io.kydai.console.users.Directory;
import io.kydai.ingest.source.CameraId;
import io.vertx.core.WorkerExecutor;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The operations on agencies and on the routing table. */
public final class AgencyApi {
  private final DeskSettings settings;
  private final Directory directory;
  private final Cameras cameras;
  private final Clock clock;

  public AgencyApi(Desk desk, Directory directory, Cameras cameras, Clock clock) {
    this.settings = desk.settings();
    this.directory = directory;
    this.cameras = cameras;
    this.clock = clock;
  }

  /**
   * @param desk runs what waits for the database
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints
        .on("getAgencies", desk, call -> agencies())
        .on("replaceAgencies", desk, this::replaceAgencies)
        .on("getRouting", desk, call -> routing())
        .on("replaceRouting", desk, this::replaceRouting)
        .on("tryRouting", desk, this::tryRouting);
  }

  private ApiReply agencies() {
    return ApiReply.json(AgenciesAnswer.of(settings.get(Agencies.SETTING)));
  }

  private ApiReply routing() {
    return ApiReply.json(RoutingAnswer.of(settings.get(RoutingTable.SETTING)));
  }

  /** The contract's {@code Delegation}. */
  private record DelegationJson(String to, String from, @Nullable String until) {
    Delegation delegation() {
      return new Delegation(
          to, ApiCall.time("from", from), until == null ? null : ApiCall.time("until", until));
    }

    static @Nullable DelegationJson of(@Nullable Delegation delegation) {
      if (delegation == null) {
        return null;
      }
      Instant until = delegation.until();
      return new DelegationJson(
          delegation.to(), delegation.from().toString(), until == null ? null : until.toString());
    }
  }

  /** The contract's {@code Agency}. */
  private record AgencyJson(
      String id, String name, @Nullable String parent, @Nullable DelegationJson delegation) {
    Agency agency() {
      return new Agency(id, name, parent, delegation == null ? null : delegation.delegation());
    }

    static AgencyJson of(Agency agency) {
      return new AgencyJson(
          agency.id(), agency.name(), agency.parent(), DelegationJson.of(agency.delegation()));
    }
  }

  /** The contract's {@code AgenciesReplacement}. */
  private record AgenciesBody(long version, List<AgencyJson> agencies) {}

  private ApiReply replaceAgencies(ApiCall call) {
    AgenciesBody body = call.body(AgenciesBody.class);
    Versioned<Agencies> now =
        DeskSettingApi.replace(
            settings,
            Agencies.SETTING,
            () -> new Agencies(body.agencies().stream().map(AgencyJson::agency).toList()),
            body.version(),
            call,
            Directory::agenciesChanged);
    directory.refresh();
    return ApiReply.json(AgenciesAnswer.of(now));
  }

  /** The contract's {@code Agencies}. */
  private record AgenciesAnswer(
      long version,
      @Nullable Instant changedAt,
      @Nullable String changedBy,
      List<AgencyJson> agencies) {
    static AgenciesAnswer of(Versioned<Agencies> now) {
      return new AgenciesAnswer(
          now.version(),
          now.changedAt(),
          now.changedBy(),
          now.value().agencies().stream().map(AgencyJson::of).toList());
    }
  }

  /** The contract's {@code RoutingRule}. */
  private record RuleJson(
      String id,
      @Nullable List<String> types,
      @Nullable List<String> areas,
      @Nullable List<String> days,
      @Nullable String from,
      @Nullable String to,
      String agency) {
    RoutingRule rule() {
      return new RoutingRule(
          id,
          types,
          areas,
          days == null ? null : CalendarText.days(days),
          from == null ? null : CalendarText.time("rules.from", from),
          to == null ? null : CalendarText.time("rules.to", to),
          agency);
    }

    static RuleJson of(RoutingRule rule) {
      return new RuleJson(
          rule.id(),
          rule.types(),
          rule.areas(),
          CalendarText.shown(rule.days()),
          CalendarText.shown(rule.from()),
          CalendarText.shown(rule.to()),
          rule.agency());
    }
  }

  private static RoutingTable table(String zone, String desk, List<RuleJson> rules) {
    return new RoutingTable(zone, desk, rules.stream().map(RuleJson::rule).toList());
  }

  /** The contract's {@code RoutingReplacement}. */
  private record RoutingBody(long version, String zone, String desk, List<RuleJson> rules) {}

  private ApiReply replaceRouting(ApiCall call) {
    RoutingBody body = call.body(RoutingBody.class);
    return ApiReply.json(
        RoutingAnswer.of(
            DeskSettingApi.replace(
                settings,
                RoutingTable.SETTING,
                () -> table(body.zone(), body.desk(), body.rules()),
                body.version(),
                call)));
  }

  /** The contract's {@code Routing}. */
  private record RoutingAnswer(
      long version,
      @Nullable Instant changedAt,
      @Nullable String changedBy,
      String zone,
      String desk,
      List<RuleJson> rules) {
    static RoutingAnswer of(Versioned<RoutingTable> now) {
      return new RoutingAnswer(
          now.version(),
          now.changedAt(),
          now.changedBy(),
          now.value().zone(),
          now.value().desk(),
          now.value().rules().stream().map(RuleJson::of).toList());
    }
  }

  /** The contract's {@code RoutingTrial}. */
  private record Trial(
      String type,
      @Nullable String camera,
      @Nullable List<Double> place,
      @Nullable String at,
      @Nullable Draft table) {}

  private record Draft(String zone, String desk, List<RuleJson> rules) {}

  private ApiReply tryRouting(ApiCall call) {
    Trial trial = call.body(Trial.class);
    Instant at = trial.at() == null ? clock.instant() : ApiCall.time("at", trial.at());
    try {
      Draft draft = trial.table();
      RoutingTable table =
          draft == null
              ? settings.get(RoutingTable.SETTING).value()
              : table(draft.zone(), draft.desk(), draft.rules());
      Router router = new Router(table, settings.get(Agencies.SETTING).value(), directory.areas());
      return ApiReply.json(RouteAnswer.of(router.route(trial.type(), place(trial), at)));
    } catch (InvalidSettingException e) {
      throw Problem.badField("table." + e.field(), "Expected: " + e.getMessage() + ".");
    }
  }

  private Place place(Trial trial) {
    List<Double> place = trial.place();
    if (place != null) {
      return new Place(place.get(0), place.get(1));
    }
    String camera = trial.camera();
    return camera == null ? Place.UNKNOWN : placeOf(CameraPlaces.of(new CameraId(camera), cameras));
  }

  private static Place placeOf(CameraPlace camera) {
    return new Place(camera.lat(), camera.lon());
  }
}
