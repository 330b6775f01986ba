package io.kydai.console.reports;

import static io.kydai.console.reports.Alerts.opened;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditFilter;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.routing.Place;
import io.kydai.console.routing.RoutingOfReports;
import io.kydai.console.routing.RoutingTable;
import io.kydai.console.secondlook.SecondLook;
import io.kydai.console.secondlook.SecondLookOfReports;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A report that can lead to a fine is verified by two people. */
class TwoLooksTest {
  private static final Actor LAN = new Actor(Actor.Kind.ACCOUNT, "01LAN", "lan");
  private static final Actor MINH = new Actor(Actor.Kind.ACCOUNT, "01MINH", "minh");
  private static final Actor PROGRAM = new Actor(Actor.Kind.TOKEN, "01TOKEN", "lan's script");

  @TempDir Path folder;
  private Database database;
  private AuditLog audit;
  private DeskSettings settings;
  private ReportQueue queue;

  @BeforeEach
  void open() {
    database = TestDatabase.open(folder.resolve("kydai.db"));
    audit = new AuditLog(database, Clock.systemUTC());
    settings = new DeskSettings(database, audit, Clock.systemUTC());
    queue =
        new ReportQueue(
            database,
            ReportOutbox.NONE,
            Clock.systemUTC(),
            List.of(new SecondLookOfReports(settings)),
            taken -> {});
    set("crowding");
  }

  @AfterEach
  void close() {
    database.close();
  }

  private void set(String... types) {
    settings.replace(
        SecondLook.SETTING,
        new SecondLook(List.of(types)),
        settings.get(SecondLook.SETTING).version(),
        LAN,
        RequestOrigin.NONE);
  }

  private Report receive(String alert) {
    return queue.receive(opened(alert), List.of());
  }

  private Report act(Report report, ReportAction action, Actor actor) {
    return queue.act(
        report.id(), new Decision(action, "because", "Police", null), actor, RequestOrigin.NONE);
  }

  @Test
  void itWaitsForAnotherPersonWhoAgrees() {
    Report first = act(receive("a"), ReportAction.VERIFY, LAN);
    assertThat(first.handling().state()).isEqualTo(ReportState.SECOND_REVIEW);
    assertThat(first.handling().firstLook())
        .isEqualTo(
            new Report.FirstLook(
                "01LAN", "lan", first.history().get(first.history().size() - 1).at()));
    assertThatThrownBy(() -> act(first, ReportAction.VERIFY, LAN))
        .isInstanceOf(SecondLookException.class)
        .hasMessageContaining("lan looked at report " + first.id() + " first")
        .hasMessageContaining("another person has to agree");
    assertThatThrownBy(() -> act(first, ReportAction.ASSIGN, MINH))
        .isInstanceOf(IllegalTransitionException.class);
    assertThat(queue.find(first.id())).hasValue(first);
    Report second = act(first, ReportAction.VERIFY, MINH);
    assertThat(second.handling().state()).isEqualTo(ReportState.VERIFIED);
    assertThat(second.handling().firstLook()).isNull();
    assertThat(second.history())
        .extracting(Report.Step::actor, Report.Step::state)
        .containsExactly(
            tuple("kydai", ReportState.RECEIVED),
            tuple("lan", ReportState.SECOND_REVIEW),
            tuple("minh", ReportState.VERIFIED));
    assertThat(audit.list(AuditFilter.all(10)).entries())
        .filteredOn(entry -> entry.details().contains("second-review"))
        .hasSizeGreaterThanOrEqualTo(2);
  }

  @Test
  void aPersonWhoDoesNotAgreeRejectsOrSendsBack() {
    Report doubted = act(receive("a"), ReportAction.VERIFY, LAN);
    assertThat(act(doubted, ReportAction.REJECT, MINH).handling().state())
        .isEqualTo(ReportState.REJECTED);
    Report back = act(receive("b"), ReportAction.VERIFY, LAN);
    Report again = act(back, ReportAction.REOPEN, MINH);
    assertThat(again.handling().state()).isEqualTo(ReportState.RECEIVED);
    assertThat(again.handling().firstLook()).isNull();
    // Both looks begin anew, so that it may be the other one's turn now.
    Report minhFirst = act(again, ReportAction.VERIFY, MINH);
    assertThat(act(minhFirst, ReportAction.VERIFY, LAN).handling().state())
        .isEqualTo(ReportState.VERIFIED);
  }

