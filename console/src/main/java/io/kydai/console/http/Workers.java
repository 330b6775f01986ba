package io.kydai.console.http;

import io.kydai.console.http.api.live.LiveMjpegApi;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import java.util.List;

/**
 * The threads that operations run on, in pools by what they wait for, so that what waits long takes
 * no thread from what does not. A pool's size is its bound; how many requests may wait for a thread
 * is bounded by the connections, of which each has one request at a time.
 *
 * @param desk the database
 * @param pictures decoding, scaling and trials: tenths of a second each
 * @param viewing pages, thumbnails and the start of live video
 * @param finding cameras that are looked for or tested: seconds each; of tests two at a time, which
 *     leaves threads for the rest
 * @param moving PTZ heads
 * @param logIns password hashes: some 20 MB and a core for a tenth of a second each
 * @param provider the OpenID provider, whose absence must not hold up log-ins by password
 * @param exports readers of exports
 * @param playback clients that play
 * @param activity files of what moved, and pictures of a recording: up to seconds each
 * @param mjpeg viewers of motion JPEG, for as long as they watch
 */
record Workers(
    WorkerExecutor desk,
    WorkerExecutor pictures,
    WorkerExecutor viewing,
    WorkerExecutor finding,
    WorkerExecutor moving,
    WorkerExecutor logIns,
    WorkerExecutor provider,
    WorkerExecutor exports,
    WorkerExecutor playback,
    WorkerExecutor activity,
    WorkerExecutor mjpeg) {

  /** Starts the pools. */
  static Workers of(Vertx vertx) {
    return new Workers(
        vertx.createSharedWorkerExecutor("kydai-desk", 4),
        vertx.createSharedWorkerExecutor("kydai-pictures", 2),
        vertx.createSharedWorkerExecutor("kydai-viewing", 2),
        vertx.createSharedWorkerExecutor("kydai-finding", 4),
        vertx.createSharedWorkerExecutor("kydai-moving", 4),
        vertx.createSharedWorkerExecutor("kydai-log-in", 2),
        vertx.createSharedWorkerExecutor("kydai-provider", 2),
        vertx.createSharedWorkerExecutor("kydai-exports", 4),
        vertx.createSharedWorkerExecutor("kydai-playback", 8),
        vertx.createSharedWorkerExecutor("kydai-footage", 2),
        vertx.createSharedWorkerExecutor("kydai-mjpeg", LiveMjpegApi.WORKERS));
  }

  /** Lets go of the pools; the result is complete when all of them are closed. */
  Future<?> close() {
    return Future.join(
        List.of(
            desk.close(),
            pictures.close(),
            viewing.close(),
            finding.close(),
            moving.close(),
            logIns.close(),
            provider.close(),
            exports.close(),
            playback.close(),
            activity.close(),
            mjpeg.close()));
  }
}
