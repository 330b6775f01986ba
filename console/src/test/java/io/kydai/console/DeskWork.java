package io.kydai.console;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.console.agencies.Agencies;
import io.kydai.console.agencies.Agency;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.WebhookConfig;
import io.kydai.console.config.tree.Secret;
import io.kydai.console.deadlines.Deadline;
import io.kydai.console.deadlines.DeadlinePlan;
import io.kydai.console.deadlines.DeadlineRule;
import io.kydai.console.deadlines.Deadlines;
import io.kydai.console.deadlines.PassedDeadlines;
import io.kydai.console.deadlines.Stage;
import io.kydai.console.http.api.desk.Desk;
import io.kydai.console.messages.MessagesOfReports;
import io.kydai.console.messages.rules.Channel;
import io.kydai.console.messages.rules.MessageRule;
import io.kydai.console.messages.rules.MessageRules;
import io.kydai.console.messages.rules.Occasion;
import io.kydai.console.messages.rules.Recipients;
import io.kydai.console.reports.Decision;
import io.kydai.console.reports.FollowsAnotherException;
import io.kydai.console.reports.IllegalTransitionException;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportChangedException;
import io.kydai.console.reports.ReportFilter;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.reports.ReportState;
import io.kydai.console.reports.SecondLookException;
import io.kydai.console.reports.SeenReport;
import io.kydai.console.routing.RoutingTable;
import io.kydai.console.secondlook.SecondLook;
import io.kydai.console.settings.DeskSetting;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Database;
import io.kydai.console.store.DatabaseAddress;
import io.kydai.console.webhooks.WebhookDispatcher;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * A process with the desk of a node on a database, in which people decide together on many reports,
 * merge and split them while alerts come in and deadlines pass, until it is killed. It writes a
 * line to standard output when something was acknowledged: what a person then relies on.
 */
final class DeskWork {
  private static final Actor ADMIN = new Actor(Actor.Kind.ACCOUNT, "01A", "admin");
  private static final List<String> PEOPLE = List.of("lan", "minh", "hoa");
  private static final List<String> TYPES = List.of("crowding", "red-light", "stopped");
  private static final int AT_FIRST = 40;
  private static final int TOGETHER = 12;
  private static final int SHOWN = 60;

  private final ReportQueue queue;
  private final Deadlines deadlines;
  private final String round;
  private final List<String> passed = new ArrayList<>();

  private DeskWork(Database database, String round) {
    this.round = round;
    Clock clock = Clock.systemUTC();
    AuditLog audit = new AuditLog(database, clock);
    DeskSettings settings = new DeskSettings(database, audit, clock);
    WebhookDispatcher webhooks =
        new WebhookDispatcher(
            database,
            List.of(
                new WebhookConfig(
                    URI.create("http://127.0.0.1:1/"),
                    Secret.of("a-secret-of-this-test-only"),
                    new TreeSet<>())),
            camera -> Optional.empty(),
            () -> URI.create("http://127.0.0.1:8080"),
            clock,
            new SimpleMeterRegistry());
    queue =
        new ReportQueue(
            database,
            webhooks.outbox(),
            clock,
            Desk.consequences(settings, camera -> Optional.empty(), clock),
            unfinished -> {});
    deadlines =
        new Deadlines(
            database, queue, settings, audit, clock, heard(new MessagesOfReports(settings, clock)));
  }

  /**
   * Works until it is killed.
   *
   * @param arguments the database, and the name of the round
   */
  public static void main(String[] arguments) {
    Database database = Database.open(DatabaseAddress.of(arguments[0]));
    DeskWork work = new DeskWork(database, arguments[1]);
    for (int person = 0; person < PEOPLE.size(); person++) {
      int number = person;
      new Thread(() -> work.decide(number)).start();
    }
    new Thread(work::mergeAndSplit).start();
    new Thread(work::receiveAndEscalate).start();
  }

  /** Sets the desk up, and lets some reports come in. */
  static void prepare(Database database) {
    Clock clock = Clock.systemUTC();
    DeskSettings settings = new DeskSettings(database, new AuditLog(database, clock), clock);
    set(
        settings,
        Agencies.SETTING,
        new Agencies(
            List.of(
                new Agency("city", "City", null, null),
                new Agency("district", "District", "city", null),
                new Agency("ward", "Ward", "district", null))));
    set(settings, RoutingTable.SETTING, new RoutingTable("UTC", "ward", List.of()));
    set(settings, SecondLook.SETTING, new SecondLook(List.of("red-light")));
    set(
        settings,
        DeadlinePlan.SETTING,
        new DeadlinePlan("UTC", List.of(), List.of(rule(Stage.CHECK), rule(Stage.HANDLE))));
    set(
        settings,
        MessageRules.SETTING,
        new MessageRules(
            Duration.ZERO,
            Duration.ZERO,
            false,
            List.of(
                new MessageRule(
                    "officers",
                    List.of(Occasion.ASSIGNED, Occasion.REMINDED, Occasion.ESCALATED),
                    null,
                    null,
                    null,
                    null,
                    new Recipients(List.of(), List.of(), List.of(), false, true),
                    List.of(Channel.EMAIL),
                    null,
                    false))));
    DeskWork work = new DeskWork(database, "first");
    for (int i = 0; i < AT_FIRST; i++) {
      work.queue.receive(work.alert(i), List.of());
    }
  }

