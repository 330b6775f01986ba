/**
 * What is sent to browsers without being asked for each time: events, and live video.
 *
 * <p>Enters: reports, camera states, live events, on any thread. Leaves: messages on WebSockets, on
 * their event loops. Each socket has a bounded backlog; one that stays behind is closed.
 */
@NullMarked
package io.kydai.console.http.push;

import org.jspecify.annotations.NullMarked;
