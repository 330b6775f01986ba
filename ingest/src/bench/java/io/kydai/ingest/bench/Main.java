package io.kydai.ingest.bench;

import java.util.List;

/** {@code [cpu | memory | reboots] [seconds]}; all three without an argument. */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    List<String> parts = args.length == 0 ? List.of("cpu", "memory", "reboots") : List.of(args[0]);
    int seconds = args.length > 1 ? Integer.parseInt(args[1]) : 8;
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