  @Test
  void thePersonWhoLookedFirstMayTakeItBack() {
    Report first = act(receive("a"), ReportAction.VERIFY, LAN);
    assertThat(act(first, ReportAction.REOPEN, LAN).handling().state())
        .isEqualTo(ReportState.RECEIVED);
  }

  @Test
  void theSecondPersonTakesTheAgreementBackAndTheFirstLookStays() {
    Report first = act(receive("a"), ReportAction.VERIFY, LAN);
    act(first, ReportAction.VERIFY, MINH);
    Report back = act(first, ReportAction.REOPEN, MINH);
    assertThat(back.handling().state()).isEqualTo(ReportState.SECOND_REVIEW);
    assertThat(back.handling().firstLook()).isEqualTo(first.handling().firstLook());
    assertThat(back.handling().agency()).isNull();
    assertThatThrownBy(() -> act(first, ReportAction.VERIFY, LAN))
        .isInstanceOf(SecondLookException.class);
    assertThat(act(first, ReportAction.VERIFY, MINH).handling().state())
        .isEqualTo(ReportState.VERIFIED);
    // Twice in a row it is sent back as by anybody: both looks begin anew.
    act(first, ReportAction.REOPEN, MINH);
    Report anew = act(first, ReportAction.REOPEN, MINH);
    assertThat(anew.handling().state()).isEqualTo(ReportState.RECEIVED);
    assertThat(anew.handling().firstLook()).isNull();
  }

  @Test
  void anAgreementIsTakenBackOverTheRoutingOfTheNodeAndByNobodyElse() {
    settings.replace(
        RoutingTable.SETTING,
        new RoutingTable("UTC", "ward", List.of()),
        0,
        LAN,
        RequestOrigin.NONE);
    queue =
        new ReportQueue(
            database,
            ReportOutbox.NONE,
            Clock.systemUTC(),
            List.of(
                new SecondLookOfReports(settings),
                new RoutingOfReports(settings, camera -> Place.UNKNOWN, Clock.systemUTC())),
            taken -> {});
    Report mine = act(receive("a"), ReportAction.VERIFY, LAN);
    assertThat(act(mine, ReportAction.VERIFY, MINH).handling().state())
        .isEqualTo(ReportState.ASSIGNED);
    Report back = act(mine, ReportAction.REOPEN, MINH);
    assertThat(back.handling().state()).isEqualTo(ReportState.SECOND_REVIEW);
    assertThat(back.handling().agency()).isNull();
    Report other = act(receive("b"), ReportAction.VERIFY, LAN);
    act(other, ReportAction.VERIFY, MINH);
    assertThat(act(other, ReportAction.REOPEN, LAN).handling().state())
        .as("by somebody else both looks begin anew")
        .isEqualTo(ReportState.RECEIVED);
    Report worked = act(receive("c"), ReportAction.VERIFY, LAN);
    act(worked, ReportAction.VERIFY, MINH);
    act(worked, ReportAction.RETURN, LAN);
    act(worked, ReportAction.ASSIGN, LAN);
    assertThat(act(worked, ReportAction.REOPEN, MINH).handling().state())
        .as("after somebody did something")
        .isEqualTo(ReportState.RECEIVED);
  }

  @Test
  void aFollowerWaitsAgainWithTheReportThatItFollows() {
    Report parent = act(receive("a"), ReportAction.VERIFY, LAN);
    Report child = merge(receive("b"), parent);
    act(parent, ReportAction.VERIFY, MINH);
    Report back = act(parent, ReportAction.REOPEN, MINH);
    Report with = queue.find(child.id()).orElseThrow();
    assertThat(with.handling().state()).isEqualTo(ReportState.SECOND_REVIEW);
    assertThat(with.handling().firstLook()).isEqualTo(back.handling().firstLook());
  }

  @Test
  void aProgramIsNeitherOfThem() {
    Report received = receive("a");
    assertThatThrownBy(() -> act(received, ReportAction.VERIFY, PROGRAM))
        .isInstanceOf(SecondLookException.class)
        .hasMessageContaining("a program's token cannot stand for one of them");
    Report first = act(received, ReportAction.VERIFY, LAN);
    assertThatThrownBy(() -> act(first, ReportAction.VERIFY, PROGRAM))
        .isInstanceOf(SecondLookException.class);
    assertThat(act(first, ReportAction.REJECT, PROGRAM).handling().state())
        .isEqualTo(ReportState.REJECTED);
  }

