package io.kydai.console.messages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.console.TestClock;
import io.kydai.console.agencies.Agencies;
import io.kydai.console.agencies.Agency;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.deadlines.DeadlinePlan;
import io.kydai.console.deadlines.DeadlineRule;
import io.kydai.console.deadlines.Stage;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.desk.Desk;
import io.kydai.console.incidents.Priority;
import io.kydai.console.messages.mail.MailServer;
import io.kydai.console.messages.mail.TestMailServer;
import io.kydai.console.messages.push.TestBrowser;
import io.kydai.console.messages.push.TestPushService;
import io.kydai.console.messages.rules.Channel;
import io.kydai.console.messages.rules.Hours;
import io.kydai.console.messages.rules.MessageRule;
import io.kydai.console.messages.rules.MessageRules;
import io.kydai.console.messages.rules.Occasion;
import io.kydai.console.messages.rules.Recipients;
import io.kydai.console.messages.rules.Shift;
import io.kydai.console.messages.rules.Shifts;
import io.kydai.console.outbox.DeadLetter;
import io.kydai.console.outbox.HeldTimer;
import io.kydai.console.outbox.Replay;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportAction;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.secrets.TestSecrets;
import io.kydai.console.settings.DeskSetting;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.console.users.Account;
import io.kydai.console.users.Directory;
import io.kydai.console.users.Duties;
import io.kydai.console.users.Grant;
import io.kydai.console.users.LogInFactors;
import io.kydai.console.users.QuickPasswords;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.console.users.factor.Passkeys;
import io.kydai.console.users.factor.SecondFactors;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.evidence.EvidenceItem;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * From an alert to an e-mail at a real SMTP server and a message that a browser's key opens, on a
 * clock that stands.
 */
@Timeout(120)
class MessagesTest {
  private static final Actor BY = new Actor(Actor.Kind.ACCOUNT, "01A", "admin");
  private static final ZoneId HUE = ZoneId.of("Asia/Ho_Chi_Minh");
  private static final @Nullable String NONE = null;
  private static final String PASSWORD = "mua roi tren song Huong";
  private static final CameraConfig GATE =
      CameraJson.read(
          """
          {"id": "gate", "name": "Cầu Trường Tiền", "url": "rtsp://192.0.2.1/1", "groups": ["bridges"],
           "place": {"lat": 16.469, "lon": 107.589, "address": "Trần Hưng Đạo, Huế"}}
          """
              .getBytes(StandardCharsets.UTF_8));

  @TempDir Path folder;

  /** Sunday, 29 November 2026, 10:00 in Hue. */
  private final TestClock clock = new TestClock(Instant.parse("2026-11-29T03:00:00Z"));

  private final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Vertx vertx = Vertx.vertx();
  private TestMailServer mail;
  private TestPushService push;
  private Database database;
  private AuditLog audit;
  private DeskSettings settings;
  private Directory directory;
  private ReportQueue queue;
  private Desk desk;
  private HeldTimer timer;
  private Messages messages;
  private int alerts;

  @BeforeEach
  void open() throws Exception {
    mail = TestMailServer.plain();
    push = new TestPushService(folder);
    database = TestDatabase.open(folder.resolve("kydai.db"));
    audit = new AuditLog(database, clock);
    directory = new Directory(database, audit, clock, QuickPasswords.COST);
    settings = new DeskSettings(database, audit, clock);
    set(MailServer.SETTING, mail.setting(MailServer.Security.NONE, null));
    start();
  }

  /** Starts as a process does: what is in memory only is not there. */
  private void start() {
    queue =
        new ReportQueue(
            database,
            ReportOutbox.NONE,
            clock,
            Desk.consequences(settings, camera -> Optional.of(GATE), clock),
            unfinished -> {});
    desk = Desk.of(database, folder, queue, settings, camera -> Optional.of(GATE), audit, clock);
    SecondFactors factors = new SecondFactors(database, TestSecrets.cipher(), audit, clock);
    timer = new HeldTimer(clock);
    messages =
        new Messages(
            vertx,
            database,
            TestSecrets.cipher(),
            queue,
            settings,
            new Duties(
                directory,
                new LogInFactors(factors, new Passkeys(database, factors, clock), Set.of())),
            new Surroundings(
                camera -> Optional.of(GATE),
                camera -> CameraPlaces.of(GATE),
                (alert, name) -> Optional.of(folder.resolve(name)),
                (camera, jpeg) -> jpeg,
                HUE,
                () -> URI.create("https://kydai.example/")),
            audit,
            clock,
            metrics,
            timer,
            new Messages.Ways(TestPushService.everywhere(), push.trusting()));
    messages.start();
  }

