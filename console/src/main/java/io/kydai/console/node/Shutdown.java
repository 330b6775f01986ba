package io.kydai.console.node;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The shutdown hook, which closes the node when the process is asked to end (Ctrl-C, SIGTERM). When
 * closing takes longer than {@value #SECONDS} s, the module that is still being closed is named on
 * standard error and the process is halted.
 */
public final class Shutdown implements Runnable {
  private static final double SECONDS = 4.5;

  private final Demo demo;
  private final CountDownLatch end;
  private volatile @Nullable Node node;

  /**
   * Creates a hook.
   *
   * @param end counted down when the node is closed
   */
  public Shutdown(Demo demo, CountDownLatch end) {
    this.demo = demo;
    this.end = end;
  }

  /** Sets the node to close, which may still be starting. */
  public void setNode(Node starting) {
    node = starting;
  }

  @Override
  public void run() {
    CountDownLatch closed = new CountDownLatch(1);
    Thread closer =
        NamedThreadFactory.daemon("node-close")
            .newThread(
                () -> {
                  Node running = node;
                  if (running != null) {
                    running.close();
                  }
                  demo.close();
                  closed.countDown();
                });
    closer.start();
    try {
      if (!closed.await((long) (SECONDS * 1000), TimeUnit.MILLISECONDS)) {
        System.err.println(
            "Halted, because this did not close in time: "
                + Optional.ofNullable(node).flatMap(Node::closing).orElse("demo"));
        Runtime.getRuntime().halt(1);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end.countDown();
    }
  }
}
