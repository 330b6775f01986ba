package io.kydai.console.http.api;

import io.kydai.analytics.alert.Alert;
import io.kydai.analytics.alert.AlertId;
import io.kydai.analytics.alert.RuleId;
import io.kydai.analytics.flow.FlowGrid;
import io.kydai.analytics.flow.FlowMaps;
import io.kydai.analytics.flow.Quantity;
import io.kydai.analytics.flow.RoadUser;
import io.kydai.analytics.observation.Observation;
import io.kydai.analytics.observation.Timestamp;
import io.kydai.analytics.rules.counting.LineCounts;
import io.kydai.analytics.rules.counting.Measurements;
import io.kydai.analytics.rules.counting.Movements;
import io.kydai.analytics.rules.settings.RuleSpec;
import io.kydai.analytics.scene.Scene;
import io.kydai.analytics.signals.CameraSignals;
import io.kydai.analytics.signals.ControllerMessage;
import io.kydai.analytics.signals.SignalState;
import io.kydai.console.activity.ActivityReader;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cameras.CameraHandover;
import io.kydai.console.cameras.CameraHandovers;
import io.kydai.console.cameras.CameraListener;
import io.kydai.console.cameras.CameraPause;
import io.kydai.console.cameras.CameraPauses;
import io.kydai.console.cameras.CameraPrivacy;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.cameras.MaintenanceItems;
import io.kydai.console.cameras.UnknownCameraException;
import io.kydai.console.cases.CaseRenderer;
import io.kydai.console.cases.CaseSettings;
import io.kydai.console.cases.Cases;
import io.kydai.console.config.HttpConfig;
import io.kydai.console.config.KydaiConfig;
import io.kydai.console.config.PeopleConfig;
import io.kydai.console.config.camera.CameraConfig;
import io.kydai.console.deadlines.Deadlines;
import io.kydai.console.discovery.OnvifCameras;
import io.kydai.console.discovery.TestedStream;
import io.kydai.console.http.Api;
import io.kydai.console.http.Backend;
import io.kydai.console.http.ConsoleServer;
import io.kydai.console.http.LoggedIn;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.camera.CameraView;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.camera.ShownPicture;
import io.kydai.console.http.api.desk.Desk;
import io.kydai.console.http.api.live.WebRtc;
import io.kydai.console.http.api.people.Identity;
import io.kydai.console.http.api.site.Site;
import io.kydai.console.http.push.EventSockets;
import io.kydai.console.http.server.Limits;
import io.kydai.console.map.MapTiles;
import io.kydai.console.messages.Messages;
import io.kydai.console.messages.Surroundings;
import io.kydai.console.oidc.OpenIdConnect;
import io.kydai.console.recordings.AlertDays;
import io.kydai.console.recordings.DeletionList;
import io.kydai.console.recordings.Holds;
import io.kydai.console.recordings.RecordingLibrary;
import io.kydai.console.recordings.RecordingTable;
import io.kydai.console.reports.Report;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.secrets.TestSecrets;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.statistics.Statistics;
import io.kydai.console.store.Database;
import io.kydai.console.store.TestDatabase;
import io.kydai.console.trial.RuleTrial;
import io.kydai.console.trial.Trial;
import io.kydai.console.users.Directory;
import io.kydai.console.users.Duties;
import io.kydai.console.users.FirstAdministrator;
import io.kydai.console.users.LogInFactors;
import io.kydai.console.users.LogIns;
import io.kydai.console.users.Permission;
import io.kydai.console.users.QuickPasswords;
import io.kydai.console.users.Scope;
import io.kydai.console.users.Sessions;
import io.kydai.console.users.factor.Passkeys;
import io.kydai.console.users.factor.SecondFactors;
import io.kydai.console.wall.WallLayouts;
import io.kydai.ingest.media.AccessUnitSource.Subscription;
import io.kydai.ingest.media.MediaTime;
import io.kydai.ingest.source.CameraId;
import io.kydai.ingest.source.StreamRole;
import io.kydai.ingest.source.Transport;
import io.kydai.ingest.status.CameraFault;
import io.kydai.ingest.status.CameraState;
import io.kydai.ingest.status.CameraStatus;
import io.kydai.ingest.tls.TlsTrust;
import io.kydai.streaming.annotation.HeatMap;
import io.kydai.streaming.annotation.Snapshots;
import io.kydai.streaming.evidence.EvidenceItem;
import io.kydai.streaming.live.event.LiveSubscriber;
import io.kydai.streaming.live.hls.HlsStreams;
import io.kydai.streaming.live.whep.WhepServer;
import io.kydai.streaming.live.whep.WhepSettings;
import io.kydai.streaming.privacy.Privacy;
import io.kydai.streaming.privacy.Redaction;
import io.kydai.streaming.proof.SigningKey;
import io.kydai.streaming.recording.retention.RecordingStorage;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The real server on the real registry, database and report queue. Only the rooms behind it are not
 * there: cameras have no pictures.
 */
