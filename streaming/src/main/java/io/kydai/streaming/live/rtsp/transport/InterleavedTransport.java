package io.kydai.streaming.live.rtsp.transport;

import static java.util.Objects.requireNonNull;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Packets between the messages of the RTSP connection (RFC 2326, section 10.12). A batch is one
 * buffer, and one write.
 */
public final class InterleavedTransport implements MediaTransport {
  private static final int FRAME_HEAD = 4;
  private static final int FIRST_CAPACITY = 16 * 1024;

  private final Channel channel;
  private final int rtp;
  private final int rtcp;
  private final AtomicLong unsent = new AtomicLong();
  private final AtomicLong sent = new AtomicLong();
  private volatile boolean closed;

  /**
   * @param rtp the channel number of RTP, 0 to 255; {@code rtcp} that of RTCP
   */
  public InterleavedTransport(Channel channel, int rtp, int rtcp) {
    this.channel = requireNonNull(channel);
    this.rtp = rtp;
    this.rtcp = rtcp;
  }

  @Override
  public long unsent() {
    return unsent.get();
  }

  @Override
  public long sent() {
    return sent.get();
  }

  @Override
  public String header() {
    return "RTP/AVP/TCP;unicast;interleaved=" + rtp + "-" + rtcp;
  }

  @Override
  public void close() {
    closed = true;
  }

  @Override
  public Batch begin() {
    return new OneBuffer();
  }

  private final class OneBuffer implements Batch {
    private @Nullable ByteBuf buffer = channel.alloc().directBuffer(FIRST_CAPACITY);

    @Override
    public ByteBuf packet(boolean isRtcp, int length) {
      ByteBuf into = requireNonNull(buffer);
      into.ensureWritable(FRAME_HEAD + length);
      return into.writeByte('$').writeByte(isRtcp ? rtcp : rtp).writeShort(length);
    }

    @Override
    public void send() {
      ByteBuf whole = requireNonNull(buffer);
      buffer = null;
      int bytes = whole.readableBytes();
      unsent.addAndGet(bytes);
      if (closed) {
        whole.release();
        unsent.addAndGet(-bytes);
        return;
      }
      // The channel owns the buffer from here on, and releases it also where it cannot send.
      channel
          .writeAndFlush(whole)
          .addListener(
              written -> {
                unsent.addAndGet(-bytes);
                if (written.isSuccess()) {
                  sent.addAndGet(bytes);
                }
              });
    }

    @Override
    public void close() {
      ByteBuf left = buffer;
      if (left != null) {
        buffer = null;
        left.release();
      }
    }
  }
}
