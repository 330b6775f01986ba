package io.kydai.console.http.api.site;

import io.kydai.console.config.KydaiConfig;
import io.kydai.console.http.answer.ApiReply;
import io.kydai.console.http.server.Endpoints;
import io.vertx.core.WorkerExecutor;
import java.time.Duration;
import java.util.List;

/** The operation that shows the settings of the site, which are made in the configuration file. */
public final class SiteSettingApi {
  private final List<Setting> settings;

  /** Creates the operation for the configuration that the node was started with. */
  public SiteSettingApi(KydaiConfig config) {
    settings =
        List.of(
            new Setting("site.time-zone", config.site().timeZone().getId()),
            days("audit.keep", config.audit().keep()),
            days("statistics.keep", config.statistics().keep()),
            days("statistics.keep-minutes", config.statistics().keepMinutes()),
            new Setting("storage.pre-roll", Long.toString(config.storage().preRoll().toSeconds())),
            new Setting(
                "storage.post-roll", Long.toString(config.storage().postRoll().toSeconds())),
            new Setting(
                "storage.recordings-most-gib",
                Integer.toString(config.storage().recordingsMostGib())),
            new Setting(
                "storage.recordings-thin-days",
                Integer.toString(config.storage().recordingsThinDays())),
            new Setting(
                "storage.recordings-least-free-gib",
                Integer.toString(config.storage().recordingsLeastFreeGib())),
            new Setting(
                "storage.cases-most-gib", Integer.toString(config.storage().casesMostGib())),
            new Setting(
                "storage.cases-keep-days", Integer.toString(config.storage().casesKeepDays())));
  }

  private static Setting days(String key, Duration keep) {
    return new Setting(key, Long.toString(keep.toDays()));
  }

  /**
   * @param desk runs it
   */
  public void register(Endpoints endpoints, WorkerExecutor desk) {
    endpoints.on("listSiteSettings", desk, call -> ApiReply.json(new Settings(settings)));
  }

  /** The contract's {@code SiteSettings}. */
  private record Settings(List<Setting> settings) {}

  private record Setting(String key, String value) {}
}