  @AfterEach
  void close() throws Exception {
    messages.close();
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
    database.close();
    push.close();
    mail.close();
  }

  private <T> void set(DeskSetting<T> setting, T value) {
    settings.replace(setting, value, settings.get(setting).version(), BY, RequestOrigin.NONE);
  }

  private static MessageRule rule(Occasion occasion, Recipients to) {
    return rule(occasion, to, null, false);
  }

  private static MessageRule rule(
      Occasion occasion, Recipients to, @Nullable Hours quiet, boolean breaks) {
    return new MessageRule(
        occasion.name(),
        List.of(occasion),
        null,
        null,
        null,
        null,
        to,
        List.of(Channel.EMAIL, Channel.PUSH),
        quiet,
        breaks);
  }

  private static Recipients roles(Role... roles) {
    return new Recipients(List.of(), List.of(roles), List.of(), false, false);
  }

  private void rules(MessageRule... rules) {
    set(MessageRules.SETTING, new MessageRules(Duration.ofMinutes(1), null, false, List.of(rules)));
  }

  private Account person(String name, @Nullable String agency, Grant... grants) throws Exception {
    Account account =
        directory.add(name, name, agency, List.of(grants), PASSWORD, BY, RequestOrigin.NONE);
    confirm(account, name + "@hue.example");
    return account;
  }

  /** Confirms an address as the person does: by the code in the e-mail. */
  private void confirm(Account account, String address) throws Exception {
    String id = account.id().value();
    assertThat(messages.own().sendCode(id, address).accepted()).isTrue();
    String text = mail.arrived.get(mail.arrived.size() - 1).mime().getContent().toString();
    String code = text.replaceAll("(?s).*?(\\d{4}) (\\d{4}).*", "$1$2");
    messages.own().confirm(id, code, BY, RequestOrigin.NONE);
    mail.arrived.clear();
  }

  private Report alert(String type) {
    Timestamp start = new Timestamp(MediaTime.ZERO, clock.instant());
    return queue.receive(
        new Alert(
            AlertId.of("a" + ++alerts),
            new Alert.Origin(new CameraId("gate"), RuleId.of(type), type),
            Alert.Phase.OPENED,
            new Alert.Span(start, start.plus(Duration.ofSeconds(1))),
            new Alert.Participants(List.of(3L), null, List.of()),
            new Alert.Finding("one", Map.of("people", 6.0))),
        List.of());
  }

  /** The alert of a report ends now. */
  private void ends(Report report) {
    Timestamp start = new Timestamp(MediaTime.ZERO, report.times().startedAt());
    Duration lasted = Duration.between(report.times().startedAt(), clock.instant());
    queue.update(
        new Alert(
            report.origin().alert(),
            new Alert.Origin(new CameraId("gate"), report.origin().rule(), report.origin().type()),
            Alert.Phase.CLOSED,
            new Alert.Span(start, start.plus(lasted)),
            new Alert.Participants(List.of(), null, List.of()),
            new Alert.Finding("one", Map.of())));
  }

  private void clip(Report report) {
    queue.addEvidence(
        report.origin().alert(), new EvidenceItem("clip.mp4", "video/mp4", 3, "0".repeat(64)));
  }

  /** Lets time pass, in steps, and what is due happen. */
  private void pass(Duration time) throws Exception {
    Instant end = clock.instant().plus(time);
    while (clock.instant().isBefore(end)) {
      Duration left = Duration.between(clock.instant(), end);
      clock.advance(left.compareTo(Duration.ofSeconds(5)) > 0 ? Duration.ofSeconds(5) : left);
      settle();
    }
  }

  /** Jumps, and lets what is due happen. */
  private void jump(Duration time) throws Exception {
    clock.advance(time);
    settle();
    clock.advance(Duration.ofSeconds(5));
    settle();
  }

  /** Runs what is due until nothing of it is under way. */
  private void settle() throws Exception {
    timer.runUntil(() -> timer.untilNext().compareTo(Duration.ZERO) > 0 && underWay() == 0);
  }

  private int underWay() {
    return database.inSnapshot(
        db ->
            db.createQuery(
                    "SELECT COUNT(*) FROM message_outbox WHERE state = 'PENDING'"
                        + " AND due_at <= :now")
                .bind("now", clock.millis())
                .mapTo(Integer.class)
                .one());
  }