public final class DeskServer implements AutoCloseable {
  /** The discard port of this machine: nothing answers there. */
  private static final int NOBODY = 9;

  /** What stands for a picture on which something is hidden has this in it. */
  static final String MASKED = " masked";

  public final SortedMap<String, Optional<String>> roles = new TreeMap<>();
  public final FlowMaps flows = new FlowMaps();
  public final ReportQueue reports;

  /** Nothing calls its {@code tick} but tests. */
  public final Deadlines deadlines;

  public final EventSockets events;
  public final Api api;

  /** The accounts, of which {@link LoggedIn#ADMIN} is there. */
  public final Directory directory;

  public final LogIns logIns;

  /** What was done. */
  public final AuditLog audit;

  private final @Nullable OpenIdConnect oidc;

  /** What is viewed; a test saves it to see the entries. */
  public final AuditGroups groups;

  /** Of a program that may do everything. */
  public final String token;

  /** Nothing is sent until a test starts it. */
  public final Messages messages;

  /** Without endpoints, until a test has some. */
  public final DeskWebhooks webhooks;

  public final ConsoleServer server;

  /** Of a port of its own. */
  public final WhepServer whep;

  /** Whether the disk of the recordings is mounted. */
  public volatile boolean areRecordingsThere = true;

  /** The room of the recordings, as a recorder would say it. */
  public volatile @Nullable RecordingStorage recordingStorage;

  /** What the cameras have to show. */
  final Shown shown = new Shown();

  /** As the server is given them. */
  public final Cameras cameras;

  /** What every camera has to show, until a test changes it. */
  static final class Shown {
    volatile Measurements measurements =
        new Measurements(Pictureless.counts(), Pictureless.movements(), List.of(), List.of());

    /** When the newest picture was taken; null while there is none. */
    volatile @Nullable Instant pictureAt;

    /** Shows every camera to whoever watches it; null where only those are shown to be watched. */
    volatile HlsStreams.@Nullable Source live;

    /** Whether the newest heat map was over a picture. */
    volatile boolean heatMapOver;

    /** Shows every camera encoded anew for its codec; null where it is as without. */
    volatile HlsStreams.@Nullable Source transcoded;

    /** Shows every camera with masks; null where it is as without. */
    volatile HlsStreams.@Nullable Source masked;
  }

  /** A camera with such an id lets viewers in, though they see nothing. */
  static final String SHOWN = "shown";

  /** How many viewers such cameras have. */
  public final AtomicInteger viewers = new AtomicInteger();

  /** As though a proxy of this name stood before it. */
  static final String PUBLIC_URL = "https://Kydai.example:443/";

  /** What tests of streams find, by address; others refuse the connection. */
  public final Map<String, TestedStream> tested = new ConcurrentHashMap<>();

  /** What was seen by every camera, for trials. */
  public final List<Observation> seen = new CopyOnWriteArrayList<>();

  public final URI address;
  private final OnvifCameras finder;
  private final Vertx vertx = Vertx.vertx();
  public final Database database;

  /** What is added to them is written by {@code Statistics#close}. */
  public final Statistics statistics;

  private final Path evidence;
  private final Path recordings;

  /** Nothing is made until a test starts it. */
  public final Cases cases;

  private final RecordingTable index;

