package io.kydai.ingest.simulator.fault;

import io.kydai.ingest.simulator.media.Packet;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Applies the packet faults of a {@link Fault} to the packets of one track of one session. Each
 * fault sees the packets that the faults before it sent. At most one packet per fault is held back;
 * delayed packets are kept by the output. Of another source, at most {@value #MAX_COPIES} packets
 * are sent at once; earlier ones are dropped.
 */
public final class PacketFaults {
  private static final int MAX_JUNK = 64;
  private static final int MAX_COPIES = 256;
  private static final int RTP_HEADER = 12;

  private final List<Stage> stages = new ArrayList<>();
  private final Output output;

  /** Receives the packets that are sent. */
  public interface Output {
    /** Sends a packet. */
    void send(Packet packet);

    /** Sends bytes that are not an interleaved frame; over UDP, as a datagram. */
    void junk(byte[] bytes);

    /** Sends a packet after a time. */
    void sendLater(Packet packet, Duration by);
  }

  /** A fault with its state. */
  private static final class Stage {
    private final PacketFault step;
    private final SplittableRandom random;
    private int count;
    private @Nullable Packet held;
    private final Deque<Packet> copies = new ArrayDeque<>();
    private int copied;

    Stage(PacketFault step) {
      this.step = step;
      this.random = new SplittableRandom(step.chance().seed());
    }

    boolean hits() {
      int every = step.chance().every();
      return every > 0 ? ++count % every == 0 : random.nextDouble() < step.chance().probability();
    }

    /** Keeps a copy of the packet with another SSRC and with sequence numbers of its own. */
    void copy(Packet packet) {
      byte[] bytes = packet.bytes();
      if (bytes.length < RTP_HEADER) {
        return;
      }
      ByteBuffer header = ByteBuffer.wrap(bytes);
      header.putShort(2, (short) copied++).putInt(8, ~header.getInt(8));
      if (copies.size() == MAX_COPIES) {
        copies.remove();
      }
      copies.add(Packet.of(bytes));
    }
  }

  /** Creates the faults' state for one track of one session. */
  public PacketFaults(List<PacketFault> steps, Output output) {
    steps.forEach(step -> stages.add(new Stage(step)));
    this.output = output;
  }

  /** Sends a packet to the output as the faults determine. */
  public void pass(Packet packet) {
    pass(packet, 0);
  }

  private void pass(Packet packet, int from) {
    for (int i = from; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      Packet before = stage.held;
      if (before != null) {
        stage.held = null;
        pass(packet, i + 1);
        pass(before, i + 1);
        return;
      }
      if (stage.step.kind() == PacketFault.Kind.OTHER_SOURCE) {
        stage.copy(packet);
      }
      if (!stage.hits()) {
        continue;
      }
      switch (stage.step.kind()) {
        case DROP -> {
          return;
        }
        case DELAY -> {
          output.sendLater(packet, stage.step.by());
          return;
        }
        case REORDER -> {
          stage.held = packet;
          return;
        }
        case DUPLICATE -> pass(packet, i + 1);
        case TRUNCATE -> packet = truncated(packet);
        case CORRUPT -> packet = corrupted(packet, stage.random);
        case JUNK -> output.junk(junk(stage.random));
        case OTHER_SOURCE -> {
          pass(packet, i + 1);
          while (!stage.copies.isEmpty()) {
            pass(stage.copies.remove(), i + 1);
          }
          return;
        }
      }
    }
    output.send(packet);
  }

  private static Packet truncated(Packet packet) {
    return Packet.of(Arrays.copyOf(packet.bytes(), packet.length() / 2));
  }

  private static Packet corrupted(Packet packet, SplittableRandom random) {
    byte[] bytes = packet.bytes();
    bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
    return Packet.of(bytes);
  }

  /** Returns random bytes, of which the first begins neither a frame nor a message. */
  private static byte[] junk(SplittableRandom random) {
    byte[] bytes = new byte[1 + random.nextInt(MAX_JUNK)];
    random.nextBytes(bytes);
    bytes[0] = 0;
    return bytes;
  }
}
