package io.kydai.ingest.rtsp;

import static java.util.Objects.requireNonNullElse;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Packets in {@code $} frames on the RTSP connection (RFC 2326, section 10.12). */
final class InterleavedTransport implements RtpTransport {
  private static final int UNUSED = -1;

  private final ChannelHandlerContext context;
  private final Receiver receiver;

  /** For each channel twice its track's place, plus one for RTCP. */
  private final short[] uses = new short[256];

  /** The channel of each place's RTCP. */
  private final int[] controls = new int[MediaTracks.MOST];

  InterleavedTransport(ChannelHandlerContext context, Receiver receiver) {
    this.context = context;
    this.receiver = receiver;
    Arrays.fill(uses, (short) UNUSED);
  }

  @Override
  public void offer(int place, Consumer<String> ready, Consumer<String> failed) {
    ready.accept("RTP/AVP/TCP;unicast;interleaved=" + 2 * place + "-" + (2 * place + 1));
  }

  /**
   * The camera's channels count, unless it gives those of another track once more: then it most
   * likely means those that were asked for.
   */
  @Override
  public void agreed(int place, @Nullable String answer) throws TransportRefusedException {
    Optional<TransportAnswer> given = Optional.ofNullable(answer).map(TransportAnswer::parse);
    if (given.isPresent() && !given.get().tcp()) {
      throw new TransportRefusedException(
          "agrees to another transport than RTP over TCP: "
              + PrintableText.of(requireNonNullElse(answer, ""), 80));
    }
    TransportAnswer.Pair channels =
        given
            .map(TransportAnswer::interleaved)
            .filter(pair -> uses[pair.rtp()] == UNUSED && uses[pair.rtcp()] == UNUSED)
            .orElse(new TransportAnswer.Pair(2 * place, 2 * place + 1));
    uses[channels.rtp()] = (short) (2 * place);
    uses[channels.rtcp()] = (short) (2 * place + 1);
    controls[place] = channels.rtcp();
  }

  @Override
  public boolean knows(int channel) {
    return uses[channel] != UNUSED;
  }

  @Override
  public void frame(int channel, ByteBuf packet) {
    int use = uses[channel];
    if (use != UNUSED) {
      receiver.packet(use / 2, use % 2 == 1, packet);
    }
  }

  @Override
  public void sendControl(int place, ByteBuf packet) {
    if (!context.channel().isWritable()) {
      packet.release();
      return;
    }
    ByteBuf frame = context.alloc().buffer(4 + packet.readableBytes());
    frame.writeByte('$').writeByte(controls[place]).writeShort(packet.readableBytes());
    frame.writeBytes(packet);
    packet.release();
    // A broken connection is told of by its end.
    context.writeAndFlush(frame, context.voidPromise());
  }
}
