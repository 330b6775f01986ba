package io.kydai.console.bench;

import com.sun.management.OperatingSystemMXBean;
import io.kydai.console.cameras.CameraRegistry;
import io.kydai.console.http.MeasuredServers;
import io.kydai.console.secrets.TestSecrets;
import io.kydai.console.store.Database;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;

/**
 * The process of both servers. It prints what a client needs to know, and for each line of its
 * standard input the processor time that it has used, in nanoseconds; it ends with that input.
 */
final class Server {
  private Server() {}

  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[0]);
    Database database = Database.open(folder.resolve("kydai.db"));
    CameraRegistry registry =
        new CameraRegistry(
            database, TestSecrets.cipher(), MeasuredServers.cameras(), Clock.systemUTC());
    MeasuredServers.Running running =
        MeasuredServers.start(new StreamedCameras(registry).cameras(), registry, database);
    System.out.println(
        running.guarded()
            + " "
            + running.open()
            + " "
            + running.cookie()
            + " "
            + running.token()
            + " "
            + running.report().value());
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    BufferedReader questions =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    while (questions.readLine() != null) {
      System.out.println(system.getProcessCpuTime());
    }
    System.exit(0);
  }
}
