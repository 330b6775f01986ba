package io.kydai.console.http;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.console.activity.ActivityReader;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.NoAudit;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.cases.CaseRenderer;
import io.kydai.console.cases.CaseSettings;
import io.kydai.console.cases.Cases;
import io.kydai.console.config.HttpConfig;
import io.kydai.console.config.KydaiConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.config.camera.CameraJson;
import io.kydai.console.discovery.OnvifCameras;
import io.kydai.console.http.access.AccessControl;
import io.kydai.console.http.access.Authentication;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.desk.Desk;
import io.kydai.console.http.api.live.WebRtc;
import io.kydai.console.http.api.people.Identity;
import io.kydai.console.http.api.site.NodeApi;
import io.kydai.console.http.api.site.Site;
import io.kydai.console.http.contract.ApiContract;
import io.kydai.console.http.origin.ProxyHeaders;
import io.kydai.console.http.push.EventSockets;
import io.kydai.console.http.server.Limits;
import io.kydai.console.http.server.OpenAccess;
import io.kydai.console.http.server.OpenAuthentication;
import io.kydai.console.map.MapTiles;
import io.kydai.console.messages.Messages;
import io.kydai.console.messages.Surroundings;
import io.kydai.console.recordings.AlertDays;
import io.kydai.console.recordings.DeletionList;
import io.kydai.console.recordings.Holds;
import io.kydai.console.recordings.RecordingLibrary;
import io.kydai.console.recordings.RecordingTable;
import io.kydai.console.reports.ReportId;
import io.kydai.console.reports.ReportOutbox;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.secrets.TestSecrets;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.statistics.Statistics;
import io.kydai.console.store.Database;
import io.kydai.console.users.Account;
import io.kydai.console.users.Directory;
import io.kydai.console.users.Duties;
import io.kydai.console.users.FirstAdministrator;
import io.kydai.console.users.Grant;
import io.kydai.console.users.LogInFactors;
import io.kydai.console.users.Permission;
import io.kydai.console.users.Role;
import io.kydai.console.users.Scope;
import io.kydai.console.users.Sessions;
import io.kydai.console.users.factor.Passkeys;
import io.kydai.console.users.factor.SecondFactors;
import io.kydai.console.wall.WallLayouts;
import io.kydai.console.webhooks.WebhookDispatcher;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.streaming.playback.SegmentFiles;
import io.kydai.streaming.privacy.Redaction;
import io.kydai.streaming.proof.SigningKey;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Two servers on one database in one process: the product's, with log-ins, rights and the audit,
 * and the same one with everybody let in and nothing recorded. In one process both have the same
 * compiled code, so that a difference between them is not one of the JVM's choices.
 */
public final class MeasuredServers {
  private static final int CAMERAS = 50;
  private static final int REPORTS = 500;

  /**
   * @param cookie of a log-in with two roles, for the guarded server
   * @param token of a program, for the guarded server
   * @param report that there is
   */
  public record Running(int guarded, int open, String cookie, String token, ReportId report) {}

  private MeasuredServers() {}

  /** Starts both; they run as long as the process does. */
  public static Running start(Cameras pictures, CameraRegistry registry, Database db)
      throws IOException {
    Clock clock = Clock.systemUTC();
    AuditLog audit = new AuditLog(db, clock);
    Directory directory = new Directory(db, audit, clock);
    FirstAdministrator.add(
        directory, "admin", "mua roi tren song Huong", Actor.SYSTEM, RequestOrigin.NONE);
    SecondFactors factors = new SecondFactors(db, TestSecrets.cipher(), audit, clock);
    LogInFactors required =
        new LogInFactors(factors, new Passkeys(db, factors, clock), EnumSet.noneOf(Role.class));
    Sessions sessions = new Sessions(db, directory, audit, clock, Sessions.Limits.USUAL, required);
    Identity identity = Identity.of(directory, sessions, required, audit, clock, null);
    DeskSettings settings = new DeskSettings(db, audit, clock);
    ReportQueue reports =
        new ReportQueue(
            db,
            ReportOutbox.NONE,
            clock,
            Desk.consequences(settings, registry::camera, clock),
            queue -> {});
    ReportId report = null;
    for (int i = 0; i < REPORTS; i++) {
      report = reports.receive(alert(i), List.of()).id();
    }
    Path evidence = Files.createTempDirectory("kydai-evidence");
    Desk desk = Desk.of(db, evidence, reports, settings, registry::camera, audit, clock);
    AuditGroups groups = new AuditGroups(db, audit, clock);
    groups.start();
    Statistics statistics =
        new Statistics(
            db, Duration.ofDays(400), Duration.ofDays(35), clock, new SimpleMeterRegistry());
    Vertx vertx = Vertx.vertx();
    ConsoleServer guarded =
        server(
            vertx,
            db,
            statistics,
            registry,
            pictures,
            desk,
            identity,
            groups,
            ConsoleServer.Entrance.USUAL);
    ConsoleServer open =
        server(
            vertx,
            db,
            statistics,
            registry,
            pictures,
            desk,
            identity,
            new NoAudit(db, audit, clock),
            new Open());
    Account account =
        directory.add(
            "lan",
            "Lan",
            null,
            List.of(
                new Grant(Role.OPERATOR, Scope.EVERYTHING, null, null),
                new Grant(Role.REVIEWER, Scope.EVERYTHING, null, null)),
            "mua roi tren song Huong",
            Actor.SYSTEM,
            RequestOrigin.NONE);
    Sessions.Started started =
        sessions.start(account, "password", null, "bench", RequestOrigin.NONE);
    String token =
        directory
            .addToken(
                "bench",
                EnumSet.allOf(Permission.class),
                Scope.EVERYTHING,
                null,
                Actor.SYSTEM,
                RequestOrigin.NONE)
            .secret();
    return new Running(
        guarded.start(), open.start(), "kydai-session=" + started.secret(), token, report);
  }

