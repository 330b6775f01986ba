package io.kydai.console.http.api;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.kydai.console.http.server.ErrorText;
import io.kydai.console.http.server.Json;
import io.kydai.console.reports.PlateJson;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportPage;
import io.kydai.streaming.evidence.EvidenceItem;

/** Reports as the contract has them. */
public final class ReportAnswer {
  private ReportAnswer() {}

  /** The contract's {@code Report}, with its history. */
  static ObjectNode whole(Report report) {
    ObjectNode json = inList(report);
    ArrayNode history = json.putArray("history");
    for (Report.Step step : report.history()) {
      ObjectNode one =
          history
              .addObject()
              .put("at", step.at().toString())
              .put("state", ErrorText.dashed(step.state()))
              .put("actor", step.actor());
      step.reason().ifPresent(reason -> one.put("reason", reason));
      step.agency().ifPresent(agency -> one.put("agency", agency));
    }
    return json;
  }

  /** The contract's {@code Report}, without its history. */
  public static ObjectNode inList(Report report) {
    ObjectNode json =
        Json.object()
            .put("id", report.id())
            .put("alert-id", report.alertId())
            .put("camera", report.camera().value())
            .put("rule", report.rule())
            .put("type", report.type())
            .put("state", ErrorText.dashed(report.state()));
    ArrayNode actions = json.putArray("actions");
    report.actions().forEach(action -> actions.add(ErrorText.dashed(action)));
    json.put("received-at", report.receivedAt().toString())
        .put("started-at", report.startedAt().toString());
    report.endedAt().ifPresent(endedAt -> json.put("ended-at", endedAt.toString()));
    json.put("reason", report.reason());
    json.set("measures", AlertAnswer.measures(report.measures()));
    ArrayNode tracks = json.putArray("tracks");
    report.tracks().forEach(tracks::add);
    if (!report.plates().isEmpty()) {
      json.set("plates", PlateJson.write(report.plates()));
    }
    report.agency().ifPresent(agency -> json.put("agency", agency));
    ArrayNode evidence = json.putArray("evidence");
    for (EvidenceItem item : report.evidence()) {
      evidence
          .addObject()
          .put("name", item.name())
          .put("media-type", item.mediaType())
          .put("size", item.size())
          .put("sha256", item.sha256())
          .put("href", "/api/v1/reports/" + report.id() + "/evidence/" + item.name());
    }
    return json;
  }

  /** The contract's {@code ReportPage}. */
  static ObjectNode page(ReportPage page) {
    ObjectNode json = Json.object();
    ArrayNode reports = json.putArray("reports");
    page.reports().forEach(report -> reports.add(inList(report)));
    page.next().ifPresent(next -> json.put("next", next));
    return json;
  }
}
