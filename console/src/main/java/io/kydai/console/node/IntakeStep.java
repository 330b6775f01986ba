package io.kydai.console.node;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.console.reports.ReportQueue;
import io.kydai.streaming.evidence.EvidenceItem;
import java.util.List;

/** One thing to tell the report queue. Telling it twice is as telling it once. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "step")
@JsonSubTypes({
  @JsonSubTypes.Type(value = IntakeStep.Opened.class, name = "opened"),
  @JsonSubTypes.Type(value = IntakeStep.Changed.class, name = "changed"),
  @JsonSubTypes.Type(value = IntakeStep.Evidence.class, name = "evidence")
})
sealed interface IntakeStep {
  void tell(ReportQueue reports);

  /** What a log says of it: no plate, no reason. */
  String inWords();

  record Opened(Alert alert, List<EvidenceItem> evidence) implements IntakeStep {
    @Override
    public void tell(ReportQueue reports) {
      reports.receive(alert, evidence);
    }

    @Override
    public String inWords() {
      return "camera "
          + alert.origin().camera()
          + ": alert "
          + alert.id()
          + " of rule "
          + alert.origin().rule();
    }
  }

  /** An alert was updated or closed. */
  record Changed(Alert alert) implements IntakeStep {
    @Override
    public void tell(ReportQueue reports) {
      reports.update(alert);
    }

    @Override
    public String inWords() {
      return "camera " + alert.origin().camera() + ": alert " + alert.id() + " " + alert.phase();
    }
  }

  record Evidence(AlertId alert, EvidenceItem item) implements IntakeStep {
    @Override
    public void tell(ReportQueue reports) {
      reports.addEvidence(alert, item);
    }

    @Override
    public String inWords() {
      return item.name() + " of alert " + alert;
    }
  }
}