  public DeskServer(Path folder) throws Exception {
    this(folder, new InetSocketAddress("127.0.0.1", NOBODY));
  }

  /**
   * @param limits how many of each there may be
   */
  public DeskServer(Path folder, Limits.Connections limits) throws Exception {
    this(folder, new InetSocketAddress("127.0.0.1", NOBODY), limits);
  }

  /**
   * @param probed where cameras are looked for
   */
  public DeskServer(Path folder, InetSocketAddress probed) throws Exception {
    this(folder, probed, Limits.Connections.USUAL);
  }

  /**
   * @param http where it listens; by TLS only with a certificate in files
   */
  public DeskServer(Path folder, HttpConfig http, Limits.Connections limits) throws Exception {
    this(folder, new InetSocketAddress("127.0.0.1", NOBODY), http, limits, PeopleConfig.DEFAULT);
  }

  /**
   * @param people how people log in
   */
  public DeskServer(Path folder, PeopleConfig people) throws Exception {
    this(
        folder,
        new InetSocketAddress("127.0.0.1", NOBODY),
        new HttpConfig("127.0.0.1", 0, URI.create(PUBLIC_URL)),
        Limits.Connections.USUAL,
        people);
  }

  /**
   * @param http where it listens
   * @param people how people log in
   */
  public DeskServer(Path folder, HttpConfig http, PeopleConfig people) throws Exception {
    this(
        folder, new InetSocketAddress("127.0.0.1", NOBODY), http, Limits.Connections.USUAL, people);
  }

  private DeskServer(Path folder, InetSocketAddress probed, Limits.Connections limits)
      throws Exception {
    this(
        folder,
        probed,
        new HttpConfig("127.0.0.1", 0, URI.create(PUBLIC_URL)),
        limits,
        PeopleConfig.DEFAULT);
  }

  /**
   * @param overflow the node to which offers of WHEP go when this one is full
   */
  DeskServer(Path folder, URI overflow) throws Exception {
    this(
        folder,
        new InetSocketAddress("127.0.0.1", NOBODY),
        new HttpConfig("127.0.0.1", 0, URI.create(PUBLIC_URL)),
        Limits.Connections.USUAL,
        PeopleConfig.DEFAULT,
        overflow);
  }

  private DeskServer(
      Path folder,
      InetSocketAddress probed,
      HttpConfig http,
      Limits.Connections limits,
      PeopleConfig people)
      throws Exception {
    this(folder, probed, http, limits, people, null);
  }

