package io.kydai.console.doctor;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** Checks the machine's clock, by an NTP server (SNTP, RFC 4330) or by what keeps it. */
final class ClockCheck {
  private static final int PATIENCE_MILLIS = 2000;
  private static final int MESSAGE = 48;
  private static final int NTP_PORT = 123;

  /** Leap 0, version 4, mode 3 (client). */
  private static final byte CLIENT = 0x23;

  private static final int SERVER_MODE = 4;

  /** Seconds from NTP's epoch, 1900, to that of Unix. */
  private static final long EPOCHS = 2_208_988_800L;

  private static final double WARNING_SECONDS = 0.5;
  private static final double FAULT_SECONDS = 5;
  private static final String REMEDY =
      "install chrony, with the NTP server that the cameras have too";

  private ClockCheck() {}

  /** Returns what {@code timedatectl} reports. */
  static Finding local() {
    try {
      Process process =
          new ProcessBuilder(List.of("timedatectl", "show", "-p", "NTPSynchronized", "--value"))
              .redirectErrorStream(true)
              .start();
      if (!process.waitFor(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return unknown("timedatectl does not answer");
      }
      String text =
          new String(process.getInputStream().readNBytes(1000), StandardCharsets.UTF_8).strip();
      return switch (text) {
        case "yes" -> Finding.ok("clock", "is synchronised, timedatectl reports");
        case "no" -> Finding.fault("clock", "is not synchronised, timedatectl reports", REMEDY);
        default -> unknown("timedatectl does not know");
      };
    } catch (IOException e) {
      return unknown("timedatectl is not there");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return unknown("interrupted");
    }
  }

  private static Finding unknown(String why) {
    return Finding.warning("clock", why, "compare with a server: --ntp HOST");
  }

  /** Asks a server; waits 2 s at most. */
  static Finding of(String host, Clock clock) {
    return of(new InetSocketAddress(host, NTP_PORT), clock);
  }

  static Finding of(InetSocketAddress server, Clock clock) {
    if (server.isUnresolved()) {
      return Finding.warning("clock", "no such NTP server: " + server.getHostString(), REMEDY);
    }
    try (DatagramSocket socket = new DatagramSocket()) {
      socket.setSoTimeout(PATIENCE_MILLIS);
      socket.connect(server);
      byte[] request = new byte[MESSAGE];
      request[0] = CLIENT;
      long sent = clock.millis();
      socket.send(new DatagramPacket(request, MESSAGE));
      DatagramPacket answer = new DatagramPacket(new byte[MESSAGE], MESSAGE);
      socket.receive(answer);
      long received = clock.millis();
      ByteBuffer bytes = ByteBuffer.wrap(answer.getData());
      if (answer.getLength() < MESSAGE || (bytes.get(0) & 7) != SERVER_MODE || bytes.get(1) == 0) {
        return Finding.warning("clock", server.getHostString() + " has no time to give", REMEDY);
      }
      double offset = (millis(bytes, 32) - sent + millis(bytes, 40) - received) / 2000.0;
      String found =
          String.format(Locale.ROOT, "is %.3f s off %s", -offset, server.getHostString());
      double off = Math.abs(offset);
      return off > FAULT_SECONDS
          ? Finding.fault("clock", found, REMEDY)
          : off > WARNING_SECONDS
              ? Finding.warning("clock", found, REMEDY)
              : Finding.ok("clock", found);
    } catch (IOException e) {
      return Finding.warning(
          "clock", server.getHostString() + " does not answer: " + e.getMessage(), REMEDY);
    }
  }

  private static double millis(ByteBuffer bytes, int at) {
    long seconds = bytes.getInt(at) & 0xffff_ffffL;
    long fraction = bytes.getInt(at + 4) & 0xffff_ffffL;
    return (seconds - EPOCHS) * 1000.0 + fraction * 1000.0 / (1L << 32);
  }
}
