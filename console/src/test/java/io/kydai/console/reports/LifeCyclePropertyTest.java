package io.kydai.console.reports;

import static io.kydai.console.reports.Alerts.opened;
import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jdbi.v3.core.Handle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Random decisions of several people at once leave every report as the table says. */
class LifeCyclePropertyTest {
  private static final int PEOPLE = 4;
  private static final int REPORTS = 3;
  private static final int DECISIONS = 60;

  @TempDir Path folder;

  /** What was tried, and by whom the version was decided on. */
  private record Won(String person, ReportAction action) {}

  /** Two people have to look at every report. */
  private static final ReportConsequences TWO_LOOKS =
      new ReportConsequences() {
        @Override
        public boolean needsTwoLooks(Handle db, Report report) {
          return true;
        }

        @Override
        public Optional<Decision> received(Handle db, Report report) {
          return Optional.empty();
        }

        @Override
        public Optional<Decision> acted(
            Handle db, Report before, Report after, Report.Step step, Actor actor) {
          return Optional.empty();
        }
      };

  @ParameterizedTest
  @CsvSource({"1, false", "2, false", "3, false", "4, true", "5, true", "6, true"})
  void everyVersionIsDecidedOnOnceAndIsInTheHistoryAndTheAudit(long seed, boolean twoLooks)
      throws Exception {
    try (Database database = TestDatabase.open(folder.resolve("kydai.db"))) {
      ReportQueue queue =
          new ReportQueue(
              database,
              ReportOutbox.NONE,
              Clock.systemUTC(),
              twoLooks ? List.of(TWO_LOOKS) : List.of(),
              taken -> {});
      List<ReportId> reports = new ArrayList<>();
      for (int i = 0; i < REPORTS; i++) {
        reports.add(queue.receive(opened("a" + i), List.of()).id());
      }
      Map<String, List<Won>> won = new ConcurrentHashMap<>();
      CyclicBarrier together = new CyclicBarrier(PEOPLE);
      ExecutorService threads = Executors.newFixedThreadPool(PEOPLE);
      List<Callable<Integer>> work = new ArrayList<>();
      for (int person = 0; person < PEOPLE; person++) {
        String name = "person-" + person;
        Random random = new Random(seed * PEOPLE + person);
        work.add(() -> decide(queue, reports, name, random, together, won));
      }
      try {
        for (Future<Integer> one : threads.invokeAll(work)) {
          one.get();
        }
      } finally {
        threads.shutdownNow();
      }
      int steps = 0;
      for (ReportId id : reports) {
        steps += check(queue.find(id).orElseThrow(), won, twoLooks);
      }
      AuditLog audit = new AuditLog(database, Clock.systemUTC());
      assertThat(audit.list(AuditFilter.all(500)).entries()).hasSize(steps);
      assertThat(audit.verify().entries()).isEqualTo(steps);
    }
  }

  /** Takes random decisions on what was read just before, all people at the same moments. */
  private static int decide(
      ReportQueue queue,
      List<ReportId> reports,
      String name,
      Random random,
      CyclicBarrier together,
      Map<String, List<Won>> won)
      throws Exception {
    Actor actor = new Actor(Actor.Kind.ACCOUNT, name, name);
    for (int i = 0; i < DECISIONS; i++) {
      Report seen = queue.find(reports.get(i % REPORTS)).orElseThrow();
      together.await();
      ReportAction[] all = ReportAction.values();
      ReportAction action = all[random.nextInt(all.length)];
      try {
        queue.act(
            seen.id(),
            new Decision(action, "because", "Police", seen.handling().version()),
            actor,
            RequestOrigin.NONE);
        won.computeIfAbsent(
                seen.id() + " " + seen.handling().version(),
                version -> new CopyOnWriteArrayList<>())
            .add(new Won(name, action));
      } catch (IllegalTransitionException | ReportChangedException | SecondLookException e) {
        assertThat(e.getMessage()).isNotBlank();
      }
    }
    return DECISIONS;
  }

  /** Returns how many steps were taken, each of which the table allows and one person won. */
  private static int check(Report report, Map<String, List<Won>> won, boolean twoLooks) {
    ReportState state = ReportState.RECEIVED;
    long version = 1;
    String first = null;
    // The look that was agreed to, and by whom, while nobody did anything else.
    String agreed = null;
    String second = null;
    List<Report.Step> history = report.history();
    assertThat(history.get(0).state()).isEqualTo(state);
    for (Report.Step step : history.subList(1, history.size())) {
      ReportAction action = step.action();
      assertThat(action).isNotNull();
      assertThat(won.get(report.id() + " " + version))
          .as("the winners of version %d", version)
          .containsExactly(new Won(step.actor(), action));
      if (state == ReportState.SECOND_REVIEW && action == ReportAction.VERIFY) {
        assertThat(step.actor()).as("the second of two people").isNotEqualTo(first);
      }
      if (twoLooks && step.state() == ReportState.VERIFIED && action == ReportAction.VERIFY) {
        assertThat(state).as("before it is verified").isEqualTo(ReportState.SECOND_REVIEW);
      }
      boolean back =
          step.actor().equals(second) && Transitions.takingBack(state, action).isPresent();
      boolean agrees = state == ReportState.SECOND_REVIEW && action == ReportAction.VERIFY;
      String looked = first;
      state = back ? ReportState.SECOND_REVIEW : Transitions.step(state, action, twoLooks).to();
      first = state != ReportState.SECOND_REVIEW ? null : back ? agreed : step.actor();
      agreed = agrees ? looked : null;
      second = agrees ? step.actor() : null;
      assertThat(step.state()).isEqualTo(state);
      assertThat(Transitions.actions(state)).as("the ways out of %s", state).isNotEmpty();
      version++;
    }
    assertThat(report.handling().state()).isEqualTo(state);
    assertThat(report.handling().version()).isEqualTo(version);
    assertThat(Optional.ofNullable(report.handling().firstLook()).map(Report.FirstLook::actor))
        .isEqualTo(Optional.ofNullable(first));
    assertThat(won.keySet().stream().filter(key -> key.startsWith(report.id().value())))
        .hasSize(history.size() - 1);
    assertThat(history).hasSizeGreaterThan(1);
    return history.size() - 1;
  }
}
