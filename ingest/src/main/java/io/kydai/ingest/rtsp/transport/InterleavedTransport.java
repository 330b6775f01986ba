package io.kydai.ingest.rtsp.transport;

import static java.util.Objects.requireNonNullElse;

import io.kydai.ingest.rtsp.description.MediaTracks;
import io.kydai.ingest.rtsp.message.PrintableText;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Carries packets in {@code $} frames on the RTSP connection (RFC 2326, section 10.12). */
public final class InterleavedTransport implements RtpTransport {
  private static final int UNUSED = -1;

  private final ChannelHandlerContext context;
  private final Receiver receiver;

  /** For each channel twice its track's index, plus one for RTCP; {@link #UNUSED} for none. */
  private final short[] uses = new short[256];

  /** For each track index the channel of its RTCP packets. */
  private final int[] rtcpChannels = new int[MediaTracks.MAX_TRACKS];

  /**
   * Creates a transport without channels; each track gets its own with its SETUP.
   *
   * @param context the RTSP connection
   */
  public InterleavedTransport(ChannelHandlerContext context, Receiver receiver) {
    this.context = context;
    this.receiver = receiver;
    Arrays.fill(uses, (short) UNUSED);
  }

  @Override
  public void prepare(int index, Consumer<String> ready, Consumer<String> failed) {
    ready.accept("RTP/AVP/TCP;unicast;interleaved=" + 2 * index + "-" + (2 * index + 1));
  }

  /**
   * Uses the channels of the camera's response. When the camera gives channels that another track
   * already uses, it most likely means those that were requested, and these are used.
   */
  @Override
  public void onSetupResponse(int index, @Nullable String transportField)
      throws TransportRefusedException {
    Optional<TransportAnswer> given =
        Optional.ofNullable(transportField).map(TransportAnswer::parse);
    if (given.isPresent() && !given.get().tcp()) {
      throw new TransportRefusedException(
          "agrees to another transport than RTP over TCP: "
              + PrintableText.of(requireNonNullElse(transportField, ""), 80));
    }
    TransportAnswer.Pair channels =
        given
            .map(TransportAnswer::interleaved)
            .filter(pair -> uses[pair.rtp()] == UNUSED && uses[pair.rtcp()] == UNUSED)
            .orElse(new TransportAnswer.Pair(2 * index, 2 * index + 1));
    uses[channels.rtp()] = (short) (2 * index);
    uses[channels.rtcp()] = (short) (2 * index + 1);
    rtcpChannels[index] = channels.rtcp();
  }

  @Override
  public boolean isAssigned(int channel) {
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
  public void sendControl(int index, ByteBuf packet) {
    if (!context.channel().isWritable()) {
      packet.release();
      return;
    }
    ByteBuf frame = context.alloc().buffer(4 + packet.readableBytes());
    frame.writeByte('$').writeByte(rtcpChannels[index]).writeShort(packet.readableBytes());
    frame.writeBytes(packet);
    packet.release();
    // A failed write needs no report: the end of the connection is reported.
    context.writeAndFlush(frame, context.voidPromise());
  }
}
