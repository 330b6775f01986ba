package io.kydai.console.http.api.site;

import io.kydai.console.config.KydaiConfig;
import io.kydai.console.map.MapTiles;
import io.kydai.console.statistics.StatisticsReader;
import io.kydai.console.wall.WallLayouts;
import java.time.ZoneId;

/**
 * What the pages show of the whole site.
 *
 * @param config of which only what {@link SiteSettingApi} lists is shown
 */
public record Site(
    StatisticsReader statistics, KydaiConfig config, MapTiles tiles, WallLayouts layouts) {
  /** Returns the zone in which days begin. */
  public ZoneId zone() {
    return config.site().timeZone();
  }
}
