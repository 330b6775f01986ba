package io.kydai.ingest.bench;

import java.util.List;

/**
 * The command line: {@code [cpu | memory | reboots] [SECONDS]}; all three without an argument.
 * SECONDS is the measured time of {@code cpu} without its warm-up.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    List<String> parts = args.length == 0 ? List.of("cpu", "memory", "reboots") : List.of(args[0]);
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 60;
    for (String part : parts) {
      switch (part) {
        case "cpu" -> Cost.print(seconds);
        case "memory" -> Memory.print();
        case "reboots" -> Reboots.print();
        default -> {
          System.err.println("usage: scripts/bench ingest [cpu | memory | reboots] [SECONDS]");
          System.exit(2);
        }
      }
    }
    System.exit(0);
  }
}
