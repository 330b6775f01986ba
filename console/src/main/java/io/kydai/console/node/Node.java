package io.kydai.console.node;

import static java.util.Objects.requireNonNullElse;

import io.kydai.analytics.Analytics;
import io.kydai.analytics.flow.FlowMaps;
import io.kydai.console.activity.ActivityArchive;
import io.kydai.console.activity.ActivityReader;
import io.kydai.console.audit.Actor;
import io.kydai.console.audit.AuditEvent;
import io.kydai.console.audit.AuditEventType;
import io.kydai.console.audit.AuditGroups;
import io.kydai.console.audit.AuditLog;
import io.kydai.console.audit.AuditRetention;
import io.kydai.console.audit.RequestOrigin;
import io.kydai.console.cameras.CameraCare;
import io.kydai.console.cameras.CameraHandovers;
import io.kydai.console.cameras.CameraPauses;
import io.kydai.console.cameras.CameraPrivacy;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.cameras.MaintenanceItems;
import io.kydai.console.cases.CaseRenderer;
import io.kydai.console.cases.Cases;
import io.kydai.console.config.HttpConfig;
import io.kydai.console.config.KydaiConfig;
import io.kydai.console.config.MapConfig;
import io.kydai.console.config.VerifierConfig;
import io.kydai.console.deadlines.DeadlineWatch;
import io.kydai.console.discovery.OnvifCameras;
import io.kydai.console.http.Backend;
import io.kydai.console.http.ConsoleServer;
import io.kydai.console.http.api.camera.CameraPlaces;
import io.kydai.console.http.api.desk.Desk;
import io.kydai.console.http.api.live.WebRtc;
import io.kydai.console.http.api.people.Identity;
import io.kydai.console.http.api.site.NodeApi;
import io.kydai.console.http.api.site.Site;
import io.kydai.console.http.contract.ApiContract;
import io.kydai.console.http.push.EventSockets;
import io.kydai.console.map.MapTiles;
import io.kydai.console.messages.Messages;
import io.kydai.console.recordings.AlertDays;
import io.kydai.console.recordings.DeletionList;
import io.kydai.console.recordings.Deletions;
import io.kydai.console.recordings.Holds;
import io.kydai.console.recordings.RecordingLibrary;
import io.kydai.console.recordings.RecordingTable;
import io.kydai.console.reports.ReportQueue;
import io.kydai.console.secrets.SecretsCipher;
import io.kydai.console.settings.DeskSettings;
import io.kydai.console.statistics.Statistics;
import io.kydai.console.store.Database;
import io.kydai.console.store.StoreException;
import io.kydai.console.trial.ObservationArchive;
import io.kydai.console.verifier.ChatVerifier;
import io.kydai.console.verifier.VerifierQueue;
import io.kydai.console.wall.WallLayouts;
import io.kydai.console.webhooks.WebhookDispatcher;
import io.kydai.ingest.Ingest;
import io.kydai.ingest.source.CameraId;
import io.kydai.models.DetectorCatalogue;
import io.kydai.models.detection.DetectorModel;
import io.kydai.models.detection.ModelException;
import io.kydai.streaming.Streaming;
import io.kydai.streaming.annotation.Snapshots;
import io.kydai.streaming.privacy.Privacy;
import io.kydai.streaming.privacy.Redaction;
import io.kydai.streaming.privacy.TranscodePlaces;
import io.kydai.streaming.recording.Recordings;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A node: one process with all modules. This class is the composition root, which creates the
 * modules, connects them, and closes them in the reverse order.
 */
public final class Node implements AutoCloseable {
  private final ShutdownStack closing = new ShutdownStack();
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  // Both fields are set while the node starts, before it is returned and before a camera is added.
  @SuppressWarnings("NullAway.Init")
  private volatile URI address;

  @SuppressWarnings("NullAway.Init")
  private volatile CameraLifecycle cameras;

  private volatile @Nullable String firstSecret;

  private Node() {}

  /**
   * Creates and starts a node.
   *
   * @param data the folder in which the node stores its data
   * @param progress receives lines of text about the progress for the user
   * @throws StartException when the node cannot start; everything is closed then
   */
  public static Node start(KydaiConfig config, Path data, Consumer<String> progress) {
    return start(config, data, progress, created -> {});
  }

