/**
 * The door for people and other systems: the HTTP API, WebSockets, metrics and pages.
 *
 * <p>Enters: requests, which are bounded and not trusted. Leaves: JSON as in {@code openapi.json},
 * which stands beside this code and is the contract; pictures, evidence, live streams, pages.
 *
 * <p>Owns: the listening socket, Vert.x's event loops, and small pools of workers on which
 * everything runs that may wait (database, files, pictures). An event loop never waits. What is
 * served is handed in and stays the caller's.
 */
@NullMarked
package io.kydai.console.http;

import org.jspecify.annotations.NullMarked;
