package io.kydai.console.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/** The process of {@link LiveServer}, which is asked by lines. */
final class LiveProcess implements LiveTurns.Watching, AutoCloseable {
  /** Its processor time may be recorded: {@code -XX:StartFlightRecording=…}. */
  private static final String OPTIONS = "KYDAI_BENCH_SERVER_OPTIONS";

  private final Process process;
  private final BufferedReader answers;
  private final PrintWriter questions;
  private final String[] said;

  /** Starts it. */
  LiveProcess(Path folder, String relay) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx1g",
                "-XX:-UseDynamicNumberOfCompilerThreads",
                "-Dlogback.configurationFile=logback-quiet.xml"));
    String options = System.getenv(OPTIONS);
    if (options != null) {
      command.addAll(List.of(options.split(" ")));
    }
    command.addAll(List.of(LiveServer.class.getName(), folder.toString(), relay));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    questions = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
    String line = answers.readLine();
    if (line == null) {
      throw new IOException("the server did not start");
    }
    said = line.split(" ");
  }

  int httpPort() {
    return Integer.parseInt(said[0]);
  }

  int rtspPort() {
    return Integer.parseInt(said[1]);
  }

  InetSocketAddress webRtc() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(said[2]));
  }

  /** A header line with its end. */
  String cookie() {
    return "Cookie: " + said[3] + "\r\n";
  }

  private String ask(String question) throws IOException {
    questions.println(question);
    String answer = answers.readLine();
    if (answer == null) {
      throw new IOException("the server has ended");
    }
    return answer;
  }

  @Override
  public long cpu() throws IOException {
    return Long.parseLong(ask("cpu"));
  }

  /** What the JVM's compilers have used besides, in nanoseconds. */
  long compilers() throws IOException {
    return Long.parseLong(ask("compilers"));
  }

  @Override
  public long memory() throws IOException {
    return Long.parseLong(ask("memory"));
  }

  /** Has an offer of WebRTC answered. */
  String answer(String camera, String offer) throws IOException {
    Base64.Encoder encoder = Base64.getEncoder();
    String answer =
        ask(
            "whep "
                + camera
                + " "
                + encoder.encodeToString(offer.getBytes(StandardCharsets.UTF_8)));
    return new String(Base64.getDecoder().decode(answer), StandardCharsets.UTF_8);
  }

  /** Ends the sessions of WebRTC. */
  void endSessions() throws IOException {
    ask("end");
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