  /**
   * Creates and starts a node that can be closed while it starts.
   *
   * @param data the folder in which the node stores its data
   * @param progress receives lines of text about the progress for the user
   * @param created receives the node before anything is opened, and may close it at any time on any
   *     thread; the start then fails with a {@link StartException}
   */
  public static Node start(
      KydaiConfig config, Path data, Consumer<String> progress, Consumer<Node> created) {
    Node node = new Node();
    created.accept(node);
    try {
      node.open(config, data, progress);
      return node;
    } catch (StoreException e) {
      node.close();
      throw new StartException("The node cannot start: " + e.getMessage() + ".", e);
    } catch (RuntimeException | Error e) {
      // After an Error too, such as of a native library that cannot be loaded, the threads that
      // already run must end, because they would keep the process alive.
      node.close();
      throw e;
    }
  }

  private void open(KydaiConfig config, Path folder, Consumer<String> progress) {
    Clock clock = Clock.systemUTC();
    closing.add("metrics", metrics::close);
    NodeAddress.check(config.http());
    NodeRtsp.check(config.rtsp(), config.http());
    address = NodeAddress.of(config.http(), config.http().port());

    DataDirectory data = closing.add("data folder", DataDirectory.open(folder));
    HttpConfig http = NodeAddress.withCertificate(config.http(), data.tls(), clock, progress);
    Database database =
        closing.add("database", Database.open(config.storage().database(data.database())));
    database.bindTo(metrics);
    SecretsCipher secrets =
        NodeSecrets.open(database, config.storage().secretsKey(data.secretsKey()));
    AuditLog audit = new AuditLog(database, clock);
    audit.append(byItself(AuditEventType.NODE_STARTED));
    closing.add("audit", () -> audit.append(byItself(AuditEventType.NODE_STOPPED)));
    AuditGroups groups = closing.add("views", new AuditGroups(database, audit, clock));
    AuditRetention retention =
        closing.add("audit retention", new AuditRetention(audit, config.audit().keep(), clock));
    Statistics statistics =
        closing.add(
            "statistics",
            new Statistics(
                database,
                config.statistics().keep(),
                config.statistics().keepMinutes(),
                clock,
                metrics));
    ProcessMetrics.register(metrics, data.evidence());
    CameraRegistry registry = new CameraRegistry(database, secrets, config.cameras(), clock);
    Supplier<URI> links = () -> requireNonNullElse(http.publicUrl(), address);
    WebhookDispatcher webhooks =
        closing.add(
            "webhooks",
            new WebhookDispatcher(
                database, config.webhooks(), registry::camera, links, clock, metrics));
    IntakeJournal journal = new IntakeJournal(data.waiting());
    DeskSettings settings = new DeskSettings(database, audit, clock);
    NodeEvidence evidence = NodeEvidence.open(data, database, registry, metrics, clock);
    ReportQueue reports =
        new ReportQueue(
            database,
            webhooks.outbox(),
            clock,
            Desk.consequences(settings, registry::camera, clock),
            queue -> {
              ReportIntake.applyStored(journal, queue);
              evidence.reconcile(queue);
            });
    Vertx vertx =
        Vertx.vertx(
            new VertxOptions()
                .setPreferNativeTransport(false)
                .setWorkerPoolSize(4)
                .setFileSystemOptions(
                    new FileSystemOptions()
                        .setFileCacheDir(data.temporary().resolve("vertx").toString())
                        .setFileCacheDirAsExactPath(true)));
    closing.add(
        "vertx",
        () -> vertx.close().toCompletionStage().toCompletableFuture().get(3, TimeUnit.SECONDS));
    Identity identity =
        closing
            .add("people", new NodePeople(vertx, config.people(), database, secrets, audit, clock))
            .identity();
    firstSecret = identity.first().invite().orElse(null);
    Future<ApiContract> contract = ApiContract.load(vertx, NodeApi.readContract());
    EventSockets events =
        new EventSockets(vertx, clock, camera -> CameraPlaces.of(camera, cameras));
    reports.listen(events);
    MaintenanceItems faults = new MaintenanceItems(camera -> cameras.onChange(camera));
    reports.listen(faults);
    Desk desk =
        Desk.of(database, data.evidence(), reports, settings, registry::camera, audit, clock);
    desk.claims().listen(events);
    DeadlineWatch deadlines = closing.add("deadlines", new DeadlineWatch(desk.deadlines()));
    reports.listen(closing.add("manifests of evidence", evidence.manifests()));
    ReportIntake intake = closing.add("report intake", new ReportIntake(reports, journal, metrics));

    progress.accept("Loading the detector '" + config.detector().network() + "' …");
    DetectorModel model = closing.add("detector", loadDetector(config));
    Redaction redaction = closing.add("masks", new Redaction(model));
    CameraPrivacy privacy = new CameraPrivacy(database, registry::camera, config.privacy().blur());
    BiFunction<CameraId, byte[], byte[]> leaving =
        (camera, jpeg) -> masked(camera, jpeg, privacy, redaction);
    OnvifCameras finder = closing.add("camera finder", OnvifCameras.everywhere(clock));
    Ingest ingest =
        closing.add("ingest", new Ingest(clock, metrics, status -> cameras.onStatus(status)));
    RecordingTable recorded = new RecordingTable(database, clock);
    Recordings recordings =
        closing.add(
            "recordings",
            NodeRecordings.open(
                data.recordings(),
                config.storage(),
                database,
                recorded,
                registry,
                new Deletions(database, evidence.key(), audit, clock),
                metrics));
    Streaming streaming =
        closing.add(
            "streaming",
            new Streaming(
                ingest,
                NodeEvidence.settings(data, config.storage()),
                recordings,
                new TranscodePlaces(config.privacy().transcodes()),
                metrics,
                (camera, alert, item) -> intake.evidence(alert, item)));
    verify(config.verifier(), reports, streaming, leaving, clock);
    Messages messages =
        closing.add(
            "messages",
            NodeMessages.open(
                vertx,
                database,
                secrets,
                reports,
                settings,
                identity,
                registry,
                streaming,
                leaving,
                config.site().timeZone(),
                links,
                audit,
                clock,
                metrics));
    FlowMaps flows = new FlowMaps();
    ObservationArchive archive =
        closing.add("observations", new ObservationArchive(data.observations(), clock));
    ActivityArchive activity =
        closing.add(
            "activity", NodeRecordings.activity(data.activity(), recorded, registry, clock));
    Analytics analytics =
        closing.add(
            "analytics",
            new Analytics(
                ingest,
                model,
                config.detector().analytics(),
                config.plates().analytics().orElse(null),
                metrics,
                new AlertRouter(
                    streaming, flows, archive, activity::add, intake, events, statistics::add)));
    cameras =
        new CameraLifecycle(
            registry,
            ingest,
            streaming,
            analytics,
            flows,
            events,
            finder,
            config.plates(),
            new CameraCare(
                new CameraPauses(database, clock), new CameraHandovers(database, clock), faults),
            archive,
            privacy,
            redaction,
            config.site().timeZone(),
            clock);
    PauseTimer pauses =
        closing.add("pauses", new PauseTimer(cameras::endPauses, cameras::endHandovers));

    RecordingLibrary library =
        new RecordingLibrary(
            recordings.disks()::path,
            recorded,
            new Holds(database, audit, clock),
            new DeletionList(database),
            new ActivityReader(data.activity()),
            new AlertDays(database),
            recordings::storage);
    RecoveredClips.recover(evidence.folder(), reports, library, config.storage());
    Cases cases =
        closing.add(
            "cases",
            NodeCases.open(
                data.cases(),
                config.storage(),
                database,
                audit,
                library,
                evidence,
                new CaseRenderer(archive::read, redaction, config.site().timeZone()),
                metrics,
                clock));
    WebRtc webRtc = NodeWebRtc.open(config.webrtc(), http.host(), clock, metrics);
    if (webRtc.server() != null) {
      closing.add("webrtc", webRtc.server());
    }
    ConsoleServer server =
        closing.add(
            "console",
            new ConsoleServer(
                vertx,
                contract,
                http,
                new Backend(
                    cameras,
                    finder,
                    desk,
                    webhooks.administration(audit),
                    messages,
                    streaming::evidence,
                    library,
                    cases,
                    events,
                    identity,
                    groups,
                    webRtc,
                    new Site(
                        statistics.reader(),
                        config,
                        tiles(config.map(), closing),
                        new WallLayouts(database, audit, clock)),
                    new RoleHealth(
                        ingest,
                        analytics,
                        cameras,
                        data.evidence(),
                        database,
                        intake,
                        webRtc,
                        clock),
                    metrics)));
    // This is closed first: threads that wait for the report queue would block the other modules
    // from closing.
    closing.add("waiting for the report queue", intake::stopWaiting);
    address = NodeAddress.of(http, listen(server, http));
    if (config.rtsp().isOn()) {
      closing.add(
          "RTSP", NodeRtsp.open(config.rtsp(), http, identity.logIns(), cameras, groups, metrics));
    }
    cameras.open();
    pauses.start();
    webhooks.start();
    messages.start();
    groups.start();
    retention.start();
    deadlines.start();
    statistics.start();
    evidence.manifests().start(reports);
    cases.start();
    AutoCloseable stamping = evidence.timeStamping(config.storage(), metrics);
    if (stamping != null) {
      closing.add("time-stamps of evidence", stamping);
    }
    progress.accept(model.name() + " analyses " + registry.cameras().size() + " cameras.");
  }