  @Test
  void otherTypesNeedOneLookAndWhatWaitsGoesOnWaiting() {
    Report waits = act(receive("a"), ReportAction.VERIFY, LAN);
    set("red-light");
    assertThat(act(receive("b"), ReportAction.VERIFY, LAN).handling().state())
        .isEqualTo(ReportState.VERIFIED);
    assertThatThrownBy(() -> act(waits, ReportAction.VERIFY, LAN))
        .isInstanceOf(SecondLookException.class);
  }

  @Test
  void ofSeveralTogetherOneThatIsNotAnothersKeepsAll() {
    Report lans = act(receive("a"), ReportAction.VERIFY, LAN);
    Report minhs = act(receive("b"), ReportAction.VERIFY, MINH);
    List<SeenReport> both =
        List.of(
            new SeenReport(lans.id(), lans.handling().version()),
            new SeenReport(minhs.id(), minhs.handling().version()));
    assertThatThrownBy(
            () ->
                queue.actTogether(
                    both,
                    new Decision(ReportAction.VERIFY, null, null, null),
                    MINH,
                    RequestOrigin.NONE))
        .isInstanceOf(SecondLookException.class);
    assertThat(queue.find(lans.id())).hasValue(lans);
    assertThat(queue.find(minhs.id())).hasValue(minhs);
  }

  @Test
  void followingAnotherReportIsNoWayAround() {
    set();
    Report verifiedByOne = act(receive("a"), ReportAction.VERIFY, LAN);
    set("crowding");
    Report child = receive("b");
    assertThatThrownBy(() -> merge(child, verifiedByOne))
        .isInstanceOf(FollowsAnotherException.class)
        .hasMessageContaining("one person verified the other one");
    Report parent = act(receive("c"), ReportAction.VERIFY, LAN);
    Report followed = merge(child, parent);
    assertThat(followed.handling().state()).isEqualTo(ReportState.SECOND_REVIEW);
    assertThat(followed.handling().firstLook()).isEqualTo(parent.handling().firstLook());
    Report alone = queue.split(child.id(), LAN, RequestOrigin.NONE);
    assertThatThrownBy(() -> act(alone, ReportAction.VERIFY, LAN))
        .isInstanceOf(SecondLookException.class);
    merge(alone, parent);
    Report verified = act(parent, ReportAction.VERIFY, MINH);
    Report with = queue.find(child.id()).orElseThrow();
    assertThat(with.handling().state()).isEqualTo(ReportState.VERIFIED);
    assertThat(with.handling().firstLook()).isNull();
    // Two people agreed on that one: another report of the event may follow it.
    assertThat(merge(receive("d"), verified).handling().state()).isEqualTo(ReportState.VERIFIED);
  }

  private Report merge(Report child, Report parent) {
    return queue.merge(child.id(), parent.id(), null, LAN, RequestOrigin.NONE);
  }

  @Test
  void whoeverTriesAtTheSameMomentOnePersonIsFirstAndAnotherSecond() throws Exception {
    for (int round = 0; round < 20; round++) {
      Report report = receive("round-" + round);
      CyclicBarrier together = new CyclicBarrier(4);
      ExecutorService threads = Executors.newFixedThreadPool(4);
      List<Callable<Boolean>> work = new ArrayList<>();
      // Two sessions of each of two people, without versions: all of them would fit somewhere.
      for (Actor actor : List.of(LAN, LAN, MINH, MINH)) {
        work.add(
            () -> {
              together.await();
              try {
                act(report, ReportAction.VERIFY, actor);
                return true;
              } catch (SecondLookException | IllegalTransitionException e) {
                return false;
              }
            });
      }
      int taken = 0;
      try {
        for (Future<Boolean> one : threads.invokeAll(work)) {
          taken += one.get() ? 1 : 0;
        }
      } finally {
        threads.shutdownNow();
      }
      assertThat(taken).isEqualTo(2);
      Report after = queue.find(report.id()).orElseThrow();
      assertThat(after.handling().state()).isEqualTo(ReportState.VERIFIED);
      assertThat(after.history().subList(1, 3))
          .extracting(Report.Step::actor)
          .containsExactlyInAnyOrder("lan", "minh");
    }
  }
}
