package io.kydai.console.http;

import io.kydai.console.audit.AuditGroups;
import io.kydai.console.config.VerifierConfig;
import io.kydai.console.discovery.CameraAddressRule;
import io.kydai.console.http.api.camera.CameraApi;
import io.kydai.console.http.api.camera.CameraExchangeApi;
import io.kydai.console.http.api.camera.CameraTestApi;
import io.kydai.console.http.api.camera.CameraWorkApi;
import io.kydai.console.http.api.camera.Cameras;
import io.kydai.console.http.api.camera.DiscoveryApi;
import io.kydai.console.http.api.camera.FlowApi;
import io.kydai.console.http.api.camera.PtzApi;
import io.kydai.console.http.api.camera.SignalApi;
import io.kydai.console.http.api.camera.TrialApi;
import io.kydai.console.http.api.cases.CaseApi;
import io.kydai.console.http.api.cases.CaseLinkApi;
import io.kydai.console.http.api.cases.SharedCaseApi;
import io.kydai.console.http.api.desk.AgencyApi;
import io.kydai.console.http.api.desk.AttachmentApi;
import io.kydai.console.http.api.desk.ClaimApi;
import io.kydai.console.http.api.desk.CommentApi;
import io.kydai.console.http.api.desk.DeadlineApi;
import io.kydai.console.http.api.desk.DeadlineTrialApi;
import io.kydai.console.http.api.desk.Desk;
import io.kydai.console.http.api.desk.DeskSettingApi;
import io.kydai.console.http.api.desk.DuplicateApi;
import io.kydai.console.http.api.desk.IncidentApi;
import io.kydai.console.http.api.desk.MessageApi;
import io.kydai.console.http.api.desk.OwnMessageApi;
import io.kydai.console.http.api.desk.ReportAccess;
import io.kydai.console.http.api.desk.ReportApi;
import io.kydai.console.http.api.desk.ReportRouteApi;
import io.kydai.console.http.api.desk.RuleReviewApi;
import io.kydai.console.http.api.deskstatistics.DeskStatisticsApi;
import io.kydai.console.http.api.people.AccountApi;
import io.kydai.console.http.api.people.AreaApi;
import io.kydai.console.http.api.people.AuditApi;
import io.kydai.console.http.api.people.FactorApi;
import io.kydai.console.http.api.people.Identity;
import io.kydai.console.http.api.people.LogInAnswers;
import io.kydai.console.http.api.people.OidcApi;
import io.kydai.console.http.api.people.SessionApi;
import io.kydai.console.http.api.people.TokenApi;
import io.kydai.console.http.api.recording.ActivityApi;
import io.kydai.console.http.api.recording.DeletionApi;
import io.kydai.console.http.api.recording.HoldApi;
import io.kydai.console.http.api.recording.RecordingApi;
import io.kydai.console.http.api.recording.RecordingDaysApi;
import io.kydai.console.http.api.recording.RecordingPictureApi;
import io.kydai.console.http.api.recording.RecordingPlaylistApi;
import io.kydai.console.http.api.recording.RecordingStorageApi;
import io.kydai.console.http.api.search.FilterWords;
import io.kydai.console.http.api.search.PlateRouteApi;
import io.kydai.console.http.api.search.SavedSearchApi;
import io.kydai.console.http.api.search.SearchApi;
import io.kydai.console.http.api.search.SearchConditions;
import io.kydai.console.http.api.site.LayoutApi;
import io.kydai.console.http.api.site.LogLevelApi;
import io.kydai.console.http.api.site.MapApi;
import io.kydai.console.http.api.site.NodeApi;
import io.kydai.console.http.api.site.RuleTemplateApi;
import io.kydai.console.http.api.site.RuleTypeApi;
import io.kydai.console.http.api.site.SiteSettingApi;
import io.kydai.console.http.api.site.StatisticsApi;
import io.kydai.console.http.api.site.WebhookApi;
import io.kydai.console.http.server.Endpoints;
import io.kydai.console.logging.NodeLog;
import java.net.URI;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Gives the operations of the contract their handlers, and each the threads that it runs on. */
final class Operations {
  private final Backend backend;
  private final Workers workers;
  private final Cameras cameras;
  private final Identity identity;
  private final AuditGroups audit;
  private final @Nullable URI publicUrl;
  private final CameraAddressRule rule = CameraAddressRule.usual();
  private final Clock clock = Clock.systemUTC();

  /**
   * @param publicUrl where browsers reach the server, null for where it listens
   */
  Operations(Backend backend, Workers workers, @Nullable URI publicUrl) {
    this.backend = backend;
    this.workers = workers;
    this.cameras = backend.cameras();
    this.identity = backend.identity();
    this.audit = backend.audit();
    this.publicUrl = publicUrl;
  }

  void register(Endpoints endpoints) {
    cameras(endpoints);
    recordings(endpoints);
    cases(endpoints);
    desk(endpoints);
    people(endpoints);
    site(endpoints);
  }

  private void cameras(Endpoints endpoints) {
    new CameraApi(cameras, rule, audit, identity.audit())
        .register(endpoints, workers.desk(), workers.pictures());
    new CameraWorkApi(cameras, rule, audit, clock).register(endpoints, workers.desk());
    new CameraExchangeApi(cameras, rule, audit).register(endpoints, workers.desk());
    new CameraTestApi(backend.finder(), cameras, rule, audit)
        .register(endpoints, workers.finding());
    new TrialApi(cameras, audit, clock).register(endpoints, workers.pictures());
    new RuleTemplateApi().register(endpoints, workers.desk());
    new RuleTypeApi().register(endpoints, workers.desk());
    new FlowApi(cameras, audit).register(endpoints, workers.pictures());
    new SignalApi(cameras, audit, clock).register(endpoints, workers.desk());
    new DiscoveryApi(backend.finder(), cameras, rule, audit).register(endpoints, workers.finding());
    new PtzApi(cameras, backend.finder().movable(), audit).register(endpoints, workers.moving());
  }

