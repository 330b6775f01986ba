/**
 * The analysis of video files, as fast as the machine allows.
 *
 * <p>Enters: a video file and what is to be analysed on it. Leaves: each frame's observation and
 * alerts, in order, and a summary; writers for tracks (MOT-Challenge's text format), alerts and
 * counts (JSON). It is the pipeline of live cameras, on media time and without dropping: results
 * depend on neither speed nor wall clock.
 */
@NullMarked
package io.kydai.analytics.file;

import org.jspecify.annotations.NullMarked;
