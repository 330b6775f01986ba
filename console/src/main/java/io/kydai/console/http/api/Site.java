package io.kydai.console.http.api;

import io.kydai.console.map.MapTiles;
import io.kydai.console.statistics.StatisticsReader;
import java.time.ZoneId;

/**
 * What the pages show of the whole site.
 *
 * @param zone in which days begin
 */
public record Site(StatisticsReader statistics, ZoneId zone, MapTiles tiles) {}
