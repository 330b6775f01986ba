/**
 * Who may pull which camera by RTSP, for the server of {@link io.kydai.streaming.live.rtsp}.
 *
 * <p>Enters: log-ins whose password is an API token. Leaves: viewers with the token's rights, live
 * streams of the cameras, and a viewing in the audit for each.
 *
 * <p>Owns: the threads on which log-ins and viewings begin, with a bounded queue before them.
 */
@NullMarked
package io.kydai.console.http.rtsp;

import org.jspecify.annotations.NullMarked;
