package io.kydai.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.kydai.console.http.LoggedIn;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The real process, started as {@code scripts/run} starts it, on a free port. */
public final class KydaiProcess implements AutoCloseable {
  private static final Pattern ADDRESS = Pattern.compile("The console is at (http://\\S+)");

  private final Process process;
  private final List<String> output = Collections.synchronizedList(new ArrayList<>());
  private final CompletableFuture<URI> address = new CompletableFuture<>();

  private KydaiProcess(Process process) {
    this.process = process;
    Thread reader = new Thread(this::read, "kydai-output");
    reader.setDaemon(true);
    reader.start();
  }

  /** Starts it and waits until it says its address. */
  public static KydaiProcess start(Path data, String... flags) throws Exception {
    return start(data, List.of(), flags);
  }

  /** Starts it with further options for the JVM, and waits until it says its address. */
  static KydaiProcess start(Path data, List<String> options, String... flags) throws Exception {
    KydaiProcess kydai = launch(data, options, Map.of(), flags);
    try {
      kydai.address.get(300, TimeUnit.SECONDS);
      return kydai;
    } catch (Exception e) {
      kydai.close();
      throw new AssertionError("it did not start: " + kydai.output, e);
    }
  }

  /** Starts it with further variables in its environment, and returns at once. */
  static KydaiProcess launch(
      Path data, List<String> options, Map<String, String> variables, String... flags)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.awt.headless=true");
    command.add("-Dio.netty.leakDetection.level=PARANOID");
    command.add("-XX:TieredStopAtLevel=1"); // It starts in half of the processor's time.
    command.addAll(options);
    command.add("io.kydai.console.Kydai");
    command.addAll(List.of("--port", "0", "--data", data.toString()));
    command.addAll(List.of(flags));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    // Without test classes: their logging is not the product's. Not as -cp: see scripts/launch.
    String classPath = System.getProperty("java.class.path");
    builder
        .environment()
        .put(
            "CLASSPATH",
            String.join(
                ":",
                List.of(classPath.split(":")).stream()
                    .filter(entry -> !entry.endsWith("test-classes"))
                    .toList()));
    builder.environment().put("KYDAI_ADMIN_PASSWORD", LoggedIn.PASSWORD);
    builder.environment().putAll(variables);
    return new KydaiProcess(builder.start());
  }

  /** Waits until a line of the output begins with a text. */
  void awaitLine(String start) throws InterruptedException {
    synchronized (output) {
      while (output.stream().noneMatch(line -> line.startsWith(start))) {
        assertThat(address).as("still running: %s", output).isNotCompletedExceptionally();
        output.wait();
      }
    }
  }

  /** The process as the operating system shows it. */
  ProcessHandle handle() {
    return process.toHandle();
  }

  /** Its number, for signals. */
  public long pid() {
    return process.pid();
  }

  private void read() {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        synchronized (output) {
          output.add(line);
          output.notifyAll();
        }
        Matcher said = ADDRESS.matcher(line);
        if (said.find()) {
          address.complete(URI.create(said.group(1)));
        }
      }
      ended(new IOException("the process ended"));
    } catch (IOException e) {
      ended(e);
      if (process.isAlive()) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private void ended(IOException reason) {
    address.completeExceptionally(reason);
    synchronized (output) {
      output.notifyAll();
    }
  }

  public URI address() {
    return address.join();
  }

  /** What it has said so far, a line each. */
  public List<String> output() {
    synchronized (output) {
      return List.copyOf(output);
    }
  }

  /** As by Ctrl-C; the exit status. */
  public int interrupt(long withinSeconds) throws InterruptedException {
    process.destroy();
    assertThat(process.waitFor(withinSeconds, TimeUnit.SECONDS))
        .as("ends within %d s of being asked to: %s", withinSeconds, output)
        .isTrue();
    return process.exitValue();
  }

  /** As by kill -9. */
  public void kill() throws InterruptedException {
    process.destroyForcibly();
    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