  /** Pictures that leave the node have the camera's masks and blur. */
  private static byte[] masked(
      CameraId camera, byte[] jpeg, CameraPrivacy privacy, Redaction redaction) {
    Privacy hidden = privacy.of(camera);
    return hidden.isEmpty()
        ? jpeg
        : Snapshots.changed(jpeg, picture -> redaction.hide(picture, hidden));
  }

  /** Lets a model look at alerts a second time, where the configuration names one. */
  private void verify(
      @Nullable VerifierConfig config,
      ReportQueue reports,
      Streaming streaming,
      BiFunction<CameraId, byte[], byte[]> leaving,
      Clock clock) {
    if (config == null) {
      return;
    }
    ChatVerifier verifier = closing.add("verifier's client", new ChatVerifier(config));
    VerifierQueue looks =
        closing.add(
            "verifier",
            new VerifierQueue(
                config, verifier, reports, streaming::evidence, leaving, clock, metrics));
    reports.listen(looks);
    looks.start();
  }

  private static AuditEvent byItself(AuditEventType type) {
    return AuditEvent.of(type, Actor.SYSTEM, RequestOrigin.NONE);
  }

  /** Returns the console's local address, such as {@code http://127.0.0.1:8080/}. */
  public URI address() {
    return address;
  }

  /**
   * Returns the link by which the first administrator gets an account, valid for an hour and once;
   * empty when there is an account.
   */
  public Optional<URI> firstLink() {
    return Optional.ofNullable(firstSecret)
        .map(secret -> address.resolve("/signin.html#first=" + secret));
  }

  /** Returns the node's metrics in Prometheus' text format. */
  String metrics() {
    return metrics.scrape();
  }

  /** Returns the name of the module that is being closed now; empty when none is. */
  Optional<String> closing() {
    return closing.current();
  }

  @Override
  public void close() {
    closing.close();
  }

  private static MapTiles tiles(MapConfig map, ShutdownStack closing) {
    try {
      return closing.add("map tiles", MapTiles.open(map));
    } catch (IOException e) {
      throw new StartException("The map's tiles cannot be opened: " + e.getMessage() + ".", e);
    }
  }

  private static DetectorModel loadDetector(KydaiConfig config) {
    try {
      return DetectorCatalogue.load(config.detector().detector());
    } catch (ModelException e) {
      throw new StartException("The detector cannot be loaded: " + e.getMessage(), e);
    }
  }

  private static int listen(ConsoleServer server, HttpConfig http) {
    try {
      return server.start();
    } catch (IOException e) {
      throw new StartException(
          "Cannot listen on "
              + http.host()
              + ":"
              + http.port()
              + " ("
              + e.getMessage()
              + "); is another program using it? Choose another port with --port.",
          e);
    }
  }
}