  private List<String> told() {
    return mail.arrived.stream().map(TestMailServer.Arrived::to).sorted().toList();
  }

  private double count(String name) {
    return metrics.find("kydai.console.messages." + name).counters().stream()
        .mapToDouble(counter -> counter.count())
        .sum();
  }

  @Test
  void anIncidentIsToldOnceAndWhenItsClipIsThere() throws Exception {
    person("lan", NONE, Grant.of(Role.REVIEWER));
    rules(rule(Occasion.INCIDENT, roles(Role.REVIEWER)));
    Report first = alert("wrong-way");
    pass(Duration.ofSeconds(20));
    assertThat(told()).as("the clip is still being made").isEmpty();
    clip(first);
    pass(Duration.ofSeconds(5));
    assertThat(told()).containsExactly("lan@hue.example");
    for (int i = 0; i < 3; i++) {
      clip(alert("wrong-way"));
      pass(Duration.ofSeconds(30));
    }
    assertThat(told()).as("the same incident").hasSize(1);
    var one = mail.arrived.get(0).mime();
    assertThat(one.getSubject()).isEqualTo("[Kydai] Khẩn: Đi ngược chiều – Cầu Trường Tiền");
    assertThat(one.getContent().toString())
        .contains(
            "Cầu Trường Tiền, Trần Hưng Đạo, Huế",
            "10:00:00 29/11/2026 (Asia/Ho_Chi_Minh)",
            "https://kydai.example/#/reports/" + first.id());
    jump(Duration.ofMinutes(30));
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(10));
    assertThat(told()).as("another incident").hasSize(2);
    assertThat(count("delivered")).isEqualTo(2);
  }

  @Test
  void anIncidentWithoutAClipIsToldAfterTheWait() throws Exception {
    person("lan", NONE, Grant.of(Role.REVIEWER));
    rules(rule(Occasion.INCIDENT, roles(Role.REVIEWER)));
    alert("wrong-way");
    pass(Duration.ofSeconds(50));
    assertThat(told()).isEmpty();
    pass(Duration.ofSeconds(20));
    assertThat(told()).containsExactly("lan@hue.example");
  }

  @Test
  void aRestartKnowsThatThereWillBeNoClipAndLosesNothing() throws Exception {
    person("lan", NONE, Grant.of(Role.REVIEWER));
    rules(rule(Occasion.INCIDENT, roles(Role.REVIEWER)));
    alert("wrong-way");
    messages.close();
    start();
    pass(Duration.ofSeconds(5));
    assertThat(told()).containsExactly("lan@hue.example");
  }

  @Test
  void aRejectedIncidentIsNotToldAndOneOfALaterReportIs() throws Exception {
    person("lan", NONE, Grant.of(Role.REVIEWER));
    rules(rule(Occasion.INCIDENT, roles(Role.REVIEWER)));
    Report first = alert("wrong-way");
    queue.act(first.id(), ReportAction.REJECT, "no", NONE, BY, RequestOrigin.NONE);
    pass(Duration.ofSeconds(70));
    assertThat(told()).isEmpty();
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(10));
    assertThat(told()).containsExactly("lan@hue.example");
  }

  @Test
  void nobodyHearsOfWhatHeMayNotSee() throws Exception {
    person("far", NONE, new Grant(Role.REVIEWER, Scope.of(new CameraId("park")), null, null));
    person("late", NONE, new Grant(Role.REVIEWER, Scope.EVERYTHING, null, clock.instant()));
    person(
        "new",
        NONE,
        new Grant(Role.REVIEWER, Scope.EVERYTHING, clock.instant().plusSeconds(3600), null));
    person("blind", NONE, Grant.of(Role.AGENCY_OFFICER));
    Account gone = person("gone", NONE, Grant.of(Role.REVIEWER));
    person("near", NONE, new Grant(Role.REVIEWER, Scope.of(new CameraId("gate")), null, null));
    directory.change(
        gone.id().value(), 1, "gone", false, null, gone.grants(), BY, RequestOrigin.NONE);
    rules(rule(Occasion.INCIDENT, roles(Role.REVIEWER, Role.AGENCY_OFFICER)));
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(10));
    assertThat(told()).containsExactly("near@hue.example");
  }

  @Test
  void aRightThatIsTakenAwayBeforeAMessageLeavesEndsIt() throws Exception {
    Account lan = person("lan", NONE, Grant.of(Role.REVIEWER));
    rules(rule(Occasion.INCIDENT, roles(Role.REVIEWER)));
    mail.refusing = 451;
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(2));
    assertThat(count("failed")).isEqualTo(1);
    directory.change(
        lan.id().value(),
        1,
        "lan",
        true,
        null,
        List.of(new Grant(Role.REVIEWER, Scope.of(new CameraId("park")), null, null)),
        BY,
        RequestOrigin.NONE);
    mail.refusing = 0;
    pass(Duration.ofSeconds(30));
    assertThat(told()).isEmpty();
    assertThat(count("dropped")).isEqualTo(1);
  }

  @Test
  void theShiftOnDutyIsToldAndTheOtherOneIsNot() throws Exception {
    Account day = person("day", NONE, Grant.of(Role.REVIEWER));
    Account night = person("night", NONE, Grant.of(Role.REVIEWER));
    set(
        Shifts.SETTING,
        new Shifts(
            List.of(shift("day", "06:00", "18:00", day), shift("night", "18:00", "06:00", night))));
    rules(
        rule(
            Occasion.INCIDENT,
            new Recipients(List.of(), List.of(), List.of("day", "night"), false, false)));
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(10));
    assertThat(told()).containsExactly("day@hue.example");
    jump(Duration.ofHours(12));
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(10));
    assertThat(told()).containsExactly("day@hue.example", "night@hue.example");
  }

  private static Shift shift(String id, String from, String to, Account who) {
    return new Shift(
        id,
        id,
        new Hours(null, LocalTime.parse(from), LocalTime.parse(to)),
        List.of(who.id().value()),
        List.of(),
        List.of());
  }

  @Test
  void thePeopleOfACamerasGroupAreThoseWhoseGrantsNameIt() throws Exception {
    Scope bridges = new Scope(false, Set.of(), Set.of("bridges"), Set.of());
    person("bridge", NONE, new Grant(Role.OPERATOR, bridges, null, null));
    person("everywhere", NONE, Grant.of(Role.OPERATOR));
    rules(rule(Occasion.INCIDENT, new Recipients(List.of(), List.of(), List.of(), true, false)));
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(10));
    assertThat(told()).containsExactly("bridge@hue.example");
  }

  @Test
  void aRuleIsForItsPrioritiesTypesGroupsAndAreas() throws Exception {
    person("lan", NONE, Grant.of(Role.REVIEWER));
    rules(
        narrow("p", List.of(Priority.NORMAL), null, null),
        narrow("t", null, List.of("speeding"), null),
        narrow("g", null, null, List.of("squares")));
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(70));
    assertThat(told()).isEmpty();
    rules(narrow("all", List.of(Priority.URGENT), List.of("wrong-way"), List.of("bridges")));
    jump(Duration.ofMinutes(30));
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(10));
    assertThat(told()).containsExactly("lan@hue.example");
  }

  private static MessageRule narrow(
      String id,
      @Nullable List<Priority> priorities,
      @Nullable List<String> types,
      @Nullable List<String> groups) {
    return new MessageRule(
        id,
        List.of(Occasion.INCIDENT),
        priorities,
        types,
        groups,
        null,
        roles(Role.REVIEWER),
        List.of(Channel.EMAIL),
        null,
        false);
  }

  private void quiet(Account account, String from, String to) {
    messages
        .own()
        .choose(
            account.id().value(),
            "vi",
            true,
            true,
            new Hours(null, LocalTime.parse(from), LocalTime.parse(to)),
            BY,
            RequestOrigin.NONE);
  }

  @Test
  void quietHoursHoldAMessageUntilTheyEndAndWhatWasDecidedMeanwhileIsNotTold() throws Exception {
    Account lan = person("lan", NONE, Grant.of(Role.REVIEWER));
    quiet(lan, "09:00", "12:00");
    rules(rule(Occasion.INCIDENT, roles(Role.REVIEWER)));
    Report rejected = alert("crowding");
    clip(rejected);
    Report waits = alert("wrong-way");
    clip(waits);
    pass(Duration.ofSeconds(30));
    assertThat(told()).as("it is ten o'clock").isEmpty();
    queue.act(rejected.id(), ReportAction.REJECT, "no", NONE, BY, RequestOrigin.NONE);
    jump(Duration.ofHours(1));
    assertThat(told()).isEmpty();
    jump(Duration.ofHours(1));
    assertThat(told()).containsExactly("lan@hue.example");
    assertThat(mail.arrived.get(0).mime().getSubject()).contains("Đi ngược chiều");
  }

  @Test
  void whatQuietHoursHeldIsOneMessageWhenTheyEndAlsoAfterARestart() throws Exception {
    Account lan = person("lan", NONE, Grant.of(Role.REVIEWER));
    String owner = lan.id().value();
    TestBrowser browser = TestBrowser.random();
    messages
        .own()
        .subscribe(
            owner, browser.subscription(push.endpoint("lan")), "Firefox", BY, RequestOrigin.NONE);
    quiet(lan, "09:00", "15:00");
    rules(rule(Occasion.INCIDENT, roles(Role.REVIEWER)));
    Report rejected = alert("crowding");
    clip(rejected);
    for (String type : List.of("stopped", "wrong-way", "crowding")) {
      pass(Duration.ofSeconds(30));
      clock.advance(Duration.ofMinutes(40));
      clip(alert(type));
    }
    pass(Duration.ofSeconds(30));
    clock.advance(Duration.ofMinutes(40));
    clip(alert("crowding"));
    pass(Duration.ofSeconds(30));
    queue.act(rejected.id(), ReportAction.REJECT, "no", NONE, BY, RequestOrigin.NONE);
    assertThat(mail.arrived).isEmpty();
    // The process ends in the quiet hours, and the next one when they are over.
    messages.close();
    start();
    pass(Duration.ofSeconds(10));
    assertThat(mail.arrived).isEmpty();
    messages.close();
    clock.advance(Duration.ofMinutes(150));
    start();
    mail.refusing = 451;
    pass(Duration.ofSeconds(2));
    assertThat(mail.arrived).isEmpty();
    // The next process finds the message as the first attempt made it.
    messages.close();
    mail.refusing = 0;
    start();
    jump(Duration.ofMinutes(10));
    pass(Duration.ofSeconds(30));
    assertThat(told()).containsExactly("lan@hue.example");
    assertThat(mail.arrived.get(0).mime().getSubject())
        .isEqualTo("[Kydai] 4 việc trong giờ yên lặng, 1 khẩn");
    assertThat(mail.arrived.get(0).mime().getContent().toString().replace("\r", ""))
        .isEqualTo(
            """
            1 × Khẩn: Đi ngược chiều
            2 × Cao: Tụ tập đông
            1 × Cao: %s

            https://kydai.example/#/incidents
            """
                .formatted(MessageText.title("stopped", false)));
    assertThat(push.pushed).hasSize(1);
    JsonNode shown = new ObjectMapper().readTree(browser.decrypt(push.pushed.get(0).body()));
    assertThat(shown.get("url").asText()).isEqualTo("/#/incidents");
    assertThat(outbox()).isEmpty();
    assertThat(messages.state().dead()).isZero();
    // What comes after is told by itself.
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(10));
    assertThat(mail.arrived).hasSize(2);
    assertThat(mail.arrived.get(1).mime().getSubject()).contains("Khẩn: Đi ngược chiều");
  }

  @Test
  void aCamerasFaultIsToldOnceWhenItHasLastedAndTheNextWhenTheCameraWasWell() throws Exception {
    person("lan", null, Grant.of(Role.ADMINISTRATOR));
    person("an", null, Grant.of(Role.REVIEWER));
    rules(
        rule(Occasion.CAMERA_FAULT, roles(Role.ADMINISTRATOR)),
        rule(Occasion.INCIDENT, roles(Role.REVIEWER)));

    Report fault = alert("signal-lost");
    clip(fault);
    jump(Duration.ofMinutes(4));
    assertThat(told()).isEmpty();
    jump(Duration.ofMinutes(1));
    assertThat(told()).containsExactly("lan@hue.example");
    assertThat(mail.arrived.get(0).mime().getSubject())
        .isEqualTo("[Kydai] Lỗi camera: Mất tín hiệu – Cầu Trường Tiền");
    assertThat(mail.arrived.get(0).mime().getContent().toString())
        .contains("https://kydai.example/#/cameras/gate");

    ends(fault);
    jump(Duration.ofMinutes(2));
    Report again = alert("signal-lost");
    jump(Duration.ofMinutes(30));
    assertThat(told()).as("the camera was well for two minutes only").hasSize(1);

    ends(again);
    jump(Duration.ofMinutes(6));
    alert("signal-lost");
    jump(Duration.ofMinutes(5));
    assertThat(told()).hasSize(2);
    jump(Duration.ofHours(24));
    assertThat(told()).hasSize(2);
  }

  @Test
  void aFaultThatComesAndGoesIsNotToldUntilOneLastsAlsoAfterARestart() throws Exception {
    person("lan", null, Grant.of(Role.ADMINISTRATOR));
    rules(rule(Occasion.CAMERA_FAULT, roles(Role.ADMINISTRATOR)));
    for (int i = 0; i < 10; i++) {
      Report fault = alert("tamper");
      jump(Duration.ofMinutes(1));
      ends(fault);
      jump(Duration.ofSeconds(30));
    }
    alert("tamper");
    jump(Duration.ofMinutes(1));
    messages.close();
    start();
    jump(Duration.ofMinutes(10));
    assertThat(told()).isEmpty();

    alert("tamper");
    alert("signal-lost");
    jump(Duration.ofMinutes(5));
    assertThat(told()).as("one of each rule").hasSize(2);
  }

  @Test
  void aFaultThatEndsInQuietHoursIsNotTold() throws Exception {
    Account lan = person("lan", null, Grant.of(Role.ADMINISTRATOR));
    quiet(lan, "09:00", "12:00");
    rules(rule(Occasion.CAMERA_FAULT, roles(Role.ADMINISTRATOR)));
    Report fault = alert("signal-lost");
    alert("tamper");
    jump(Duration.ofMinutes(10));
    ends(fault);
    jump(Duration.ofHours(2));

    assertThat(told()).hasSize(1);
    assertThat(mail.arrived.get(0).mime().getSubject()).doesNotContain("Mất tín hiệu");
  }

  @Test
  void urgentOnesBreakThroughQuietHoursWhereTheRuleSaysSo() throws Exception {
    Account lan = person("lan", NONE, Grant.of(Role.REVIEWER));
    quiet(lan, "09:00", "12:00");
    Hours all = new Hours(null, LocalTime.MIDNIGHT, LocalTime.parse("23:00"));
    rules(rule(Occasion.INCIDENT, roles(Role.REVIEWER), all, true));
    clip(alert("crowding"));
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(30));
    assertThat(mail.arrived).hasSize(1);
    assertThat(mail.arrived.get(0).mime().getSubject()).contains("Khẩn");
  }

  @Test
  void anAgencysOfficersHearOfWhatIsAssignedRemindedAndEscalated() throws Exception {
    person("officer", "ward", Grant.of(Role.AGENCY_OFFICER));
    person("above", "district", Grant.of(Role.AGENCY_OFFICER));
    person("other", "harbour", Grant.of(Role.AGENCY_OFFICER));
    person("chief", NONE, Grant.of(Role.REVIEWER));
    settings.replace(
        Agencies.SETTING,
        new Agencies(
            List.of(
                new Agency("district", "District", null, null),
                new Agency("ward", "Ward", "district", null),
                new Agency("harbour", "Harbour", null, null))),
        0,
        BY,
        RequestOrigin.NONE,
        Directory::agenciesChanged);
    directory.refresh();
    set(
        DeadlinePlan.SETTING,
        new DeadlinePlan(
            HUE.getId(),
            List.of(),
            List.of(
                new DeadlineRule(
                    "h",
                    Stage.HANDLE,
                    null,
                    null,
                    null,
                    null,
                    null,
                    Duration.ofHours(4),
                    Duration.ofHours(1),
                    Duration.ofHours(8),
                    "a test",
                    true))));
    Recipients officers = new Recipients(List.of(), List.of(), List.of(), false, true);
    rules(
        rule(Occasion.ASSIGNED, officers),
        rule(Occasion.REMINDED, officers),
        rule(
            Occasion.ESCALATED,
            new Recipients(List.of(), List.of(Role.REVIEWER), List.of(), false, true)));
    ReportId id = alert("wrong-way").id();
    queue.act(id, ReportAction.VERIFY, NONE, NONE, BY, RequestOrigin.NONE);
    queue.act(id, ReportAction.ASSIGN, "because", "ward", BY, RequestOrigin.NONE);
    pass(Duration.ofSeconds(10));
    assertThat(told()).containsExactly("officer@hue.example");
    assertThat(mail.arrived.get(0).mime().getContent().toString())
        .contains("Hạn: 14:00:00 29/11/2026", "https://kydai.example/#/agency/" + id);
    jump(Duration.ofMinutes(185));
    desk.deadlines().tick();
    pass(Duration.ofSeconds(10));
    assertThat(told()).hasSize(2).containsOnly("officer@hue.example");
    assertThat(mail.arrived.get(1).mime().getSubject()).contains("Sắp hết hạn");
    jump(Duration.ofHours(1));
    desk.deadlines().tick();
    pass(Duration.ofSeconds(10));
    assertThat(told())
        .hasSize(4)
        .contains("chief@hue.example", "above@hue.example")
        .doesNotContain("other@hue.example");
    assertThat(mail.arrived.get(2).mime().getSubject()).contains("Quá hạn");
  }

  @Test
  void aBrowserOpensItsMessageAndOneThatIsGoneIsForgotten() throws Exception {
    Account lan = person("lan", NONE, Grant.of(Role.REVIEWER));
    TestBrowser browser = TestBrowser.random();
    String owner = lan.id().value();
    messages
        .own()
        .subscribe(
            owner, browser.subscription(push.endpoint("lan")), "Firefox", BY, RequestOrigin.NONE);
    rules(rule(Occasion.INCIDENT, roles(Role.REVIEWER)));
    Report first = alert("wrong-way");
    clip(first);
    pass(Duration.ofSeconds(5));
    assertThat(push.pushed).hasSize(1);
    JsonNode shown = new ObjectMapper().readTree(browser.decrypt(push.pushed.get(0).body()));
    assertThat(shown.get("title").asText()).isEqualTo("Khẩn: Đi ngược chiều – Cầu Trường Tiền");
    assertThat(shown.get("url").asText()).isEqualTo("/#/reports/" + first.id());
    assertThat(push.pushed.get(0).headers().get("topic")).isEqualTo(shown.get("id").asText());
    push.status = 410;
    jump(Duration.ofMinutes(30));
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(10));
    assertThat(messages.own().of(owner).browsers()).isEmpty();
    assertThat(messages.state().dead()).isZero();
  }

  @Test
  void whatAServerRefusesForGoodIsADeadLetterAndHoldsUpNothing() throws Exception {
    person("lan", NONE, Grant.of(Role.REVIEWER));
    rules(rule(Occasion.INCIDENT, roles(Role.REVIEWER)));
    mail.refusing = 550;
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(10));
    assertThat(messages.state().letters())
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.why()).isEqualTo("SMTP status 550");
              assertThat(letter.shown()).isEqualTo("lan");
            });
    mail.refusing = 0;
    jump(Duration.ofMinutes(30));
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(10));
    assertThat(told()).containsExactly("lan@hue.example");
  }

  @Test
  void whatWasGivenUpIsSentAgainUnlessItWasDecidedOnMeanwhile() throws Exception {
    person("lan", NONE, Grant.of(Role.REVIEWER));
    rules(rule(Occasion.INCIDENT, roles(Role.REVIEWER)));
    mail.refusing = 550;
    for (int i = 0; i < 3; i++) {
      clip(alert("wrong-way"));
      pass(Duration.ofSeconds(10));
      jump(Duration.ofMinutes(30));
    }
    List<DeadLetter> letters = messages.state().letters();
    assertThat(letters).hasSize(3);
    mail.refusing = 0;

    assertThat(messages.replay(letters.get(2).event(), BY, RequestOrigin.NONE))
        .isEqualTo(new Replay(1, 0));
    pass(Duration.ofSeconds(10));
    assertThat(told()).containsExactly("lan@hue.example");
    queue.act(letters.get(0).report(), ReportAction.REJECT, "no", NONE, BY, RequestOrigin.NONE);

    assertThat(messages.replay(null, BY, RequestOrigin.NONE)).isEqualTo(new Replay(2, 0));
    pass(Duration.ofSeconds(10));
    assertThat(told()).hasSize(2);
    assertThat(messages.state().letters()).isEmpty();
    assertThat(messages.replay(null, BY, RequestOrigin.NONE)).isEqualTo(new Replay(0, 0));
    assertThat(outbox()).isEmpty();
  }

  @Test
  void aMessageWhoseProcessEndedBeforeItNotedTheDeliveryComesAgainAsTheSame() throws Exception {
    person("lan", NONE, Grant.of(Role.REVIEWER));
    rules(rule(Occasion.INCIDENT, roles(Role.REVIEWER)));
    mail.refusing = 451;
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(2));
    List<Map<String, Object>> before = outbox();
    mail.refusing = 0;
    pass(Duration.ofSeconds(15));
    assertThat(told()).hasSize(1);
    // The process was killed after the server took it: the row is still there.
    messages.close();
    database.inTransaction(
        db ->
            db.createUpdate(
                    "INSERT INTO message_outbox (endpoint, event, state, type, report, body,"
                        + " created_at, attempts, due_at, shown) VALUES (:endpoint, :event,"
                        + " 'PENDING', :type, :report, :body, :created_at, 0, 0, :shown)")
                .bindMap(before.get(0))
                .execute());
    start();
    pass(Duration.ofSeconds(10));
    assertThat(told()).hasSize(2);
    assertThat(mail.arrived.get(0).mime().getHeader("Message-ID"))
        .isEqualTo(mail.arrived.get(1).mime().getHeader("Message-ID"));
    assertThat(outbox()).isEmpty();
    // And nothing that was told is decided on anew.
    messages.close();
    start();
    pass(Duration.ofSeconds(70));
    assertThat(told()).hasSize(2);
  }

  private List<Map<String, Object>> outbox() {
    return database.inSnapshot(
        db -> db.createQuery("SELECT * FROM message_outbox").mapToMap().list());
  }

  @Test
  void thePictureComesOnlyWhereTheSettingSaysSo() throws Exception {
    person("lan", NONE, Grant.of(Role.REVIEWER));
    Files.write(folder.resolve("snapshot.jpg"), new byte[] {1, 2, 3});
    EvidenceItem picture = new EvidenceItem("snapshot.jpg", "image/jpeg", 3, "0".repeat(64));
    rules(rule(Occasion.INCIDENT, roles(Role.REVIEWER)));
    Report first = alert("wrong-way");
    queue.addEvidence(first.origin().alert(), picture);
    clip(first);
    pass(Duration.ofSeconds(10));
    assertThat(mail.arrived.get(0).mime().getContentType()).startsWith("text/plain");
    set(
        MessageRules.SETTING,
        new MessageRules(
            Duration.ofMinutes(1),
            null,
            true,
            List.of(rule(Occasion.INCIDENT, roles(Role.REVIEWER)))));
    jump(Duration.ofMinutes(30));
    Report second = alert("wrong-way");
    queue.addEvidence(second.origin().alert(), picture);
    clip(second);
    pass(Duration.ofSeconds(10));
    assertThat(mail.arrived.get(1).mime().getContentType()).startsWith("multipart/mixed");
  }

  @Test
  void whoWantsNoEmailGetsNoneAndTheLanguageIsTheReaders() throws Exception {
    Account lan = person("lan", NONE, Grant.of(Role.REVIEWER));
    person("eve", NONE, Grant.of(Role.REVIEWER));
    messages.own().choose(lan.id().value(), "en", false, true, null, BY, RequestOrigin.NONE);
    rules(rule(Occasion.INCIDENT, roles(Role.REVIEWER)));
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(10));
    assertThat(told()).containsExactly("eve@hue.example");
    messages.own().choose(lan.id().value(), "en", true, true, null, BY, RequestOrigin.NONE);
    jump(Duration.ofMinutes(30));
    clip(alert("wrong-way"));
    pass(Duration.ofSeconds(10));
    assertThat(mail.arrived)
        .filteredOn(one -> one.to().startsWith("lan"))
        .singleElement()
        .satisfies(
            one ->
                assertThat(one.mime().getSubject())
                    .isEqualTo("[Kydai] Urgent: Wrong way – Cầu Trường Tiền"));
  }

  @Test
  void anAccountThatIsRemovedLeavesNoAddressBehind() throws Exception {
    person("admin2", NONE, Grant.of(Role.ADMINISTRATOR));
    Account lan = person("lan", NONE, Grant.of(Role.REVIEWER));
    messages
        .own()
        .subscribe(
            lan.id().value(),
            TestBrowser.random().subscription(push.endpoint("lan")),
            "Firefox",
            BY,
            RequestOrigin.NONE);
    directory.remove(lan.id().value(), BY, RequestOrigin.NONE);
    int left =
        database.inSnapshot(
            db ->
                db.createQuery(
                        "SELECT (SELECT COUNT(*) FROM push_subscription)"
                            + " + (SELECT COUNT(*) FROM message_preference WHERE email LIKE 'lan%')")
                    .mapTo(Integer.class)
                    .one());
    assertThat(left).isZero();
  }
}