  /** Returns the cameras of the servers, as a configuration has them. */
  public static List<CameraConfig> cameras() {
    List<CameraConfig> cameras = new ArrayList<>();
    for (int i = 0; i < CAMERAS; i++) {
      cameras.add(
          CameraJson.read(
              "{\"id\": \"c%d\", \"name\": \"Cổng số %d\", \"url\": \"rtsp://192.0.2.1/%d\"}"
                  .formatted(i, i, i)
                  .getBytes(StandardCharsets.UTF_8)));
    }
    return cameras;
  }

  /** Returns messages that are never sent. */
  private static Messages messages(
      Vertx vertx, Database db, CameraRegistry registry, Desk desk, Identity identity) {
    return new Messages(
        vertx,
        db,
        TestSecrets.cipher(),
        desk.reports(),
        desk.settings(),
        new Duties(identity.directory(), identity.factors()),
        new Surroundings(
            registry::camera,
            camera ->
                registry
                    .camera(camera)
                    .map(CameraPlaces::of)
                    .orElseGet(() -> CameraPlaces.removed(camera)),
            (alert, name) -> Optional.empty(),
            (camera, jpeg) -> jpeg,
            KydaiConfig.DEFAULT.site().timeZone(),
            () -> URI.create("http://127.0.0.1/")),
        identity.audit(),
        Clock.systemUTC(),
        new SimpleMeterRegistry());
  }

  private static ConsoleServer server(
      Vertx vertx,
      Database db,
      Statistics statistics,
      CameraRegistry registry,
      Cameras cameras,
      Desk desk,
      Identity identity,
      AuditGroups groups,
      ConsoleServer.Entrance entrance) {
    Clock clock = Clock.systemUTC();
    EventSockets events =
        new EventSockets(
            vertx,
            Clock.systemUTC(),
            camera ->
                registry
                    .camera(camera)
                    .map(CameraPlaces::of)
                    .orElseGet(() -> CameraPlaces.removed(camera)));
    RecordingLibrary library =
        new RecordingLibrary(
            SegmentFiles.in(Path.of("recordings")),
            new RecordingTable(db, clock),
            new Holds(db, new AuditLog(db, clock), clock),
            new DeletionList(db),
            new ActivityReader(Path.of("activity")),
            new AlertDays(db),
            Optional::empty);
    return new ConsoleServer(
        vertx,
        ApiContract.load(vertx, NodeApi.readContract()),
        new HttpConfig("127.0.0.1", 0, null),
        new Backend(
            cameras,
            OnvifCameras.at(new InetSocketAddress("127.0.0.1", 9), Clock.systemUTC()),
            desk,
            new WebhookDispatcher(
                    db,
                    List.of(),
                    registry::camera,
                    () -> URI.create("http://127.0.0.1/"),
                    clock,
                    new SimpleMeterRegistry())
                .administration(new AuditLog(db, clock)),
            messages(vertx, db, registry, desk, identity),
            (alert, name) -> Optional.empty(),
            library,
            cases(db, library, clock),
            events,
            identity,
            groups,
            WebRtc.OFF,
            new Site(
                statistics.reader(),
                KydaiConfig.DEFAULT,
                MapTiles.none(),
                new WallLayouts(db, new AuditLog(db, clock), clock)),
            () -> new TreeMap<>(Map.of("console", Optional.empty())),
            new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)),
        Limits.Connections.USUAL,
        entrance);
  }

  /** Nothing is asked of them, and nothing made. */
  private static Cases cases(Database db, RecordingLibrary library, Clock clock) {
    try {
      Path folder = Files.createTempDirectory("kydai-bench");
      return new Cases(
          db,
          new AuditLog(db, clock),
          library,
          SigningKey.open(folder.resolve("key.pem"), folder),
          Optional::empty,
          camera -> Optional.empty(),
          new CaseRenderer((camera, since, reader) -> {}, new Redaction(null), ZoneOffset.UTC),
          new CaseSettings(folder, 1, 0, Duration.ofDays(1)),
          clock);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets everybody in. */
  private static final class Open implements ConsoleServer.Entrance {
    @Override
    public Authentication authentication(Identity identity, ProxyHeaders proxies) {
      return new OpenAuthentication(proxies);
    }

    @Override
    public AccessControl access(Cameras cameras) {
      return new OpenAccess();
    }
  }

  private static Alert alert(int number) {
    Timestamp start = new Timestamp(MediaTime.ofMillis(0), Instant.now());
    return new Alert(
        AlertId.of("bench-" + number),
        new Alert.Origin(new CameraId("c" + number % CAMERAS), RuleId.of("crowd"), "crowding"),
        Alert.Phase.OPENED,
        new Alert.Span(start, start),
        new Alert.Participants(List.of(3L, 7L), null, List.of()),
        new Alert.Finding("6 people", Map.of("people", 6.0)));
  }
}
