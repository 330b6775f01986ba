package io.kydai.ingest.rtsp.message;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.DefaultByteBufHolder;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.function.Consumer;

/**
 * A frame that a {@link RtspDemultiplexer} showed, kept among the messages of an embedded channel,
 * so that a test sees both in their order. A test that takes it out releases it.
 */
public final class InterleavedFrame extends DefaultByteBufHolder {
  private final int channel;

  InterleavedFrame(int channel, ByteBuf packet) {
    super(packet);
    this.channel = channel;
  }

  /** Opens a channel whose frames and messages are read from it in the order of their bytes. */
  public static EmbeddedChannel openChannel() {
    return openChannel(demultiplexer -> {});
  }

  /** As {@link #openChannel()}, for a demultiplexer that is to be prepared. */
  public static EmbeddedChannel openChannel(Consumer<RtspDemultiplexer> prepare) {
    EmbeddedChannel opened = new EmbeddedChannel();
    RtspDemultiplexer demultiplexer =
        new RtspDemultiplexer(
            (channel, packet) ->
                opened.inboundMessages().add(new InterleavedFrame(channel, packet.retain())));
    prepare.accept(demultiplexer);
    opened.pipeline().addLast(demultiplexer);
    return opened;
  }

  /** The channel's number, 0 to 255. */
  public int channel() {
    return channel;
  }

  @Override
  public InterleavedFrame replace(ByteBuf content) {
    return new InterleavedFrame(channel, content);
  }
}
