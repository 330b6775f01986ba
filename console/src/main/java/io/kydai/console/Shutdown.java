package io.kydai.console;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Ends the node when the process is asked to end (Ctrl-C, SIGTERM). What does not end within
 * {@value #SECONDS} s is named and left behind: an operator who asked for the end gets it.
 */
final class Shutdown implements Runnable {
  private static final double SECONDS = 4.5;

  private final Node node;
  private final Demo demo;
  private final CountDownLatch end;

  Shutdown(Node node, Demo demo, CountDownLatch end) {
    this.node = node;
    this.demo = demo;
    this.end = end;
  }

  @Override
  public void run() {
    CountDownLatch closed = new CountDownLatch(1);
    Thread closer =
        new Thread(
            () -> {
              node.close();
              demo.close();
              closed.countDown();
            },
            "closing");
    closer.setDaemon(true);
    closer.start();
    try {
      if (!closed.await((long) (SECONDS * 1000), TimeUnit.MILLISECONDS)) {
        System.err.println("Left behind, did not close in time: " + node.closing().orElse("demo"));
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end.countDown();
    }
  }
}