  private DeskServer(
      Path folder,
      InetSocketAddress probed,
      HttpConfig http,
      Limits.Connections limits,
      PeopleConfig people,
      @Nullable URI overflow)
      throws Exception {
    finder = OnvifCameras.at(probed, Clock.systemUTC());
    evidence = Files.createDirectories(folder.resolve("evidence"));
    recordings = Files.createDirectories(folder.resolve("recordings"));
    database = TestDatabase.open(folder.resolve("kydai.db"));
    audit = new AuditLog(database, Clock.systemUTC());
    CameraRegistry registry =
        new CameraRegistry(database, TestSecrets.cipher(), List.of(), Clock.systemUTC());
    DeskSettings settings = new DeskSettings(database, audit, Clock.systemUTC());
    webhooks = new DeskWebhooks(database, audit);
    reports =
        new ReportQueue(
            database,
            webhooks,
            Clock.systemUTC(),
            Desk.consequences(settings, registry::camera, Clock.systemUTC()),
            queue -> {});
    events =
        new EventSockets(
            vertx,
            Clock.systemUTC(),
            camera ->
                registry
                    .camera(camera)
                    .map(CameraPlaces::of)
                    .orElseGet(() -> CameraPlaces.removed(camera)),
            limits);
    reports.listen(events);
    MaintenanceItems items = new MaintenanceItems(camera -> events.camera(() -> camera(camera)));
    reports.listen(items);
    Desk desk =
        Desk.of(database, evidence, reports, settings, registry::camera, audit, Clock.systemUTC());
    deadlines = desk.deadlines();
    statistics =
        new Statistics(
            database,
            Duration.ofDays(400),
            Duration.ofDays(35),
            Clock.systemUTC(),
            new SimpleMeterRegistry());
    index = new RecordingTable(database, Clock.systemUTC());
    desk.claims().listen(events);
    groups = new AuditGroups(database, audit, Clock.systemUTC());
    directory = new Directory(database, audit, Clock.systemUTC(), QuickPasswords.COST);
    if (directory.accounts().isEmpty()) {
      FirstAdministrator.add(
          directory, LoggedIn.ADMIN, LoggedIn.PASSWORD, Actor.SYSTEM, RequestOrigin.NONE);
    }
    SecondFactors factors =
        new SecondFactors(database, TestSecrets.cipher(), audit, Clock.systemUTC());
    LogInFactors required =
        new LogInFactors(
            factors, new Passkeys(database, factors, Clock.systemUTC()), people.secondFactor());
    Sessions sessions =
        new Sessions(
            database, directory, audit, Clock.systemUTC(), Sessions.Limits.USUAL, required);
    oidc =
        people.oidc() == null
            ? null
            : new OpenIdConnect(vertx, people.oidc(), database, directory, Clock.systemUTC());
    Identity identity = Identity.of(directory, sessions, required, audit, Clock.systemUTC(), oidc);
    logIns = identity.logIns();
    for (String role : List.of("ingest", "analytics", "streaming", "console")) {
      roles.put(role, Optional.empty());
    }
    messages =
        new Messages(
            vertx,
            database,
            TestSecrets.cipher(),
            reports,
            settings,
            new Duties(directory, required),
            new Surroundings(
                registry::camera,
                camera ->
                    registry
                        .camera(camera)
                        .map(CameraPlaces::of)
                        .orElseGet(() -> CameraPlaces.removed(camera)),
                (alert, name) -> Optional.of(evidence.resolve(name)),
                (camera, jpeg) -> jpeg,
                KydaiConfig.DEFAULT.site().timeZone(),
                () -> URI.create(PUBLIC_URL)),
            audit,
            Clock.systemUTC(),
            new SimpleMeterRegistry());
    cameras =
        new Pictureless(
            registry,
            events,
            flows,
            new ConcurrentHashMap<>(),
            viewers,
            new CameraPauses(database, Clock.systemUTC()),
            new CameraHandovers(database, Clock.systemUTC()),
            items,
            tested,
            seen,
            shown,
            new CameraPrivacy(database, registry::camera, Set.of()));
    registry.listen((CameraListener) cameras);
    whep =
        new WhepServer(
            new WhepSettings(
                new InetSocketAddress("127.0.0.1", 0), List.of(InetAddress.getLoopbackAddress())),
            Clock.systemUTC(),
            System::nanoTime,
            new SimpleMeterRegistry());
    RecordingLibrary library =
        new RecordingLibrary(
            segment -> areRecordingsThere ? recordings.resolve(segment.file()) : null,
            index,
            new Holds(database, audit, Clock.systemUTC()),
            new DeletionList(database),
            new ActivityReader(folder.resolve("activity")),
            new AlertDays(database),
            () -> Optional.ofNullable(recordingStorage));
    cases =
        new Cases(
            database,
            audit,
            library,
            SigningKey.open(folder.resolve("evidence-key.pem"), evidence),
            Optional::empty,
            camera -> Optional.empty(),
            new CaseRenderer((camera, since, reader) -> {}, new Redaction(null), ZoneOffset.UTC),
            new CaseSettings(folder.resolve("cases"), 1L << 30, 0, Duration.ofDays(30)),
            Clock.systemUTC());
    server =
        new ConsoleServer(
            vertx,
            Future.succeededFuture(ParsedContract.ONCE),
            http,
            new Backend(
                cameras,
                finder,
                desk,
                webhooks,
                messages,
                (alert, name) -> Optional.of(evidence.resolve(name)),
                library,
                cases,
                events,
                identity,
                groups,
                WebRtc.open(whep, overflow),
                new Site(
                    statistics.reader(),
                    KydaiConfig.DEFAULT,
                    MapTiles.none(),
                    new WallLayouts(database, audit, Clock.systemUTC())),
                () -> roles,
                new PrometheusMeterRegistry(PrometheusConfig.DEFAULT)),
            limits);
    String scheme = http.tls() == null ? "http" : "https";
    address = URI.create(scheme + "://127.0.0.1:" + server.start() + "/");
    token =
        directory
            .addToken(
                "operator",
                EnumSet.allOf(Permission.class),
                Scope.EVERYTHING,
                null,
                Actor.SYSTEM,
                RequestOrigin.NONE)
            .secret();
    api = new Api(address, token);
  }