  private static <T> void set(DeskSettings settings, DeskSetting<T> setting, T value) {
    settings.replace(setting, value, 0, ADMIN, RequestOrigin.NONE);
  }

  private static DeadlineRule rule(Stage stage) {
    return new DeadlineRule(
        stage.name(),
        stage,
        null,
        null,
        null,
        null,
        null,
        Duration.ofMillis(600),
        Duration.ofMillis(590),
        Duration.ofMillis(50),
        "a test",
        true);
  }

  private static synchronized void acknowledge(List<String> lines) {
    lines.forEach(System.out::println);
    System.out.flush();
  }

  private Alert alert(int number) {
    Timestamp start = new Timestamp(MediaTime.ofMillis(0), Instant.now());
    return new Alert(
        AlertId.of(round + "-" + number),
        new Alert.Origin(
            new CameraId("c" + number % 5), RuleId.of("r"), TYPES.get(number % 5 % TYPES.size())),
        Alert.Phase.OPENED,
        new Alert.Span(start, start),
        new Alert.Participants(List.of(), null, List.of()),
        new Alert.Finding("6 people", Map.of()));
  }

  /** What a person sees of a state: the newest reports. */
  private List<Report> seen(Random random) {
    ReportState[] states = ReportState.values();
    ReportState state = states[random.nextInt(states.length)];
    List<Report> reports =
        new ArrayList<>(
            queue.list(new ReportFilter(state, null, null, null, SHOWN, null)).reports());
    Collections.shuffle(reports, random);
    return reports;
  }

  private void decide(int person) {
    String name = PEOPLE.get(person);
    Actor actor = new Actor(Actor.Kind.ACCOUNT, "01" + name, name);
    Random random = new Random((round + name).hashCode());
    for (int i = 0; ; i++) {
      List<Report> reports = seen(random);
      reports.removeIf(report -> report.handling().parent() != null);
      if (reports.isEmpty()) {
        continue;
      }
      List<SeenReport> together =
          reports.stream()
              .limit(1 + random.nextInt(TOGETHER))
              .map(report -> new SeenReport(report.id(), report.handling().version()))
              .toList();
      List<ReportAction> allowed = reports.get(0).handling().actions();
      ReportAction action = allowed.get(random.nextInt(allowed.size()));
      String reason = "%s %s %d with %d".formatted(round, name, i, together.size());
      try {
        queue.actTogether(
            together, new Decision(action, reason, "ward", null), actor, RequestOrigin.NONE);
        acknowledge(
            together.stream()
                .map(
                    one ->
                        "did %s %d %s by %s".formatted(one.id(), one.version() + 1, action, name))
                .toList());
      } catch (ReportChangedException
          | IllegalTransitionException
          | FollowsAnotherException
          | SecondLookException e) {
        refused(e);
      }
    }
  }

  private void mergeAndSplit() {
    Random random = new Random(round.hashCode());
    while (true) {
      List<Report> reports = seen(random);
      if (reports.size() < 2) {
        continue;
      }
      Report report = reports.get(0);
      try {
        boolean split = report.handling().parent() != null;
        Report after =
            split
                ? queue.split(report.id(), ADMIN, RequestOrigin.NONE)
                : queue.merge(
                    report.id(),
                    reports.get(1).id(),
                    report.handling().version(),
                    ADMIN,
                    RequestOrigin.NONE);
        acknowledge(
            List.of(
                "did %s %d %s by admin"
                    .formatted(
                        report.id(), after.handling().version(), split ? "SPLIT" : "MERGE")));
      } catch (ReportChangedException | FollowsAnotherException e) {
        refused(e);
      }
    }
  }

  /** That somebody else was faster is part of the work; it is said, and the next thing is done. */
  private static void refused(RuntimeException e) {
    acknowledge(List.of("refused: " + e.getClass().getSimpleName()));
  }

  private void receiveAndEscalate() {
    for (int i = 0; ; i++) {
      if (i % 4 == 0) {
        Alert opened = alert(i);
        Report report = queue.receive(opened, List.of());
        acknowledge(List.of("received " + report.id()));
        if (i % 8 == 0) {
          queue.receive(opened, List.of());
          queue.update(opened.with(Alert.Phase.CLOSED, List.of()));
        }
      }
      passed.clear();
      deadlines.tick();
      acknowledge(passed);
    }
  }

  /** Writes down what passes; it is acknowledged after the transactions. */
  private PassedDeadlines heard(PassedDeadlines next) {
    return new PassedDeadlines() {
      @Override
      public void reminded(Handle db, Report report, Deadline deadline) {
        next.reminded(db, report, deadline);
        passed.add("reminded " + deadline.id());
      }

      @Override
      public void escalated(Handle db, Report report, Deadline deadline, @Nullable String agency) {
        next.escalated(db, report, deadline, agency);
        passed.add("escalated " + deadline.id() + " " + (deadline.level() + 1));
      }
    };
  }
}