  private void recordings(Endpoints endpoints) {
    new RecordingApi(cameras, backend.recordings(), audit)
        .register(endpoints, workers.desk(), workers.playback());
    new HoldApi(cameras, backend.recordings().holds(), clock).register(endpoints, workers.desk());
    new RecordingPlaylistApi(cameras, backend.recordings(), audit)
        .register(endpoints, workers.playback());
    new RecordingStorageApi(backend.recordings()).register(endpoints, workers.desk());
    new DeletionApi(backend.recordings().deletions(), backend.identity().audit())
        .register(endpoints, workers.desk());
    new RecordingDaysApi(cameras, backend.recordings(), backend.site().zone(), clock)
        .register(endpoints, workers.desk());
    new ActivityApi(cameras, backend.recordings().activity(), audit)
        .register(endpoints, workers.activity());
    new RecordingPictureApi(cameras, backend.recordings(), audit)
        .register(endpoints, workers.activity());
  }

  private void cases(Endpoints endpoints) {
    new CaseApi(backend.cases(), cameras, audit, clock).register(endpoints, workers.desk());
    new CaseLinkApi(backend.cases(), cameras, clock).register(endpoints, workers.desk());
    new SharedCaseApi(backend.cases(), audit, clock).register(endpoints, workers.desk());
  }

  private void desk(Endpoints endpoints) {
    Desk desk = backend.desk();
    ReportAccess access = new ReportAccess(desk.reports(), cameras);
    new ReportApi(desk, identity.directory(), cameras, backend.evidence()::apply, audit)
        .register(endpoints, workers.desk());
    new ClaimApi(desk, cameras).register(endpoints, workers.desk());
    new CommentApi(desk, cameras).register(endpoints, workers.desk());
    new AttachmentApi(desk, cameras, audit).register(endpoints, workers.desk());
    new DeskSettingApi(desk).register(endpoints, workers.desk());
    new AgencyApi(desk, identity.directory(), cameras, clock).register(endpoints, workers.desk());
    new ReportRouteApi(desk, identity.directory(), cameras, clock)
        .register(endpoints, workers.desk());
    new DeadlineApi(desk, cameras).register(endpoints, workers.desk());
    new DeadlineTrialApi(desk).register(endpoints, workers.desk());
    new DuplicateApi(desk, cameras).register(endpoints, workers.desk());
    VerifierConfig verifier = backend.site().config().verifier();
    new IncidentApi(desk, cameras, verifier != null && verifier.rank())
        .register(endpoints, workers.desk());
    new RuleReviewApi(desk, cameras, clock).register(endpoints, workers.desk());
    new SearchApi(
            desk.search(),
            new SearchConditions(cameras, identity.directory(), access),
            cameras,
            new FilterWords(cameras, identity.directory(), desk.settings(), backend.site().zone()),
            audit,
            backend.site().zone(),
            clock)
        .register(endpoints, workers.desk(), workers.exports());
    new PlateRouteApi(desk.search(), access, cameras, audit).register(endpoints, workers.desk());
    new DeskStatisticsApi(desk.statistics(), desk.incidents(), cameras, access, audit)
        .register(endpoints, workers.desk());
    new SavedSearchApi(desk.savedSearches()).register(endpoints, workers.desk());
  }

  private void people(Endpoints endpoints) {
    LogInAnswers answers = new LogInAnswers(identity);
    new SessionApi(identity, answers).register(endpoints, workers.desk(), workers.logIns());
    new FactorApi(identity, answers, publicUrl)
        .register(endpoints, workers.desk(), workers.logIns());
    new OidcApi(identity, answers, publicUrl)
        .register(endpoints, workers.desk(), workers.provider());
    new AccountApi(identity.directory()).register(endpoints, workers.desk(), workers.logIns());
    new TokenApi(identity.directory()).register(endpoints, workers.desk());
    new AreaApi(identity.directory(), identity.audit()).register(endpoints, workers.desk());
    new AuditApi(identity.audit()).register(endpoints, workers.desk(), workers.exports());
  }

  private void site(Endpoints endpoints) {
    new WebhookApi(backend.webhooks()).register(endpoints, workers.desk(), workers.finding());
    new MessageApi(backend.desk(), backend.messages())
        .register(endpoints, workers.desk(), workers.finding());
    new OwnMessageApi(backend.messages().own())
        .register(endpoints, workers.desk(), workers.finding());
    new NodeApi(backend.health(), backend.metrics()).register(endpoints, workers.desk());
    new LogLevelApi(NodeLog.ofProcess(), identity.audit()).register(endpoints, workers.desk());
    new StatisticsApi(backend.site().statistics(), cameras, backend.site().zone())
        .register(endpoints, workers.desk(), workers.exports());
    new SiteSettingApi(backend.site().config()).register(endpoints, workers.desk());
    new LayoutApi(backend.site().layouts(), cameras).register(endpoints, workers.desk());
    new MapApi(backend.site().tiles()).register(endpoints, workers.viewing());
  }
}