  private Optional<CameraView> camera(CameraId id) {
    return cameras.find(id);
  }

  /** The database of it all. */
  public Database database() {
    return database;
  }

  /** The folder of recordings. */
  public Path recordings() {
    return recordings;
  }

  /** The index of recordings. */
  public RecordingTable index() {
    return index;
  }

  /** A report of an alert, without evidence. */
  public Report receive(Alert alert) {
    return reports.receive(alert, List.of());
  }

  /** A report of an alert, with the text as its evidence. */
  public Report receive(String alertId, String evidenceName, String text) throws Exception {
    return receive(alertId, evidenceName, text.getBytes(StandardCharsets.UTF_8));
  }

  /** A report of an alert, with the bytes as its evidence. */
  public Report receive(String alertId, String evidenceName, byte[] bytes) throws Exception {
    return reports.receive(alert(alertId), List.of(written(evidenceName, bytes)));
  }

  /** A further item of a report's evidence. */
  public void add(String alertId, String evidenceName, byte[] bytes) throws Exception {
    reports.addEvidence(AlertId.of(alertId), written(evidenceName, bytes)).orElseThrow();
  }

  private EvidenceItem written(String name, byte[] bytes) throws Exception {
    Files.write(evidence.resolve(name), bytes);
    String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    String type = name.endsWith("mp4") ? "video/mp4" : "image/jpeg";
    return new EvidenceItem(name, type, bytes.length, sha256);
  }

  /** A report of a camera's crowd, without evidence. */
  public Report receive(String alertId, String camera, Instant startedAt) {
    return reports.receive(alert(alertId, camera, startedAt), List.of());
  }

  public static Alert alert(String id) {
    return alert(id, "gate", Instant.parse("2026-11-22T08:00:00Z"));
  }

  private static Alert alert(String id, String camera, Instant startedAt) {
    Timestamp start = new Timestamp(MediaTime.ofMillis(1000), startedAt);
    return new Alert(
        AlertId.of(id),
        new Alert.Origin(new CameraId(camera), RuleId.of("crowd"), "crowding"),
        Alert.Phase.OPENED,
        new Alert.Span(start, start.plus(Duration.ofSeconds(1))),
        new Alert.Participants(List.of(3L, 7L), null, List.of()),
        new Alert.Finding(
            "6 people in 'square', at least 5 for 3 s", Map.of("people", 6.0, "threshold", 5.0)));
  }

  @Override
  public void close() {
    server.close();
    whep.close();
    cases.close();
    finder.close();
    if (oidc != null) {
      oidc.close();
    }
    groups.close();
    webhooks.close();
    messages.close();
    vertx.close().toCompletionStage().toCompletableFuture().orTimeout(5, TimeUnit.SECONDS).join();
    database.close();
  }

