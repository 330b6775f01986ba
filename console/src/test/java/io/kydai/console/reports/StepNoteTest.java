package io.kydai.console.reports;

import static io.kydai.console.reports.Alerts.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the node says of a step is kept as a code with its values, beside the sentence. */
class StepNoteTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01LAN", "lan");

  @TempDir Path folder;

  @Test
  void aNoteIsReadAsItWasWritten() {
    StepNote note =
        new StepNote(
            StepNote.Code.RULE_MUTED,
            Map.of("actor", "lan", "until", "2026-11-22T11:00:00Z", "reason", "“làm đường”\n"));
    assertThat(StepNote.of(note.json())).isEqualTo(note);
    assertThat(note.values().get("reason")).isEqualTo("“làm đường”");
    assertThat(StepNote.of((String) null)).isNull();
    assertThat(StepNote.of("{\"code\": \"of-tomorrow\", \"values\": {}}")).isNull();
    assertThatThrownBy(() -> new StepNote(StepNote.Code.FOLLOWS, Map.of("parent", "x")))
        .hasMessageContaining("has no value parent");
  }

  @Test
  void mergesAreNotedAndStepsOfBeforeKeepTheirSentence() {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      ReportQueue queue = new ReportQueue(database, ReportOutbox.NONE, Clock.systemUTC());
      ReportId parent = queue.receive(opened("a"), List.of()).id();
      ReportId child = queue.receive(opened("b"), List.of()).id();
      queue.merge(child, parent, null, LAN, RequestOrigin.NONE);
      Report.Step step = queue.split(child, LAN, RequestOrigin.NONE).history().get(1);
      assertThat(step.note())
          .isEqualTo(new StepNote(StepNote.Code.FOLLOWS, Map.of("report", parent.value())));
      assertThat(step.reason()).isEqualTo("follows " + parent);
      database.inTransaction(db -> db.createUpdate("UPDATE report_step SET note = NULL").execute());
      Report.Step old = queue.find(child).orElseThrow().history().get(1);
      assertThat(old.note()).isNull();
      assertThat(old.reason()).isEqualTo("follows " + parent);
    }
  }
}
