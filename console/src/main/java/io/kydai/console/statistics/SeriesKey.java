package io.kydai.console.statistics;

import io.kydai.analytics.rules.counting.Sample;
import io.kydai.ingest.source.CameraId;

/** One quantity at one place of one camera, of one class and direction. */
record SeriesKey(CameraId camera, Sample.Series series) {}