  /** The registry's cameras, which never connect. */
  private record Pictureless(
      CameraRegistry registry,
      EventSockets events,
      FlowMaps flows,
      Map<CameraId, CameraSignals> told,
      AtomicInteger viewers,
      CameraPauses pauses,
      CameraHandovers handovers,
      MaintenanceItems items,
      Map<String, TestedStream> tested,
      List<Observation> seen,
      Shown shown,
      CameraPrivacy hidden)
      implements Cameras, CameraListener {
    private CameraView view(CameraConfig camera) {
      return new CameraView(
          camera,
          new CameraStatus(camera.id(), CameraState.CONNECTING, Instant.EPOCH, 0, 0, null, null, 0),
          null,
          pauses.find(camera.id()).orElse(null),
          handovers.find(camera.id()).orElse(null),
          items.of(camera.id()),
          0,
          0);
    }

    @Override
    public List<CameraView> putAll(List<CameraConfig> cameras, Actor actor, RequestOrigin origin) {
      return registry.putAll(cameras, actor, origin).stream().map(this::view).toList();
    }

    @Override
    public boolean hasPast(CameraId camera) {
      return registry.hasPast(camera);
    }

    @Override
    public boolean isAsInFile(CameraId camera) {
      return registry.isAsInFile(camera);
    }

    @Override
    public CameraView pause(
        CameraId id, String reason, @Nullable Instant until, Actor actor, RequestOrigin origin) {
      pauses.put(
          new CameraPause(id, reason, actor.name(), Instant.EPOCH, until),
          AuditEvent.of(AuditEventType.CAMERA_PAUSED, actor, origin).detail("until", until));
      return find(id).orElseThrow();
    }

    @Override
    public CameraView resume(CameraId id, Actor actor, RequestOrigin origin) {
      pauses.end(id, AuditEvent.of(AuditEventType.CAMERA_RESUMED, actor, origin));
      return find(id).orElseThrow();
    }

    @Override
    public CameraView handOver(
        CameraId id, String to, String note, Actor actor, RequestOrigin origin) {
      handovers.put(
          new CameraHandover(id, to, note, actor.name(), Instant.EPOCH, "connection-refused"),
          AuditEvent.of(AuditEventType.CAMERA_HANDED_OVER, actor, origin)
              .reason(note.isEmpty() ? null : note)
              .detail("to", to)
              .detail("fault", "connection-refused"));
      return find(id).orElseThrow(() -> new UnknownCameraException(id));
    }

    @Override
    public CameraView endHandover(CameraId id, String cause, Actor actor, RequestOrigin origin) {
      handovers.end(
          id,
          AuditEvent.of(AuditEventType.CAMERA_HANDOVER_ENDED, actor, origin)
              .detail("to", handovers.find(id).map(CameraHandover::to).orElse(""))
              .detail("cause", cause));
      return find(id).orElseThrow(() -> new UnknownCameraException(id));
    }

    @Override
    public void retry(CameraId camera) {}

    @Override
    public Optional<TestedStream> testStream(String url, Transport transport, TlsTrust trust) {
      TestedStream none =
          new TestedStream(
              url, CameraFault.CONNECTION_REFUSED, "refused", null, 0, Duration.ZERO, null);
      return Optional.of(tested.getOrDefault(url, none));
    }

    @Override
    public Trial tryRule(CameraId camera, Scene scene, RuleSpec rule, Instant since) {
      RuleTrial trial = new RuleTrial(camera, scene, rule);
      seen.forEach(trial::observe);
      return trial.result();
    }

    @Override
    public void added(CameraConfig camera) {
      hidden.remember(List.of(camera));
      events.camera(() -> Optional.of(view(camera)));
    }

    @Override
    public void changed(CameraConfig before, CameraConfig after) {
      hidden.remember(List.of(after));
      events.cameraChanged(before, view(after));
    }

    @Override
    public void removed(CameraConfig camera) {
      events.cameraRemoved(camera);
    }

    @Override
    public List<CameraView> all() {
      return registry.cameras().stream().map(this::view).toList();
    }

    @Override
    public Optional<CameraView> find(CameraId camera) {
      return registry.camera(camera).map(this::view);
    }

    @Override
    public CameraView add(CameraConfig camera, Actor actor, RequestOrigin origin) {
      return view(registry.add(camera, actor, origin));
    }

    @Override
    public CameraView replace(
        CameraConfig camera, Predicate<CameraConfig> expected, Actor actor, RequestOrigin origin) {
      return view(registry.replace(camera, expected, actor, origin));
    }

    @Override
    public void remove(CameraId camera, Actor actor, RequestOrigin origin) {
      registry.remove(camera, actor, origin);
    }

    @Override
    public Privacy privacy(CameraId camera) {
      return hidden.of(camera);
    }

    /** What stands for a picture says whether it is masked. */
    private static byte[] picture(Instant taken, Privacy privacy) {
      return (taken + (privacy.isEmpty() ? "" : MASKED)).getBytes(StandardCharsets.UTF_8);
    }

    /** What stands for a picture becomes a word; a JPEG is masked as a node does it. */
    @Override
    public byte[] masked(byte[] jpeg, Privacy privacy) {
      if ((jpeg[0] & 0xff) != 0xff) {
        return MASKED.getBytes(StandardCharsets.UTF_8);
      }
      try (Redaction redaction = new Redaction(null)) {
        return Snapshots.changed(jpeg, picture -> redaction.hide(picture, privacy));
      }
    }

    @Override
    public Optional<Subscription> watchTranscoded(CameraId camera, LiveSubscriber subscriber) {
      HlsStreams.Source live = shown.transcoded;
      return live == null ? watch(camera, null, subscriber) : live.watch(camera, subscriber);
    }

    @Override
    public Optional<Subscription> watchMasked(CameraId camera, LiveSubscriber subscriber) {
      HlsStreams.Source live = shown.masked;
      return live == null ? watch(camera, null, subscriber) : live.watch(camera, subscriber);
    }

    @Override
    public Optional<byte[]> snapshot(
        CameraId camera, boolean annotated, Instant from, Privacy privacy) {
      Instant taken = shown.pictureAt;
      return Optional.ofNullable(taken)
          .filter(at -> !at.isBefore(from))
          .map(at -> picture(at, privacy));
    }

    @Override
    public Optional<ShownPicture> picture(CameraId camera, Instant after, Privacy privacy) {
      Instant taken = shown.pictureAt;
      return Optional.ofNullable(taken)
          .filter(at -> at.isAfter(after))
          .map(at -> new ShownPicture(at, picture(at, privacy)));
    }

    @Override
    public Measurements measurements(CameraId camera) {
      return shown.measurements;
    }

    private static List<Movements> movements() {
      Instant seven = Instant.parse("2026-11-23T07:00:00Z");
      return List.of(
          new Movements(
              RuleId.of("turns"),
              List.of(
                  new Movements.Count(seven, "north", "east", "car", 2),
                  new Movements.Count(seven.plusSeconds(300), "north", "east", "car", 3))));
    }

    private static List<LineCounts> counts() {
      Instant seven = Instant.parse("2026-11-23T07:00:00Z");
      LineCounts.Directions once = new LineCounts.Directions(2, 1);
      return List.of(
          new LineCounts(
              "v",
              new TreeMap<>(Map.of("car", new LineCounts.Directions(4, 2))),
              List.of(
                  new LineCounts.Piece(seven, "car", once),
                  new LineCounts.Piece(seven.plusSeconds(600), "car", once))));
    }

    private CameraSignals of(CameraId camera) {
      return told.computeIfAbsent(
          camera,
          id -> {
            CameraConfig config = registry.camera(id).orElseThrow();
            return new CameraSignals(id, config.scene(), config.rules());
          });
    }

    @Override
    public List<SignalState> signals(CameraId camera) {
      return of(camera).states(Instant.now());
    }

    @Override
    public boolean tell(CameraId camera, String signal, ControllerMessage word) {
      return of(camera).tell(signal, word);
    }

    @Override
    public Optional<FlowGrid> flow(CameraId camera) {
      return flows.read(camera);
    }

    @Override
    public byte[] heatMap(
        CameraId camera, FlowGrid grid, Quantity quantity, Set<RoadUser> users, boolean over) {
      shown.heatMapOver = over;
      try (HeatMap picture = new HeatMap()) {
        return picture.png(grid, quantity, users, List.of());
      }
    }

    @Override
    public void forgetFlow(CameraId camera) {
      flows.forget(camera);
    }

    @Override
    public Optional<Subscription> watch(
        CameraId camera, @Nullable StreamRole wanted, LiveSubscriber subscriber) {
      HlsStreams.Source live = shown.live;
      if (live != null) {
        return live.watch(camera, subscriber);
      }
      if (!camera.value().startsWith(SHOWN)) {
        return Optional.empty();
      }
      viewers.incrementAndGet();
      return Optional.of(viewers::decrementAndGet);
    }
  }
}
