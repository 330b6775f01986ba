package io.kydai.ingest.simulator;

import io.kydai.ingest.concurrent.NamedThreadFactory;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Runs the simulator as a program until Ctrl-C; {@code --help} prints its usage. */
public final class Main {
  private static final int LISTED = 20;

  private Main() {}

  /** Starts the simulator and prints its addresses; exits with 1 when an argument is wrong. */
  public static void main(String[] args) throws InterruptedException {
    if (List.of(args).contains("--help")) {
      System.out.print(CommandLine.HELP);
      return;
    }
    try {
      CameraSimulator simulator = CommandLine.start(List.of(args));
      Runtime.getRuntime()
          .addShutdownHook(NamedThreadFactory.of("shutdown").newThread(simulator::close));
      List<String> addresses = simulator.addresses();
      addresses.stream().limit(LISTED).forEach(System.out::println);
      if (addresses.size() > LISTED) {
        System.out.println("and " + (addresses.size() - LISTED) + " more");
      }
    } catch (IllegalArgumentException | IllegalStateException | UncheckedIOException e) {
      System.err.println(e.getMessage());
      System.exit(1);
    }
    new CountDownLatch(1).await();
  }
}
